"""Growth: what comparing costs as pairs of policies grow in the ways that hurt, as a table and as a picture.

The families are those of `families.py`; each is measured at an eighth, a quarter, half and all of its largest size.
"""

from __future__ import annotations

import argparse
import html
import math
import sys
import time
from pathlib import Path
from typing import Final

from families import FAMILIES, Pair

__all__ = ["main"]

_PARTS: Final = (8, 4, 2, 1)
_COLORS: Final = ("#4477aa", "#ee6677", "#228833", "#ccbb44", "#66ccee", "#aa3377", "#777777", "#ee8866", "#005f73")


def main(arguments: list[str]) -> int:
    """Print the table, and draw it."""
    parser = argparse.ArgumentParser(description="Measures how the cost of comparing grows.")
    parser.add_argument("--plot", type=Path, metavar="FILE.svg", help="also draw the table")
    parser.add_argument("--rounds", type=int, default=3, help="the least of so many runs counts (default: 3)")
    options = parser.parse_args(arguments)
    print(f"ms of processor time, both directions with witnesses, Python {sys.version.split()[0]}\n")
    print(f"{'family':<34}{'largest':>8}" + "".join(f"{f'1/{part}' if part > 1 else 'all':>9}" for part in _PARTS))
    table: dict[str, list[tuple[int, float]]] = {}
    for name, (family, largest) in FAMILIES.items():
        sizes = [max(1, largest // part) for part in _PARTS]
        table[name] = [(size, min(_milliseconds(family(size)) for _ in range(options.rounds))) for size in sizes]
        print(f"{name:<34}{largest:>8}" + "".join(f"{spent:>9.1f}" for _, spent in table[name]), flush=True)
    if options.plot:
        options.plot.write_text(_drawing(table), encoding="utf-8")
    return 0


def _milliseconds(pair: Pair) -> float:
    from jfml_policies.access.compare import compare_policies
    from jfml_policies.policy.parse import parse_document

    old, new = map(parse_document, pair)
    began = time.process_time()
    change = compare_policies(old, new)
    _ = change.witness_added, change.witness_removed
    return (time.process_time() - began) * 1000


def _drawing(table: dict[str, list[tuple[int, float]]]) -> str:
    """Both axes are logarithmic: the part of the largest size, and milliseconds."""
    left, top, width, height = 60, 20, 420, 300
    low, high = 0.1, 1_000.0

    def place(part: float, spent: float) -> tuple[float, float]:
        across = left + width * (1 + math.log2(part) / math.log2(_PARTS[0]))
        up = math.log(min(max(spent, low), high) / low) / math.log(high / low)
        return round(across, 1), round(top + height * (1 - up), 1)

    view = f"0 0 {left + width + 300} {top + height + 50}"
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view}" font-family="sans-serif" font-size="12">',
        '<rect width="100%" height="100%" fill="#ffffff"/>',
    ]
    for spent in (0.1, 1, 10, 100, 1_000):
        x, y = place(1 / _PARTS[0], spent)
        lines.append(f'<path d="M{x},{y} h{width}" stroke="#dddddd"/>')
        lines.append(f'<text x="{left - 8}" y="{y + 4}" text-anchor="end">{spent:g} ms</text>')
    for part in _PARTS:
        x, _ = place(1 / part, low)
        label = f"1/{part}" if part > 1 else "all"
        lines.append(f'<text x="{x}" y="{top + height + 18}" text-anchor="middle">{label}</text>')
    lines.append(f'<text x="{left}" y="{top + height + 38}">part of the largest size</text>')
    for number, (name, points) in enumerate(table.items()):
        largest, color = points[-1][0], _COLORS[number % len(_COLORS)]
        path = " ".join("{},{}".format(*place(size / largest, spent)) for size, spent in points)
        lines.append(f'<polyline points="{path}" fill="none" stroke="{color}" stroke-width="2"/>')
        row = top + 14 + 22 * number
        lines.append(f'<path d="M{left + width + 20},{row - 4} h18" stroke="{color}" stroke-width="3"/>')
        lines.append(f'<text x="{left + width + 44}" y="{row}">{html.escape(name)} ({largest:,})</text>')
    return "\n".join([*lines, "</svg>"]) + "\n"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

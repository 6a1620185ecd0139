"""Comparing: milliseconds of processor time for each pair of a file, both directions with witnesses, beside z3.

The file holds one JSON object a line (`.jsonl`, or `.jsonl.gz`) with two policies under `old` and `new`. Policies are
parsed before the clock starts. z3 gets a sample of the same pairs, in the same process and in turn with ours.
"""

from __future__ import annotations

import argparse
import gc
import gzip
import json
import statistics
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from jfml_policies.policy.nodes import Policy

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "scripts"))

__all__ = ["main"]


def main(arguments: list[str]) -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(description="Measures comparing, and z3 beside it.")
    parser.add_argument("pairs", type=Path, help="a .jsonl or .jsonl.gz file of pairs of policies")
    parser.add_argument("--kind", default="identity", help="kind of the policies (default: identity)")
    parser.add_argument("--z3", type=int, default=100, metavar="N", help="pairs for z3 (default: 100; 0 for none)")
    parser.add_argument("--seconds", type=float, default=5, help="limit for z3 for each direction (default: 5)")
    options = parser.parse_args(arguments)
    pairs = _read(options.pairs, options.kind)
    _ours(*pairs[0])  # loads the modules and the catalogue
    gc.freeze()  # nobody holds thousands of policies while comparing two: the collector need not look at them
    ours = [_timed(_ours, *pair)[0] for pair in pairs]
    print(f"{len(pairs)} pairs, Python {sys.version.split()[0]}, ms of processor time\n")
    print(f"{'':<16}{'p50':>10}{'p95':>10}{'p99':>10}{'worst':>10}{'undecided':>11}")
    print(_row("jfml-policies", ours, undecided=sum(_ours(*pair) == "unknown" for pair in pairs)))
    if options.z3:
        sample = pairs[:: max(1, len(pairs) // options.z3)][: options.z3]
        _beside_z3(sample, milliseconds=round(options.seconds * 1000))
    return 0


def _beside_z3(pairs: list[tuple[Policy, Policy]], *, milliseconds: int) -> None:
    from z3_encoding import UnsupportedError, is_possible

    ours: list[float] = []
    theirs: list[float] = []
    undecided = unsupported = disagreements = undecided_by_us = 0
    for old, new in pairs:
        try:
            more_spent, more = _timed(is_possible, new, old, milliseconds=milliseconds)
            less_spent, less = _timed(is_possible, old, new, milliseconds=milliseconds)
        except UnsupportedError:
            unsupported += 1
            continue
        own, relation = _timed(_ours, old, new)
        ours.append(own)
        theirs.append(more_spent + less_spent)
        is_decided = more is not None and less is not None
        undecided += not is_decided
        undecided_by_us += relation == "unknown"
        if is_decided and relation != "unknown":
            said = {(True, True): "incomparable", (True, False): "wider", (False, True): "narrower"}
            disagreements += relation != said.get((bool(more), bool(less)), "equivalent")
    print(f"\nthe same {len(ours)} pairs in turn ({unsupported} more are not said by the encoding of z3)")
    print(_row("jfml-policies", ours, undecided=undecided_by_us))
    print(_row("z3", theirs, undecided=undecided))
    ratio = statistics.median(their / own for their, own in zip(theirs, ours, strict=True))
    print(f"z3 takes {ratio:,.0f} times as long at the median; {disagreements} answers differ")


def _ours(old: Policy, new: Policy) -> str:
    from jfml_policies.access.compare import compare_policies

    change = compare_policies(old, new)
    _ = change.witness_added, change.witness_removed
    return change.relation


def _timed(work: Callable[..., Any], *arguments: Any, **options: Any) -> tuple[float, Any]:
    began = time.process_time()
    result = work(*arguments, **options)
    return (time.process_time() - began) * 1000, result


def _row(name: str, times: list[float], *, undecided: int) -> str:
    ordered = sorted(times)
    at = [ordered[min(len(ordered) - 1, int(len(ordered) * part))] for part in (0.5, 0.95, 0.99)]
    return f"{name:<16}" + "".join(f"{value:>10.2f}" for value in (*at, ordered[-1])) + f"{undecided:>11}"


def _read(path: Path, kind: str) -> list[tuple[Policy, Policy]]:
    from jfml_policies.policy.parse import parse_text

    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    rows = [json.loads(line) for line in data.decode().splitlines() if line.strip()]
    return [
        (parse_text(json.dumps(row["old"]), kind=kind), parse_text(json.dumps(row["new"]), kind=kind)) for row in rows
    ]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

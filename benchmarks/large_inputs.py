"""Large inputs: time and peak memory of `check` with one job and with several, side by side.

Inputs are made from a seed in a temporary folder, by `estate.py`: a thousand mixed files, the answers of an
organization's accounts with a hundred thousand documents together, one plan of 50 MB, a template of 2,000 roles. Each
run is a process of its own; the best of some rounds counts, as others use the machine, too.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from estate import write_accounts, write_mixed_files, write_plan, write_template

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["main"]

_MILLION: Final = 1_000_000
#: (name, what makes it below a path of the number's size, number)
_INPUTS: Final[tuple[tuple[str, Callable[[Path, int], object], int], ...]] = (
    ("mixed files", write_mixed_files, 1_000),
    ("documents, 1,000 an account", write_accounts, 100_000),
    ("documents in one file", lambda path, number: write_accounts(path, number, a_file=number), 50_000),
    ("MB of one plan", lambda path, number: write_plan(path.with_suffix(".json"), number * _MILLION), 50),
    ("roles of one template", lambda path, number: write_template(path.with_suffix(".json"), number), 2_000),
)


def main(arguments: list[str]) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Measures checking large inputs.")
    parser.add_argument("--jobs", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--part", type=float, default=1.0, help="take so much of each size only, as in 0.1")
    parser.add_argument("--run", nargs=2, metavar=("PATH", "JOBS"), help="check this, and print what it took")
    options = parser.parse_args(arguments)
    if options.run:
        print(json.dumps(_run(*options.run)))
        return 0
    print(f"Python {sys.version.split()[0]}, {os.cpu_count()} processors, best of {options.rounds}\n")
    print("| input | size | jobs | wall time | processor time | peak memory of one process | exit code |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    for name, write, whole in _INPUTS:
        number = max(1, int(whole * options.part))
        with tempfile.TemporaryDirectory() as folder:
            write(Path(folder) / "input", number)
            size = sum(file.stat().st_size for file in Path(folder).rglob("*") if file.is_file())
            runs: dict[int, list[dict[str, float]]] = {jobs: [] for jobs in options.jobs}
            for _ in range(options.rounds):
                for jobs, took in runs.items():
                    command = [sys.executable, __file__, "--run", folder, str(jobs)]
                    done = subprocess.run(command, check=True, capture_output=True, text=True)
                    took.append(json.loads(done.stdout))
        for jobs, took in runs.items():
            best = min(took, key=lambda one: one["wall"])
            print(
                f"| {number:,} {name} | {size / _MILLION:.1f} MB | {jobs} | {best['wall']:.2f} s "
                f"| {best['processor']:.2f} s | {best['megabytes']:.0f} MB | {best['code']} |",
                flush=True,
            )
    return 0


def _run(path: str, jobs: str) -> dict[str, float]:
    command = [sys.executable, "-m", "jfml_policies", "check", "--isolated", "--jobs", jobs]
    start = time.perf_counter()
    done = subprocess.run([*command, "--output-format", "concise", path], check=False, capture_output=True)
    wall = time.perf_counter() - start
    # Those of the largest of the processes, its own included.
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    peak = used.ru_maxrss / (_MILLION if sys.platform == "darwin" else 1_000)
    return {"wall": wall, "processor": used.ru_utime + used.ru_stime, "megabytes": peak, "code": done.returncode}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

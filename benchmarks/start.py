"""Cold start: `jfml-policies check FILE` beside a bare interpreter and other tools, all in one run.

Every round starts each program once, one after the other, so a busy moment falls on all of them alike.
A ratio is the median of the rounds' own ratios.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Program", "main", "measure"]

SCRIPTS = Path(sysconfig.get_path("scripts"))
POLICY = Path(__file__).resolve().parent.parent / "examples" / "broken-trust.json"
OURS = "jfml-policies check"


@dataclass(frozen=True)
class Program:
    """One program to start.

    Attributes:
        name: how the table calls it.
        command: what to run.
        stdin: the file that it reads, or None for no standard input.
        answers: exit codes that say it did its work.
    """

    name: str
    command: tuple[str, ...]
    stdin: Path | None = None
    answers: tuple[int, ...] = (0, 1)


def programs(policy: Path, schema: Path) -> list[Program]:
    """Return the programs to compare, `python -c pass` first and ours second."""

    def script(name: str) -> str:
        return str(SCRIPTS / name)

    return [
        Program("python -c pass", (sys.executable, "-c", "pass"), answers=(0,)),
        Program(OURS, (script("jfml-policies"), "check", str(policy))),
        # parliament takes a file argument only from a terminal, so it gets the policy as its standard input.
        Program("parliament", (script("parliament"),), stdin=policy),
        Program("check-jsonschema", (script("check-jsonschema"), "--schemafile", str(schema), str(policy))),
        Program("iam-policy-validator --help", (script("iam-policy-validator"), "--help"), answers=(0,)),
    ]


def measure(program: Program) -> tuple[float, float]:
    """Start a program once; return its wall and CPU seconds.

    Raises:
        RuntimeError: it ended with an exit code that says it could not do its work.
    """
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    if program.stdin is None:
        done = subprocess.run(program.command, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    else:
        with program.stdin.open("rb") as stdin:
            done = subprocess.run(program.command, stdin=stdin, capture_output=True, check=False)
    wall = time.perf_counter() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in program.answers:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        raise RuntimeError(f"{program.name} ended with {done.returncode}: {said[-1] if said else 'no message'}")
    return wall, (after.ru_utime + after.ru_stime) - (before.ru_utime + before.ru_stime)


def main(arguments: list[str]) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Measures cold start side by side.")
    parser.add_argument("policy", nargs="?", type=Path, default=POLICY, help="the policy to check")
    parser.add_argument("--rounds", type=int, default=15, help="how often each program is started (default: 15)")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        schema = Path(folder) / "schema.json"
        schema.write_bytes(subprocess.check_output([str(SCRIPTS / "jfml-policies"), "schema", "trust"]))
        contenders = programs(options.policy, schema)
        for program in contenders:
            measure(program)  # not counted: compiles to bytecode and warms the disk cache
        rounds = [{program.name: measure(program) for program in contenders} for _ in range(options.rounds)]

    print(f"{options.rounds} rounds, Python {sys.version.split()[0]}, medians\n")
    print(f"{'program':<29}{'wall':>9}{'CPU':>9}{'x bare Python':>15}{'x ours':>9}")
    for program in contenders:
        wall = statistics.median(one[program.name][0] for one in rounds)
        cpu = statistics.median(one[program.name][1] for one in rounds)
        bare = statistics.median(one[program.name][0] / one[contenders[0].name][0] for one in rounds)
        ours = statistics.median(one[program.name][0] / one[OURS][0] for one in rounds)
        print(f"{program.name:<29}{wall * 1000:>6.0f} ms{cpu * 1000:>6.0f} ms{bare:>15.1f}{ours:>9.1f}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Least privilege: what our tasks grant, beside policy_sentry asked for the same work, all in one run.

policy_sentry gets a template in its CRUD mode with the narrowest access levels under which every call of a job passes;
we get a task of `jfml_policies.build.tasks`. Both are given the same resources, and both results are asked for every
call. The jobs stand in `jobs.py`.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from jobs import JOBS, Job
from policy_sentry.command.write_policy import write_policy_with_template

from jfml_policies import evaluate
from jfml_policies.build import access_of
from jfml_policies.build.statements import document
from jfml_policies.catalog import load

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["main"]

_BEGIN: Final = "<!-- figures, written by `benchmarks/least_privilege.py` -->\n"
_END: Final = "<!-- end of figures -->\n"
_HEAD: Final = ("job", "calls", *("granted", "ours", "beyond", "ours", "denied", "ours"), "time ÷ ours")

_Levels = dict[str, Any]


def _theirs(levels: _Levels) -> dict[str, Any]:
    written: dict[str, Any] = write_policy_with_template({"mode": "crud", **levels})
    return written


def _ours(job: Job) -> dict[str, Any]:
    access_of(job.task)  # the exact set that other policies are compared with; its price belongs to the answer
    return document(job.task.statements())


def _named(policy: dict[str, Any]) -> set[str]:
    """The entries of the Action elements; neither tool writes a Deny or a NotAction here."""
    listed = (statement["Action"] for statement in policy["Statement"])
    return {entry for entries in listed for entry in ([entries] if isinstance(entries, str) else entries)}


def _granted(policy: dict[str, Any]) -> set[str]:
    """The present actions of the catalogue among them."""
    return {name for entry in _named(policy) for name in load().matches(entry, include_retired=False)}


def _denied(policy: dict[str, Any], job: Job) -> int:
    return sum(not evaluate([], request, identity=policy).allowed for request in job.requests())


def _narrower(levels: _Levels) -> Iterator[_Levels]:
    """The template without one of its resources, for each of them."""
    for level, resources in levels.items():
        if isinstance(resources, list):
            for left_out in resources:
                yield {**levels, level: [each for each in resources if each != left_out]}


def _seconds(write: Callable[[], object]) -> float:
    began = time.process_time()
    write()
    return time.process_time() - began


def _ratio(job: Job, rounds: int) -> float:
    """Their time over ours, measured in turn."""
    return statistics.median(
        _seconds(lambda: _theirs(job.levels)) / _seconds(lambda: _ours(job)) for _ in range(rounds)
    )


def _figures(job: Job, rounds: int) -> list[float]:
    """What the columns after the name hold."""
    policies = _theirs(job.levels), _ours(job)  # also loads what each needs, which is not counted
    for levels in _narrower(job.levels):
        if _denied(_theirs(levels), job) == _denied(policies[0], job):
            raise ValueError(f"the template for `{job.name}` asks for more than it must: {levels} serves as well")
    needed = {action for action, _ in job.calls}
    granted = [_granted(policy) for policy in policies]
    return [
        len(job.requests()),
        *map(len, granted),
        *(len(names - needed) for names in granted),
        *(_denied(policy, job) for policy in policies),
        _ratio(job, rounds),
    ]


def _table(rounds: int) -> str:
    rows = [(job.name, _figures(job, rounds)) for job in JOBS]
    *counts, ratios = zip(*(figures for _, figures in rows), strict=True)
    rows.append(("all (of ratios the median)", [*map(sum, counts), statistics.median(ratios)]))
    lines = [" | ".join(_HEAD), " | ".join(["---"] + ["---:"] * (len(_HEAD) - 1))]
    for name, (*numbers, ratio) in rows:
        rounded = float(f"{ratio:.1g}")  # more digits would change with every run
        lines.append(" | ".join([name, *(f"{number:.0f}" for number in numbers), f"{rounded:g}"]))
    unknown = sum(len(_named(policy) - _granted(policy)) for policy in (_theirs(job.levels) for job in JOBS))
    tools = f"policy_sentry {version('policy_sentry')} beside jfml-policies {version('jfml-policies')}"
    counted = f"Actions are counted by the catalogue of {load().date}; policy_sentry wrote {unknown} that it lacks."
    return f"{tools}.\n{counted}\n\n" + "".join(f"| {line} |\n" for line in lines)


def main(arguments: list[str]) -> int:
    """Print the table, or write it into a page."""
    parser = argparse.ArgumentParser(description="Compares what is granted for the same work.")
    parser.add_argument("--rounds", type=int, default=51, help="how often each policy is written (default: 51)")
    parser.add_argument("--write", type=Path, metavar="PAGE", help="put the table into this page, between its marks")
    options = parser.parse_args(arguments)
    table = _table(options.rounds)
    if options.write is None:
        print(table, end="")
        return 0
    page = options.write.read_text(encoding="utf-8")
    before, begin, rest = page.partition(_BEGIN)
    _, end, after = rest.partition(_END)
    if not begin or not end:
        print(f"{options.write} lacks the marks between which the table stands", file=sys.stderr)
        return 2
    options.write.write_text(f"{before}{_BEGIN}\n{table}\n{_END}{after}", encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

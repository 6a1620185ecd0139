"""Applies fixes until none is left, and shows what they change."""

from __future__ import annotations

from bisect import bisect_left, insort
from typing import TYPE_CHECKING, Final

from jfml_policies.report.inert import inert
from jfml_policies.text.edits import apply_edits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from jfml_policies.findings import Edit, Finding
    from jfml_policies.linter import LintResult
    from jfml_policies.policy.nodes import Policy
    from jfml_policies.report.style import Style

__all__ = ["diff_lines", "mend"]

#: A fix may uncover the next one; more rounds than this would be fixes at odds with each other.
_ROUNDS: Final = 10
#: Looking for fixes that clash comes to an end, too; what was not tried by then waits for the next round.
_TRIES: Final = 200
#: Longer stretches of changed lines are shown as removed and added, without looking for what they share.
_LONGEST_COMPARED: Final = 2_000
_CONTEXT: Final = 3


def mend(
    text: str,
    lint: Callable[[str], LintResult],
    *,
    unsafe: bool,
    wanted: Callable[[Finding], bool] = lambda _: True,
) -> tuple[str, LintResult, int]:
    """The text after its fixes, what is still found in it, and how many fixes were made.

    Args:
        text: a policy's text.
        lint: finds problems in a text.
        unsafe: whether fixes that may change the meaning are made, too.
        wanted: says of which findings fixes are made.
    """
    result = lint(text)
    made = 0
    for _ in range(_ROUNDS):
        groups = _compatible(filter(wanted, result.findings), unsafe=unsafe)
        mended, after, count = _make(text, result, groups, lint)
        if mended == text:
            break
        text, result = mended, after
        made += count
    return text, result, made


def _make(
    text: str, result: LintResult, groups: Sequence[Sequence[Edit]], lint: Callable[[str], LintResult]
) -> tuple[str, LintResult, int]:
    """The text after as many of some fixes as go together, what is found in it, and how many were made.

    INVARIANT: fixes never turn a readable document into an unreadable one, and never write a key a second time. Two
    that are right alone may do that together, as when both give an operator the same new name; then the half that
    holds the culprit is looked for.
    """
    kept: list[Sequence[Edit]] = []
    mended, after = text, result
    waiting = [groups] if groups else []
    for _ in range(_TRIES):
        if not waiting:
            break
        tried = waiting.pop()
        attempt = apply_edits(text, [edit for edits in (*kept, *tried) for edit in edits])
        outcome = lint(attempt)
        if _is_whole(outcome, result):
            kept += tried
            mended, after = attempt, outcome
        elif len(tried) > 1:
            waiting += (tried[len(tried) // 2 :], tried[: len(tried) // 2])
    return mended, after, len(kept)


def _is_whole(after: LintResult, before: LintResult) -> bool:
    if after.policy is None or before.policy is None:
        return before.policy is None
    return _repeated_keys(after.policy) <= _repeated_keys(before.policy)


def _repeated_keys(policy: Policy) -> int:
    return sum(problem.kind == "duplicate-key" for problem in policy.problems)


def _compatible(findings: Iterable[Finding], *, unsafe: bool) -> list[list[Edit]]:
    """The edits of as many fixes as can be made at once, in the findings' order; the others wait for the next round."""
    taken: set[Edit] = set()
    groups: list[list[Edit]] = []
    # INVARIANT: sorted, and none lies within another, so that only the neighbours of a new one need a look.
    places: list[tuple[int, int]] = []
    for finding in findings:
        fix = finding.fix
        if fix is None or not fix.edits or not (fix.safe or unsafe):
            continue
        new = [edit for edit in fix.edits if edit not in taken]
        if any(_touches(edit, places) for edit in new):
            continue
        for edit in new:
            insort(places, (edit.span.start, edit.span.end))
        taken.update(new)
        groups.append(list(fix.edits))
    return groups


def _touches(edit: Edit, places: list[tuple[int, int]]) -> bool:
    at = bisect_left(places, (edit.span.start, edit.span.end))
    return any(edit.span.start <= end and start <= edit.span.end for start, end in places[max(0, at - 1) : at + 1])


def diff_lines(file: str, before: str, after: str, style: Style) -> Iterator[str]:
    r"""A unified diff, each line with its line end; what is not plainly visible is written as escapes.

    >>> from jfml_policies.report.style import PLAIN
    >>> print("".join(diff_lines("a.json", "1\n2\n", "1\n3\n", PLAIN)), end="")
    --- a.json
    +++ a.json
    @@ -1,2 +1,2 @@
     1
    -2
    +3
    """
    from difflib import unified_diff

    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    shown = inert(file)
    if max(len(old), len(new)) > _LONGEST_COMPARED:
        lines: Iterable[str] = _rough_diff(shown, old, new)
    else:
        lines = unified_diff(old, new, shown, shown, n=_CONTEXT)
    for line in lines:
        whole = inert(line, keep="\t\r\n")
        if not whole.endswith("\n"):
            whole += "\n\\ No newline at end of file\n"
        if whole[0] in "+-":
            yield style.paint(whole[:-1], "added" if whole[0] == "+" else "removed") + "\n"
        else:
            yield whole


def _rough_diff(file: str, old: list[str], new: list[str]) -> Iterator[str]:
    first = 0
    while first < min(len(old), len(new)) and old[first] == new[first]:
        first += 1
    last = 0
    while last < min(len(old), len(new)) - first and old[-1 - last] == new[-1 - last]:
        last += 1
    yield f"--- {file}\n"
    yield f"+++ {file}\n"
    start = max(0, first - _CONTEXT)
    tail = min(last, _CONTEXT)
    gone, come = old[first : len(old) - last], new[first : len(new) - last]
    shared = old[start:first]
    after = old[len(old) - last : len(old) - last + tail]
    size = len(shared) + len(after)
    yield f"@@ -{start + 1},{len(gone) + size} +{start + 1},{len(come) + size} @@\n"
    yield from (f" {line}" for line in shared)
    yield from (f"-{line}" for line in gone)
    yield from (f"+{line}" for line in come)
    yield from (f" {line}" for line in after)

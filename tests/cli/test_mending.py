from __future__ import annotations

from collections.abc import Callable
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from jfml_policies.cli.mending import diff_lines, mend
from jfml_policies.findings import Edit, Finding, Fix, Span
from jfml_policies.linter import LintResult, lint_text
from jfml_policies.policy.read import loads
from jfml_policies.report.style import PLAIN, Style


def replacing(*pairs: tuple[str, str], safe: bool = True, readable: bool = True) -> Callable[[str], LintResult]:
    """A linter that finds each first text once and would replace it by the second."""

    def lint(text: str) -> LintResult:
        found = []
        for old, new in pairs:
            if old in text:
                start = text.index(old)
                fix = Fix("fix", (Edit(Span(start, start + len(old)), new),), safe=safe)
                found.append(Finding("CODE", "warning", "m", fix=fix))
        policy = loads("{}") if readable or "broken" not in text else None
        return LintResult(tuple(found), policy, is_policy=True)

    return lint


def test_fixes_are_made_until_none_is_left() -> None:
    """A fix that uncovers another one is followed by it."""
    text, result, made = mend("abc", replacing(("ab", "x"), ("xc", "y")), unsafe=False)

    assert ("y", (), 2) == (text, result.findings, made)


def test_overlapping_fixes_wait_for_each_other() -> None:
    """Of two fixes at one place the first is made, the other where it still applies."""
    text, _, made = mend("abcd", replacing(("abc", "X"), ("bcd", "Y")), unsafe=False)

    assert ("Xd", 1) == (text, made)


def test_unsafe_fixes_are_asked_for() -> None:
    """Without leave, an unsafe fix is not made and its finding stays."""
    lint = replacing(("a", "b"), safe=False)

    assert mend("a", lint, unsafe=False)[0] == "a"
    assert mend("a", lint, unsafe=True)[0] == "b"


def test_fixes_at_odds_come_to_an_end() -> None:
    """Two fixes that undo each other do not go on for ever."""
    assert mend("a", replacing(("a", "b"), ("b", "a")), unsafe=False)[2] == 10


def test_a_fix_that_breaks_the_document_is_not_made() -> None:
    """A text that can no longer be read is thrown away."""
    assert mend("a", replacing(("a", "broken"), readable=False), unsafe=False)[0] == "a"


def test_fixes_that_together_write_a_key_twice_are_not_made_together() -> None:
    """Two tests that become `Null` would make two blocks of that name: the first becomes one, the other stays."""
    statement = """{"Effect": "Allow", "Action": "ec2:CreateTags", "Resource": "*", "Condition": {
        "StringLike": {"aws:RequestTag/team": "*"}, "StringNotLike": {"aws:RequestTag/owner": "*"}}}"""
    text = f'{{"Version": "2012-10-17", "Statement": [{statement}, {statement.replace("Allow", "Deny")}]}}'
    mended, result, made = mend(text, lint_text, unsafe=True)

    assert not [finding for finding in result.findings if finding.code == "DUPLICATE_JSON_KEY"]
    assert (2, 2) == (made, mended.count('"Null"'))


def diff(before: str, after: str) -> str:
    return "".join(diff_lines("f.json", before, after, PLAIN))


def test_long_texts_are_compared_roughly() -> None:
    """In a long text the stretch between the first and the last change is shown."""
    lines = [f"{number}\n" for number in range(5_000)]
    changed = [*lines[:2_500], "new\n", *lines[2_501:]]

    assert diff("".join(lines), "".join(changed)) == (
        "--- f.json\n+++ f.json\n@@ -2498,7 +2498,7 @@\n 2497\n 2498\n 2499\n-2500\n+new\n 2501\n 2502\n 2503\n"
    )


def test_a_missing_last_line_end_is_told() -> None:
    """Tools that apply diffs need to know that the last line has no end."""
    assert diff("a", "b\n").endswith("-a\n\\ No newline at end of file\n+b\n")


def test_diffs_are_inert_and_coloured() -> None:
    """Escape sequences of a policy are written as escapes; colour is only ours."""
    assert "\x1b" not in diff("\x1b[31m\n", "\u202e\n")
    assert "\x1b[32m+b\x1b[0m\n" in "".join(diff_lines("f", "a\n", "b\n", Style(color=True)))


edits = st.builds(
    lambda start, length, text: Edit(Span(start, min(start + length, 20)), text),
    st.integers(0, 20),
    st.integers(0, 5),
    st.text("ab", min_size=1, max_size=3),
)


@given(st.lists(st.lists(edits, min_size=1, max_size=2), max_size=12))
def test_any_fixes_can_be_made_together(fixes: list[list[Edit]]) -> None:
    """Whatever fixes rules offer, those that are made at once never overlap each other."""
    offered = [fix for fix in fixes if not any(_overlap(one, other) for one, other in combinations(fix, 2))]
    findings = tuple(Finding("CODE", "warning", "m", fix=Fix("fix", tuple(fix), safe=True)) for fix in offered)

    def lint(text: str) -> LintResult:
        return LintResult(findings if text == "x" * 20 else (), loads("{}"), is_policy=True)

    mended, _, made = mend("x" * 20, lint, unsafe=False)

    assert bool(offered) == (made > 0) == (mended != "x" * 20)


def _overlap(one: Edit, other: Edit) -> bool:
    return one.span.start <= other.span.end and other.span.start <= one.span.end

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jfml_policies.linter.fixes.variable_mends import mend_variables
from jfml_policies.patterns.variables import VariableProblemCode, parse_variables
from jfml_policies.policy.nodes import Text

CODES: tuple[VariableProblemCode, ...] = ("space-in-name", "missing-quote", "missing-brace")


def mended(text: str, code: VariableProblemCode) -> str | None:
    """The text after the fix."""
    fix = mend_variables(Text(text, path=(), start=0, end=len(text)), code)
    return None if fix is None else fix.edits[0].text[1:-1]


@pytest.mark.parametrize(
    ("text", "code", "expected"),
    [
        ("${aws: username}", "space-in-name", "${aws:username}"),
        ("a/${aws:PrincipalTag/te am,'x y'}/b", "space-in-name", "a/${aws:PrincipalTag/team,'x y'}/b"),
        ("${aws:username, guest}", "missing-quote", "${aws:username, 'guest'}"),
        ("${aws:username, guest'}", "missing-quote", "${aws:username, 'guest'}"),
        ("${aws:username, gu'est}", "missing-quote", None),
        ("${aws:username,}", "missing-quote", None),
        ("${aws:username/${aws:userid/*", "missing-brace", "${aws:username}/${aws:userid}/*"),
        ("${AWS:USERNAME/*", "missing-brace", "${AWS:USERNAME}/*"),
        ("${aws:usernames", "missing-brace", None),
        ("${aws:username-x/*", "missing-brace", None),
        ("${aws:PrincipalTag/team", "missing-brace", None),
        ("${aws:username}", "missing-brace", None),
    ],
)
def test_only_plain_slips_are_mended(text: str, code: VariableProblemCode, expected: str | None) -> None:
    """A variable is righted where nobody can doubt what was meant, all of a text or none."""
    assert expected == mended(text, code)


@given(
    st.lists(
        st.sampled_from(("${", "}", "aws:username", "aws:PrincipalTag/a", " ", ",", "'", "x", "/", "*")), max_size=9
    )
)
def test_a_mended_text_has_the_fault_no_more(pieces: list[str]) -> None:
    """After a fix the fault is gone, and fixing again changes nothing."""
    text = "".join(pieces)
    for code in CODES:
        new = mended(text, code)
        if new is not None:
            assert code not in [problem.code for problem in parse_variables(new).problems]
            assert mended(new, code) is None

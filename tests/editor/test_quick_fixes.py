from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from jfml_policies.editor.diagnostics import findings_of
from jfml_policies.editor.quick_fixes import change_between, quick_fixes
from jfml_policies.findings import Span
from jfml_policies.text.edits import apply_edits

REDUNDANT = """{"Version": "2012-10-17", "Statement": [
  {"Effect": "Allow", "Action": ["s3:GetObject", "s3:GetObject", "s3:GetObjct"], "Resource": "arn:aws:s3:::acme/*"}]}"""


def test_safe_ones_first_and_preferred() -> None:
    """A safe mend is preferred, an unsafe one says what it may do, and each stands where it was found."""
    found = quick_fixes(findings_of(REDUNDANT, "a.json"), Span(0, len(REDUNDANT)))

    assert [one.preferred for one in found] == [True, False]
    assert found[1].title.endswith("(may change what the policy means)")
    assert "s3:GetObjct" not in apply_edits(REDUNDANT, found[1].edits)


def test_only_where_the_selection_is() -> None:
    """A mend is offered at its finding, its ends included."""
    place = REDUNDANT.index('"s3:GetObjct"')

    assert len(quick_fixes(findings_of(REDUNDANT, "a.json"), Span(place + 5, place + 5))) == 1
    assert quick_fixes(findings_of(REDUNDANT, "a.json"), Span(0, 0)) == ()


texts = st.lists(st.sampled_from(["a", "b", "\r\n", "\n", "\r"]), max_size=8).map("".join)


@given(texts, texts)
def test_the_smallest_change(before: str, after: str) -> None:
    """The change makes the one text of the other, and is none for equal texts; it cuts no line end in two."""
    edit = change_between(before, after)

    assert after == (before if edit is None else apply_edits(before, [edit]))
    assert (edit is None) == (before == after)
    for place in () if edit is None else (edit.span.start, edit.span.end):
        assert place == 0 or before[place - 1 : place + 1] != "\r\n"

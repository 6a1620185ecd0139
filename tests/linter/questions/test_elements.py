from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from jfml_policies.linter.questions.elements import meant_names, remove_element, written
from jfml_policies.policy.kinds import STATEMENT_ELEMENTS
from jfml_policies.policy.nodes import Statement
from jfml_policies.policy.parse import parse_document, parse_text
from jfml_policies.text.edits import apply_edits

_names = st.lists(st.sampled_from(STATEMENT_ELEMENTS), unique=True, min_size=1)


def _statement(text: str) -> Statement:
    return parse_text(text).statements[0]


@given(_names, st.data(), st.sampled_from([None, 0, 2]))
def test_a_removed_element_leaves_the_others_as_they_were(names: list[str], data: st.DataObject, indent: int) -> None:
    """Without one element the text is still JSON and holds all others, in order."""
    document = {"Statement": {name: [name] for name in names}}
    text = json.dumps(document, indent=indent)
    name = data.draw(st.sampled_from(names))
    fix = remove_element(_statement(text), name)

    if fix is None:
        assert name == ("Effect" if "Effect" in names else names[0])
    else:
        after = json.loads(apply_edits(text, fix.edits))["Statement"]
        assert list(after.items()) == [(other, [other]) for other in names if other != name]


def test_removals_go_together() -> None:
    """Several elements can be removed at once, whatever their order."""
    text = '{"Statement": {"Principal": "*", "Sid": "", "Effect": "Deny", "Condition": {}}}'
    fixes = [remove_element(_statement(text), name) for name in ("Condition", "Sid", "Principal")]

    edits = [edit for fix in fixes if fix for edit in fix.edits]
    assert apply_edits(text, edits) == '{"Statement": {"Effect": "Deny"}}'


def test_an_element_that_stands_twice_is_not_removed() -> None:
    """Which of the two counts is another question."""
    assert remove_element(_statement('{"Statement": {"Effect": "Deny", "Sid": "", "Sid": ""}}'), "Sid") is None


def test_a_document_without_text_has_a_fix_without_edits() -> None:
    """The fix says what to do, although there is no text to edit."""
    statement = parse_document({"Statement": {"Effect": "Deny", "Sid": ""}}).statements[0]
    fix = remove_element(statement, "Sid")

    assert fix is not None
    assert fix.edits == ()
    assert fix.title == "remove the element `Sid`"


def test_written_names_each_element_once() -> None:
    """An element that stands twice is named at its first place, in the order of the text."""
    keys = written(_statement('{"Statement": {"Sid": "", "Action": 1, "Action": 2}}'), "Action", "Sid", "Effect")

    assert [(key.value, key.start) for key in keys] == [("Sid", 15), ("Action", 26)]


def test_only_the_first_unknown_names_are_looked_up() -> None:
    """A thousand unknown names are no slips of the pen; the first ones still get their suggestions."""
    keys = ["effect", *(f"Resource{number}" for number in range(1000)), "action"]
    statement = parse_document({"Statement": dict.fromkeys(keys, "")}).statements[0]
    meant = meant_names(statement.keys, STATEMENT_ELEMENTS)

    assert meant["effect"] == "Effect"
    assert "action" not in meant
    assert len(meant) <= 50

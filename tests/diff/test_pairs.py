from __future__ import annotations

import json

import pytest

from jfml_policies.diff.pairs import Compared, compare_sides
from jfml_policies.diff.sides import Side
from jfml_policies.errors import JsonSyntaxError

READ = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}
WRITE = {"Effect": "Allow", "Action": "s3:PutObject", "Resource": "*"}
DENY = {"Effect": "Deny", "Action": "iam:*", "Resource": "*"}
TRUST = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": "111122223333"}}
BUCKET = {"Effect": "Allow", "Action": "s3:GetObject", "Principal": "*", "Resource": "*"}


def text(*statements: dict) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def compared(old: str | None, new: str | None, **options: str) -> Compared:
    found = compare_sides(Side("old", old), Side("new", new), **options)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("old", "new", "relation", "may_widen"),
    [
        ([READ], [READ], "equivalent", False),
        ([READ, WRITE], [READ], "narrower", False),
        ([READ], [READ, WRITE], "wider", True),
        ([READ], [WRITE], "incomparable", True),
    ],
)
def test_relations(old: list[dict], new: list[dict], relation: str, may_widen: bool) -> None:
    """The relation is that of the documents' own access, and only more access may widen."""
    found = compared(text(*old), text(*new))

    assert (relation, may_widen) == (found.relation, found.may_widen)
    assert found.unknown == ()


def test_spans_are_those_of_statements() -> None:
    """A region's path leads to its statement in the text."""
    new = text(READ, WRITE)
    found = compared(text(READ), new)
    (region,) = found.change.added
    span = found.new_spans[region.path]

    assert json.loads(new[span.start : span.end]) == WRITE


@pytest.mark.parametrize(
    ("old", "new", "relation", "note"),
    [
        (None, text(READ), "wider", "old: did not exist before, so it is compared as a policy that allows nothing"),
        (
            text(TRUST),
            None,
            "narrower",
            "new: is gone, so it is compared as a policy that allows nothing",
        ),
    ],
)
def test_a_document_that_is_not_there(old: str | None, new: str | None, relation: str, note: str) -> None:
    """A new file grants all that it allows, a deleted one takes it away, and that is said."""
    found = compared(old, new)

    assert (relation, (note,)) == (found.relation, tuple([str(one) for one in found.notes]))


@pytest.mark.parametrize("other", [None, "[]", '{"name": "x"}', "not JSON", ""])
def test_what_is_no_policy_is_passed_over(other: str | None) -> None:
    """Two texts of which neither is meant as a policy give nothing."""
    assert compare_sides(Side("old", other), Side("new", '{"Statement": 7}')) is None


@pytest.mark.parametrize("broken", ["[]", '{"Statment": []}', '{"Statement": [7]}'])
def test_a_policy_that_lost_its_shape_is_unknown(broken: str) -> None:
    """A document that AWS would refuse never counts as one that allows nothing."""
    found = compared(text(READ), broken)

    assert ("unknown", True) == (found.relation, found.may_widen)
    (remark,) = found.unknown

    assert ("invalid", True) == (remark.code, str(remark).startswith("new: "))


def test_broken_json_is_named() -> None:
    """JSON that can't be read is an error that knows which side, line and column."""
    with pytest.raises(JsonSyntaxError) as caught:
        compared(text(READ), '{"Statement": [')

    assert (caught.value.file, caught.value.line) == ("new", 1)


def test_a_change_of_kind_is_unknown() -> None:
    """Policies of different kinds have nothing in common, which is said rather than computed."""
    found = compared(text(TRUST), text(BUCKET))

    assert ("unknown", True) == (found.relation, found.may_widen)
    assert found.unknown[0].text.startswith(
        "the kind changed from trust (its principals may only assume a role) to resource"
    )


def test_a_document_without_statements_is_of_any_kind() -> None:
    """An empty policy is compared as what the other one is."""
    assert compared(text(), text(TRUST)).relation == "wider"
    assert compared(text(TRUST), text()).relation == "narrower"


def test_the_kind_can_be_said() -> None:
    """With a kind both are read as that."""
    assert compared(text(READ), text(READ, WRITE), kind="boundary").relation == "wider"
    assert compared(text(TRUST), text(BUCKET), kind="resource").unknown[0].code == "invalid"


def test_guardrails_are_compared_by_what_they_deny() -> None:
    """Of documents that allow nothing less that is denied may widen, though they allow the same."""
    found = compared(text(DENY), text({**DENY, "Action": "iam:Create*"}))

    assert ("equivalent", True, True) == (found.relation, found.is_guardrail, found.may_widen)
    assert [region.actions for region in found.undenied] == [("iam:*",)]
    assert found.newly_denied == ()

    stricter = compared(text({**DENY, "Action": "iam:Create*"}), text(DENY))

    assert not stricter.may_widen
    assert len(stricter.newly_denied) == 1


def test_a_lost_deny_of_what_is_not_allowed_is_told() -> None:
    """Beside an Allow the lost Deny changes nothing of the document's own access; it is told, and does not widen."""
    found = compared(text(READ, DENY), text(READ))

    assert ("equivalent", False) == (found.relation, found.may_widen)
    assert len(found.undenied) == 1


def test_a_lifted_deny_is_told_once() -> None:
    """Access that a Deny took away and that is allowed now is new access; it is not told as lost Deny once more."""
    found = compared(text(READ, {**DENY, "Action": "s3:*"}), text(READ))
    beside = compared(text(READ, {**DENY, "Action": "s3:*"}, DENY), text(READ))

    assert ("wider", ()) == (found.relation, found.undenied)
    assert [("iam:*",)] == [region.actions for region in beside.undenied]

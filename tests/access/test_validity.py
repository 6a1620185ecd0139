from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings

from jfml_policies.access.validity import invalid_reason
from jfml_policies.policy.kinds import KINDS, Kind
from jfml_policies.policy.parse import parse_document, parse_text
from jfml_policies.testing import mangled_policies

GOOD: dict[str, Any] = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}
OF_RESOURCE = {**GOOD, "Principal": "*"}
TRUST: dict[str, Any] = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": "111122223333"}}


def test_good_documents_of_every_kind_have_a_meaning() -> None:
    """Each kind accepts what its grammar asks for."""
    for kind, facts in KINDS.items():
        statement = TRUST if kind == "trust" else OF_RESOURCE if facts.principal == "required" else GOOD
        assert invalid_reason(parse_document({"Version": "2012-10-17", "Statement": statement}, kind=kind)) is None


@pytest.mark.parametrize(
    ("statement", "kind", "reason", "path"),
    [
        ({**GOOD, "Effect": "allow"}, "identity", "the effect `allow` is neither `Allow` nor `Deny`", ("Effect",)),
        ({**GOOD, "Effect": 1}, "identity", "`Effect`: a string was expected, not a number", ("Effect",)),
        ({"Action": "*", "Resource": "*"}, "identity", "the statement has no `Effect`", ()),
        ({"Effect": "Deny", "Resource": "*"}, "scp", "the statement has neither `Action` nor `NotAction`", ()),
        ({"Effect": "Deny", "Resource": "*", "Principal": "*"}, "rcp", "the statement has no `Action`", ()),
        ({**OF_RESOURCE, "NotAction": "*"}, "rcp", "the statement has both `Action` and `NotAction`", ("NotAction",)),
        ({**GOOD, "NotAction": "*"}, "identity", "the statement has both `Action` and `NotAction`", ("NotAction",)),
        ({**GOOD, "NotResource": "*"}, "identity", "the statement has both `Resource` and `NotR", ("NotResource",)),
        ({"Effect": "Allow", "Action": "*"}, "identity", "the statement has neither `Resource` nor `NotResource`", ()),
        (GOOD, "resource", "the statement has neither `Principal` nor `NotPrincipal`", ()),
        (GOOD, "endpoint", "the statement has neither `Principal` nor `NotPrincipal`", ()),
        ({**OF_RESOURCE, "NotPrincipal": "*"}, "resource", "the statement has both `Principal`", ("NotPrincipal",)),
        ({**GOOD, "Actions": "*"}, "identity", "a statement has no element `Actions`", ("Actions",)),
        ({**GOOD, "Action": ["*", 1]}, "identity", "`an entry of Action`: a string was expected", ("Action", 1)),
    ],
)
def test_faulty_statements(statement: object, kind: Kind, reason: str, path: tuple[str | int, ...]) -> None:
    """What AWS would refuse has no meaning; the reason names the element, and the path its place."""
    found = invalid_reason(parse_document({"Statement": [GOOD | {"Sid": "X"}, statement]}, kind=kind))
    alone = invalid_reason(parse_document({"Statement": statement}, kind=kind))

    assert found is not None
    assert alone is not None
    assert alone[0].startswith(reason)
    assert ("Statement", *path) == alone[1]


@pytest.mark.parametrize(
    ("operator", "value", "reason"),
    [
        ("StringLikes", "x", "`StringLikes` is not a condition operator"),
        ("stringlike", "x", "`stringlike` is not a condition operator"),
        ("ForSomeValue:StringLike", "x", "`ForSomeValue:StringLike` is not a condition operator"),
        ("NullIfExists", "true", "`NullIfExists` is not a condition operator"),
        ("Null", "maybe", "`maybe` under `Null` is not `true` or `false`"),
        ("Null", [], "`Null` for `aws:K` says neither `true` nor `false`"),
        ("NumericLessThan", "ten", "`ten` under `NumericLessThan` is not a number"),
        ("DateGreaterThanIfExists", "tomorrow", "`tomorrow` under `DateGreaterThan` is not a date"),
        ("ForAnyValue:NotIpAddress", ["10.0.0.0/8", "10.0.0.0/40"], "`10.0.0.0/40` under `NotIpAddress` is not an IP"),
        ("BinaryEquals", "Q", "`Q` under `BinaryEquals` is not a base64 text"),
        ("StringEquals", {"a": "b"}, "`a condition value`: a string, a number or a boolean was expected"),
    ],
)
def test_faulty_conditions(operator: str, value: object, reason: str) -> None:
    """Operators that do not exist and values that they cannot read take the document its meaning."""
    found = invalid_reason(parse_document({"Statement": {**GOOD, "Condition": {operator: {"aws:K": value}}}}))

    assert found is not None
    assert found[0].startswith(reason)
    assert ("Statement", "Condition", operator) == found[1][:3]


@pytest.mark.parametrize(
    ("document", "reason", "path"),
    [
        ({"Version": "2020-01-01", "Statement": GOOD}, "there is no version `2020-01-01` of the policy", ("Version",)),
        ({"Version": "2012-10-17"}, "the policy has no `Statement`", ()),
        ({"Statement": [GOOD, "x"]}, "`a statement`: an object was expected, not a string", ("Statement", 1)),
        ({"Statement": GOOD, "Comment": "x"}, "a policy has no element `Comment`", ("Comment",)),
    ],
)
def test_faulty_documents(document: dict[str, object], reason: str, path: tuple[str | int, ...]) -> None:
    """The document's own elements count as well."""
    found = invalid_reason(parse_document(document))

    assert found is not None
    assert found[0].startswith(reason)
    assert path == found[1]


def test_a_key_that_is_written_twice() -> None:
    """Which of two equal keys counts is not a question that a meaning may hang on."""
    text = '{"Statement": {"Effect": "Deny", "Effect": "Allow", "Action": "*", "Resource": "*"}}'

    assert invalid_reason(parse_text(text)) == (
        "`Effect`: each key once was expected, not a second one",
        ("Statement", "Effect"),
    )


@pytest.mark.parametrize(
    "statement",
    [
        {**GOOD, "Action": "s3:NoSuchAction"},
        {**GOOD, "Action": []},
        {**GOOD, "Resource": "not-an-arn"},
        {**GOOD, "Condition": {}},
        {**GOOD, "Condition": {"StringEquals": {"nokey": []}}},
        {**GOOD, "Condition": {"Bool": {"aws:K": "maybe"}}},
        {**GOOD, "Condition": {"ForAnyValue:Null": {"aws:K": "true"}}},
    ],
)
def test_what_matches_nothing_still_has_a_meaning(statement: dict[str, object]) -> None:
    """Misspelt names and empty lists match nothing, which is an answer."""
    assert invalid_reason(parse_document({"Statement": statement})) is None


@pytest.mark.parametrize(
    ("statement", "kind"),
    [
        (OF_RESOURCE, "identity"),
        ({**TRUST, "Resource": "*"}, "trust"),
        ({"Effect": "Deny", "Action": "sts:AssumeRole", "NotPrincipal": {"AWS": "111122223333"}}, "trust"),
        ({"Effect": "Deny", "NotAction": "s3:*", "Principal": "*", "Resource": "*"}, "rcp"),
    ],
)
def test_elements_out_of_place_keep_their_meaning(statement: dict[str, object], kind: Kind) -> None:
    """An element that the kind does not allow is for lint to report; what it says is clear."""
    assert invalid_reason(parse_document({"Statement": statement}, kind=kind)) is None


@settings(max_examples=25)
@given(mangled_policies())
def test_any_document_gets_an_answer(document: object) -> None:
    """Whatever stands in a document, the answer is a reason with a place or none."""
    if isinstance(document, dict):
        found = invalid_reason(parse_document(document))
        assert found is None or (found[0] and isinstance(found[1], tuple))

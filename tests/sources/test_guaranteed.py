"""What a policy with holes allows in any case, for those who compare with values of their own."""

from __future__ import annotations

import json
from typing import Any

import pytest

from jfml_policies.sources.guaranteed import guaranteed_texts
from jfml_policies.sources.shape import Choice, Hole, Items, Members, Shape, Word

HOLE = Word((Hole("${P}"),), 0, 1)


def shape(value: Any) -> Shape:
    if isinstance(value, dict):
        return Members(tuple([(Word((name,), 0, 1), shape(one)) for name, one in value.items()]), 0, 1)
    if isinstance(value, list):
        return Items(tuple(map(shape, value)), 0, 1)
    return Word((value,), 0, 1) if isinstance(value, str) else value


def statements(*written: Any, compared: tuple[str, ...] = ("aws:sourcevpce",)) -> list[list[list[dict[str, Any]]]]:
    document = shape({"Version": "2012-10-17", "Statement": list(written)})
    texts = guaranteed_texts(document, "", frozenset(compared))
    return [[json.loads(one.text)["Statement"] for one in group] for group in texts]


def only(*written: Any, compared: tuple[str, ...] = ("aws:sourcevpce",)) -> list[dict[str, Any]]:
    """The statements where all texts agree."""
    (group,) = statements(*written, compared=compared)
    assert all(one == group[0] for one in group)
    return group[0]


def allow(**elements: Any) -> dict[str, Any]:
    return {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*", **elements}


def deny(**elements: Any) -> dict[str, Any]:
    return allow(**elements) | {"Effect": "Deny"}


def when(key: str, value: Any, operator: str = "StringEquals") -> dict[str, Any]:
    return {"Condition": {operator: {key: value}}}


def test_what_is_known_stays() -> None:
    """A policy without holes is one text, as it is."""
    written = [allow(**when("aws:SourceVpce", "vpce-1")), deny(Resource="arn:aws:s3:::b/*")]

    assert [[written]] == statements(*written)


@pytest.mark.parametrize(
    ("element", "compared"),
    [
        (when("aws:SourceVpce", HOLE), ()),
        (when("AWS:sourcevpce", ["vpce-1", HOLE]), ()),
        (when("aws:SourceIp", HOLE, "IpAddress"), ()),
        (when("aws:username", HOLE, "StringNotEquals"), ()),
        ({"Principal": {"AWS": HOLE}}, ("Principal",)),
        ({"NotResource": HOLE}, ()),
        ({"NotAction": [HOLE]}, ()),
    ],
    ids=range(7),
)
def test_an_allow_that_may_not_matter_is_left_out(element: dict[str, Any], compared: tuple[str, ...]) -> None:
    """Where a hole stands for a value that is compared, or for one that no guess is like."""
    assert [allow()] == only(allow(), allow(**element), compared=("aws:sourcevpce", *compared))


def test_an_allow_whose_holes_do_not_matter_stays() -> None:
    """Its holes get values that nobody compares with, differently in each text."""
    written = allow(Resource=Word(("arn:aws:s3:::b/", Hole("${P}")), 0, 1), **when("aws:username", HOLE))

    ((first, *others),) = statements(written)

    assert [1, 1, 1] == [len(one) for one in (first, *others)]
    assert all(one != first for one in others)


def test_known_principals_stay() -> None:
    """Of a list of principals those that are known count."""
    written = allow(Principal={"AWS": ["111122223333", HOLE], "Service": HOLE})

    assert [allow(Principal={"AWS": ["111122223333"]})] == only(written, compared=("Principal",))


@pytest.mark.parametrize(
    ("element", "expected"),
    [
        ({"Resource": HOLE}, deny()),
        ({"Action": [HOLE, "s3:Get*"]}, deny(Action="*")),
        (when("aws:SourceVpce", HOLE, "StringNotEquals"), deny()),
        (
            {"Condition": {"Bool": {"aws:SecureTransport": "false", "a:b": HOLE}}},
            deny(**when("aws:SecureTransport", "false", "Bool")),
        ),
    ],
    ids=range(4),
)
def test_a_deny_reaches_as_far_as_it_may(element: dict[str, Any], expected: dict[str, Any]) -> None:
    """What a hole may let it deny counts as denied."""
    assert [allow(), expected] == only(allow(), deny(**element))


def test_a_deny_of_all_but_an_unknown_resource_denies_everything() -> None:
    """The negation becomes the plain element."""
    written = {"Effect": "Deny", "Action": "*", "NotResource": HOLE}

    assert [{"Effect": "Deny", "Action": "*", "Resource": "*"}] == only(written)


def test_what_a_deny_compares_is_compared() -> None:
    """An Allow for a value that may be denied is no certain one."""
    denied = deny(**when("aws:username", "ann"))

    assert [denied] == only(denied, allow(**when("aws:username", HOLE)))


def test_nothing_is_said_where_the_form_is_not_known() -> None:
    """An effect, a version or a key that only deployment knows leaves nothing to say."""
    for statement in (allow() | {"Effect": HOLE}, HOLE):
        document = shape({"Version": "2012-10-17", "Statement": [statement]})
        assert [["{}"]] == [[one.text for one in group] for group in guaranteed_texts(document, "", frozenset())]
    assert [] == only(
        {**allow(), "Condition": Members(((Word(("StringEquals",), 0, 1), Members(((HOLE, HOLE),), 0, 1)),), 0, 1)}
    )


def test_each_way_through_conditions_is_a_group() -> None:
    """As for all other rules."""
    first, second = shape(allow()), shape(allow(Action="s3:PutObject"))
    document = Members(((Word(("Statement",), 0, 1), Choice("C", first, second)),), 0, 1)

    assert ["s3:GetObject", "s3:PutObject"] == [
        json.loads(one.text)["Statement"][0]["Action"]
        for group in guaranteed_texts(document, "", frozenset())
        for one in group
    ]

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jfml_policies.errors import UsageError
from jfml_policies.patterns.arn import Arn, arn_problem, is_account_id


@given(st.text(":/ab*", max_size=12))
def test_printing_undoes_parsing(rest: str) -> None:
    """Every text is either an ARN that prints back exactly, or a problem that says why not."""
    text = f"arn:{rest}"
    arn = Arn.try_parse(text)

    assert (arn is None) == (arn_problem(text) is not None)
    assert arn is None or str(arn) == text


def test_fields() -> None:
    """Only the first five colons split; the rest belongs to the resource."""
    arn = Arn.parse("arn:aws:lambda:us-east-1:111122223333:function:run:7")

    assert Arn("aws", "lambda", "us-east-1", "111122223333", "function:run:7") == arn
    assert (arn.resource_type, arn.resource_id) == ("function", "run:7")


@pytest.mark.parametrize(
    ("resource", "kind", "name"),
    [
        ("role/team/Reader", "role", "team/Reader"),
        ("log-group:/aws/x:*", "log-group", "/aws/x:*"),
        ("orders", "", "orders"),
        ("acme/", "acme", ""),
        ("", "", ""),
    ],
)
def test_resource_split(resource: str, kind: str, name: str) -> None:
    """Type and id part at the first slash or colon."""
    arn = Arn("aws", "x", "", "", resource)

    assert (kind, name) == (arn.resource_type, arn.resource_id)


def test_problems_are_data() -> None:
    """A text that is no ARN is told apart by prefix and by missing fields."""
    prefix, few = arn_problem("acme:b"), arn_problem("arn:aws:s3::")

    assert prefix is not None
    assert prefix.code == "missing-prefix"
    assert few is not None
    assert (few.code, few.fields, few.missing) == ("too-few-fields", 5, ("resource",))
    assert str(few) == "it has 5 of 6 fields (resource missing)"
    assert arn_problem("arn:aws:s3:::b") is None


def test_parse_raises_our_error() -> None:
    """A text that is no ARN raises an error that names it and says why."""
    with pytest.raises(UsageError, match="`acme` is not an ARN: it does not begin with `arn:`"):
        Arn.parse("acme")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("111122223333", True),
        ("11112222333", False),
        ("1111-2222-3333", False),
        ("\u0661" * 12, False),
        ("11112222333\xb2", False),
        ("*", False),
    ],
)
def test_account_ids(text: str, expected: bool) -> None:
    """An account id is twelve ASCII digits."""
    assert expected == is_account_id(text)

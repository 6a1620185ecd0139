from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest

from jfml_policies.access import readings
from jfml_policies.access.evaluate import decide
from jfml_policies.access.request import Context, Request
from jfml_policies.access.validity import invalid_reason
from jfml_policies.policy.nodes import Policy
from jfml_policies.policy.parse import parse_document

RESOURCE = "arn:aws:s3:eu-west-1::b/k"


def policy(**elements: Any) -> Policy:
    statement = {"Effect": "Allow", "Action": "*", "Resource": "*", **elements}
    return parse_document({"Version": "2012-10-17", "Statement": statement})


def when(operator: str, value: object) -> Policy:
    return policy(Condition={operator: {"aws:K": value}})


# Each reading: the module that heeds it, and a question whose answer hangs on it.
QUESTIONS: dict[str, tuple[str, Policy, Context]] = {
    "EMPTY_TEXT_IS_PRESENT": ("request_facts", when("Null", "false"), {"aws:K": ""}),
    "PLAIN_OPERATOR_ON_SEVERAL_VALUES": ("conditions", when("StringLike", "*"), {"aws:K": ["a", "b"]}),
    "FOR_ANY_VALUE_IF_EXISTS_ON_EMPTY": ("conditions", when("ForAnyValue:StringLikeIfExists", "*"), {}),
    "BOOL_VALUES_TAKE_VARIABLES": ("comparisons", when("Bool", "${aws:Flag}"), {"aws:K": "true", "aws:Flag": "true"}),
    "VARIABLE_OF_SEVERAL_VALUES_IS_ABSENT": (
        "request_facts",
        when("StringEquals", "${aws:Team}"),
        {"aws:K": "a", "aws:Team": ["a", "b"]},
    ),
    "RESOURCE_FIELDS_IGNORE_CASE": ("statement_match", policy(Resource="arn:aws:S3:EU-*::b/*"), {}),
}


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_reading_is_changed_in_one_place(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Turning a constant round turns the answer round to which it belongs."""
    module, document, context = QUESTIONS[name]
    request = Request("s3:GetObject", RESOURCE, context=context)
    before = decide(document, request)
    monkeypatch.setattr(import_module(f"jfml_policies.access.{module}"), name, not getattr(readings, name))

    assert {before, decide(document, request)} == {"allow", "implicit-deny"}


def test_null_with_a_set_operator(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read as `Null`, or refused, as the constant says."""
    document = when("ForAnyValue:Null", "true")
    assert invalid_reason(document) is None

    monkeypatch.setattr("jfml_policies.access.validity.NULL_TAKES_SET_OPERATORS", False)

    assert invalid_reason(document) is not None


def test_every_reading_has_its_question() -> None:
    """No constant stands there without effect."""
    assert set(readings.__all__) == {*QUESTIONS, "NULL_TAKES_SET_OPERATORS"}

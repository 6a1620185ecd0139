from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from jfml_policies.linter.questions.service_limit import idle_tests, is_limited, why_idle
from jfml_policies.patterns.glob import matches
from jfml_policies.policy.operators import Operator, parse_operator
from jfml_policies.policy.parse import parse_document

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jfml_policies.policy.nodes import Statement, Test

KEYS = ["iam:passedtoservice"]
OTHER_SERVICE = "zz.amazonaws.com"

operators = st.builds(
    "{}{}{}".format,
    st.sampled_from(["", "ForAllValues:", "ForAnyValue:"]),
    st.sampled_from(["StringEquals", "StringNotEquals", "StringLike", "StringNotLike"]),
    st.sampled_from(["", "IfExists"]),
)
values = st.lists(
    st.sampled_from(["ec2.amazonaws.com", "*", "*.amazonaws.com", "ec2*", "?c2*", "??.amazonaws.com"]),
    min_size=1,
    max_size=3,
)


def _statement(condition: Mapping[str, object]) -> Statement:
    return parse_document({"Statement": {"Condition": condition}}).statements[0]


def _test(operator: str, values: list[str]) -> Test:
    return _statement({operator: {"iam:PassedToService": values}}).tests[0]


def _holds(operator: Operator, values: list[str], service: str | None) -> bool:
    """The operators' own definition, for a request that passes a role to one service, or says to none."""
    if service is None:
        return (
            operator.if_exists or operator.qualifier == "ForAllValues" or (operator.negated and not operator.qualifier)
        )
    hit = any(matches(value, service) if operator.facts.patterns else value == service for value in values)
    return hit != operator.negated


@given(operators, values)
def test_a_test_that_limits_holds_only_for_named_services(name: str, patterns: list[str]) -> None:
    """What counts as a limit fails without the key, and for a service that no value names the beginning of."""
    operator = parse_operator(name)
    assert operator is not None
    if why_idle(_test(name, patterns)) is None:
        assert not _holds(operator, patterns, None)
        assert not _holds(operator, patterns, OTHER_SERVICE)


def test_positive_tests_of_named_services_limit() -> None:
    """The ways in which AWS's managed policies name services are limits."""
    for operator in ("StringEquals", "StringLike", "ForAnyValue:StringEquals", "StringEqualsIgnoreCase", "ArnLike"):
        assert why_idle(_test(operator, ["ec2.amazonaws.com", "lambda*"])) is None


def test_wildcards_count_only_where_the_operator_reads_them() -> None:
    """`StringEquals` takes `*` for a character, so it names a service that does not exist."""
    assert why_idle(_test("StringEquals", ["*"])) is None
    assert why_idle(_test("StringLike", ["*"])) == "has a value that begins with a wildcard"


def test_what_aws_refuses_is_no_reason_to_complain() -> None:
    """An unknown operator is another rule's subject."""
    assert why_idle(_test("StringIs", ["ec2.amazonaws.com"])) is None


def test_one_limit_is_enough_and_idle_tests_are_named() -> None:
    """Tests must all hold, so one that limits does; the others are listed with their reasons."""
    idle = {"StringNotEquals": {"iam:PassedToService": "ec2.amazonaws.com"}}
    both = _statement({**idle, "StringLike": {"IAM:passedtoservice": "lambda*"}})
    reasons = [(test.operator.value, reason) for test, reason in idle_tests(both, KEYS)]

    assert [("StringNotEquals", "holds for every service that it doesn't name")] == reasons
    assert is_limited(both, KEYS)
    assert not is_limited(_statement(idle), KEYS)
    assert not is_limited(_statement({"StringEquals": {"aws:PrincipalAccount": "111122223333"}}), KEYS)

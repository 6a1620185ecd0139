from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from jfml_policies.findings import Finding
from jfml_policies.linter import lint
from jfml_policies.linter.questions.open_grant import granting
from jfml_policies.linter.registry import all_rules
from jfml_policies.policy.parse import parse_document

RULES = [rule.name() for rule in all_rules() if rule.family() == "passrole"]

actions = st.lists(
    st.sampled_from(["iam:PassRole", "IAM:passrole", "iam:Pass*", "iam:CreateServiceLinkedRole", "iam:*", "*", "s3:*"]),
    min_size=1,
    max_size=3,
)
resources = st.lists(
    st.sampled_from(["*", "arn:aws:iam::*:role/*", "arn:aws:iam::*:role/acme-*", "arn:aws:s3:::acme/*"]),
    min_size=1,
    max_size=3,
)


def _findings(statement: dict[str, object]) -> list[Finding]:
    return lint({"Statement": statement}, kind="identity", select=RULES)


@given(actions, actions, resources, resources)
def test_more_actions_and_resources_never_silence_a_rule(
    some: list[str], more: list[str], places: list[str], further: list[str]
) -> None:
    """What an Allow is reported for, a wider one is reported for as well."""
    narrow = {finding.code for finding in _findings({"Effect": "Allow", "Action": some, "Resource": places})}
    wide = {
        finding.code for finding in _findings({"Effect": "Allow", "Action": some + more, "Resource": places + further})
    }

    assert narrow <= wide


@given(actions, resources, st.sampled_from(["Action", "NotAction"]), st.sampled_from(["Resource", "NotResource"]))
def test_a_deny_grants_nothing(some: list[str], places: list[str], action: str, resource: str) -> None:
    """No rule of the family looks at a Deny, and each speaks once at most about an Allow."""
    codes = [finding.code for finding in _findings({"Effect": "Allow", action: some, resource: places})]

    assert [] == _findings({"Effect": "Deny", action: some, resource: places})
    assert len(codes) == len(set(codes))


def test_a_finding_names_resource_condition_and_further_grants() -> None:
    """Beside the action stand what holds every role, the condition that limits nothing, and the other grants."""
    (finding,) = _findings(
        {
            "Effect": "Allow",
            "Action": ["iam:PassRole", "iam:passrole"],
            "Resource": ["arn:aws:iam::*:role/acme", "*"],
            "Condition": {"StringEqualsIfExists": {"iam:PassedToService": "ec2.amazonaws.com"}},
        }
    )
    places = [(place.path[1:], place.note) for place in finding.related]

    assert ("Statement", "Action", 0) == finding.path
    assert [
        (("Resource", 1), "holds every role"),
        (("Condition", "StringEqualsIfExists", "iam:PassedToService"), "holds for requests without the key"),
        (("Action", 1), "allows it as well"),
    ] == places


def test_the_remedy_fits_the_grant() -> None:
    """NotAction is told to leave the action out; a condition is offered only where it would help."""
    star = _findings({"Effect": "Allow", "NotAction": ["iam:Create*"], "Resource": "*"})[0]
    named = _findings({"Effect": "Allow", "Action": "iam:PassRole", "NotResource": "arn:aws:iam::*:role/Admin"})[0]

    assert (
        "add `iam:PassRole` to NotAction, or name the roles in Resource, "
        "or the service in a condition on `iam:PassedToService`"
    ) == star.hint
    assert "name the roles in Resource" == named.hint


def test_each_entry_grants_in_one_way() -> None:
    """A name is no pattern of itself, and NotAction grants as a whole."""
    statement = parse_document(
        {"Statement": {"Effect": "Allow", "Action": ["iam:PassRole", "iam:P*", "iam:Get*"], "Resource": "*"}}
    ).statements[0]
    negated = parse_document({"Statement": {"Effect": "Allow", "NotAction": "s3:*", "Resource": "*"}}).statements[0]

    assert [statement.action.values[0]] == list(granting(statement, "iam:PassRole", "name"))  # type: ignore[union-attr]
    assert [statement.action.values[1]] == list(granting(statement, "iam:PassRole", "pattern"))  # type: ignore[union-attr]
    assert [] == list(granting(statement, "iam:PassRole", "not-action"))
    assert [negated.not_action] == list(granting(negated, "iam:PassRole", "not-action"))

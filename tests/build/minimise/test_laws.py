"""What holds of minimising, whatever the policy."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jfml_policies.access.compare import compare, compare_policies
from jfml_policies.access.evaluate import decide, evaluate
from jfml_policies.access.request import Request
from jfml_policies.build.minimise import minimise
from jfml_policies.build.minimise.draft import rebuilt, size_of
from jfml_policies.errors import PolicyError
from jfml_policies.policy.nodes import Policy
from jfml_policies.policy.parse import parse_document
from jfml_policies.policy.read import dumps
from jfml_policies.record import replace
from jfml_policies.testing import mangled_policies, policies, policy_pairs, requests


def as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


@st.composite
def worn_policies(draw: st.DrawFn, *, kind: str = "identity") -> dict[str, Any]:
    """A policy that has grown: statements cut into pieces, copied, narrowed, and shuffled; actions in other cases."""
    document = draw(policy_pairs(kind=kind))[0]  # type: ignore[arg-type]
    statements: list[dict[str, Any]] = []
    for statement in as_list(document["Statement"]):
        pieces = [statement]
        if draw(st.booleans()) and "Action" in statement and "Resource" in statement:
            pieces = [
                {**statement, "Action": action, "Resource": resource}
                for action in as_list(statement["Action"])
                for resource in as_list(statement["Resource"])
            ]
        if draw(st.booleans()):
            pieces.append(draw(st.sampled_from(pieces)))
        if draw(st.booleans()):
            pieces.append({**pieces[0], "Condition": {"StringLike": {"s3:prefix": draw(st.sampled_from(["a", "b*"]))}}})
        if draw(st.booleans()) and "Action" in pieces[0]:
            pieces[0] = {**pieces[0], "Action": [action.upper() for action in as_list(pieces[0]["Action"])]}
        statements += pieces
    return {**document, "Statement": draw(st.permutations(statements))}


def denials(policy: Policy) -> Policy:
    """The Denies alone, turned into Allows."""
    return replace(
        policy,
        statements=tuple(
            replace(one, effect=replace(one.effect, value="Allow")) for one in policy.statements if one.denies
        ),
    )


@given(worn_policies())
@settings(max_examples=60, deadline=None)
def test_the_result_allows_and_denies_the_same(document: dict[str, Any]) -> None:
    """`compare` finds no difference, neither in what is allowed nor in what is denied whether allowed or not."""
    policy = parse_document(document, kind="identity")
    (smaller,) = minimise(policy).policies

    assert compare_policies(policy, smaller).relation in ("equivalent", "unknown")
    assert compare_policies(denials(policy), denials(smaller)).relation in ("equivalent", "unknown")


@given(st.data(), st.sampled_from(["identity", "resource"]))
@settings(max_examples=60, deadline=None)
def test_the_evaluator_decides_alike(data: st.DataObject, kind: Any) -> None:
    """A request gets the same decision, an implicit denial and an explicit one apart."""
    policy = parse_document(data.draw(worn_policies(kind=kind)), kind=kind)
    (smaller,) = minimise(policy).policies
    for request in data.draw(st.lists(requests(kind=kind), min_size=8, max_size=12)):
        assert decide(policy, request) == decide(smaller, request)


@given(worn_policies() | policies(kind="trust") | policies(kind="scp") | policies(kind="rcp"))
@settings(max_examples=60, deadline=None)
def test_the_result_is_not_larger_and_the_smallest_of_itself(document: dict[str, Any]) -> None:
    """Minimising takes characters away or none, and a second time changes nothing."""
    result = minimise(document)
    again = minimise(result.policies[0])

    assert result.size <= result.size_before
    assert result.size == again.size_before
    assert [dumps(one) for one in result.policies] == [dumps(one) for one in again.policies]
    assert () == again.steps


@given(worn_policies(), st.randoms(use_true_random=False))
@settings(max_examples=50, deadline=None)
def test_the_author_s_order_makes_no_difference(document: dict[str, Any], chance: Any) -> None:
    """However statements and lists are arranged, the result has the same statements."""

    def shuffled(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: shuffled(inner) for key, inner in value.items()}
        return chance.sample(value, len(value)) if isinstance(value, list) else value

    other = {
        **document,
        "Statement": [shuffled(one) for one in chance.sample(document["Statement"], len(document["Statement"]))],
    }

    assert arranged(minimise(document).policies[0]) == arranged(minimise(other).policies[0])


def arranged(policy: Policy) -> list[str]:
    def in_order(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: in_order(value[key]) for key in sorted(value)}
        return sorted(value, key=str) if isinstance(value, list) else value

    return sorted(json.dumps(in_order(one)) for one in json.loads(dumps(policy))["Statement"])


@given(worn_policies())
@settings(max_examples=60, deadline=None)
def test_wildcards_add_nothing_but_actions_to_come(document: dict[str, Any]) -> None:
    """What a wildcard adds are actions that the catalogue does not know, and the result says that it does."""
    policy = parse_document(document, kind="identity")
    result = minimise(policy, wildcards=True)
    change = compare(policy, result.policies[0])

    assert change.relation in ("equivalent", "wider", "unknown")
    assert all(region.only_unknown_actions for region in change.added)
    assert bool(change.added) <= bool(result.admits)


@given(st.data(), st.integers(250, 600))
@settings(max_examples=50, deadline=None)
def test_the_parts_of_a_split_policy_mean_the_same_together(data: st.DataObject, quota: int) -> None:
    """Each part is within the quota, and all together decide as the whole, when no statement is too large alone."""
    policy = parse_document(data.draw(worn_policies()), kind="identity")
    largest = max(size_of(rebuilt(policy, [one])) for one in minimise(policy).policies[0].statements)
    result = minimise(policy, quota=max(quota, largest))
    quota = result.quota

    assert all(size_of(one) <= quota for one in result.policies)
    for request in data.draw(st.lists(requests(), min_size=5, max_size=10)):
        whole, parts = evaluate([policy], request), evaluate(list(result.policies), request)
        assert whole.allowed == parts.allowed


@given(mangled_policies(), st.booleans())
@settings(max_examples=60, deadline=None)
def test_any_document_is_minimised_or_refused(document: Any, wildcards: bool) -> None:
    """Whatever is handed in, a result or one of our errors comes out."""
    try:
        result = minimise(document, wildcards=wildcards)
    except PolicyError:
        return

    assert result.size <= result.size_before or len(result.policies) > 1


@pytest.mark.parametrize(
    "statements",
    [
        [{"Action": f"s3:Get{number}*", "Resource": f"arn:aws:s3:::{number}*"} for number in range(1_500)],
        [{"Action": [f"*{number}*{number}*" for number in range(60)], "Resource": "*"}] * 3,
        [
            {
                "Action": "s3:*",
                "Resource": "*",
                "Condition": {"StringLike": {f"aws:PrincipalTag/{tag}": f"*{number}*" for tag in range(8)}},
            }
            for number in range(30)
        ],
        [{"Action": ["ec2:*"] * 5_000, "Resource": ["*"] * 5_000}],
    ],
    ids=["many statements", "many wildcards", "many conditions", "long lists"],
)
def test_hostile_policies_come_to_an_end(statements: list[dict[str, Any]]) -> None:
    """A policy that is too much for proofs is given back as it is, or as small as the budget allowed."""
    document = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", **one} for one in statements]}
    result = minimise(document, kind="identity", wildcards=True, quota=10_000_000)

    assert result.size <= result.size_before
    assert rebuilt(result.policies[0], result.policies[0].statements) == result.policies[0]


def test_a_request_is_decided_by_the_parts_together() -> None:
    """A Deny in one part takes away from an Allow in another."""
    document = {
        "Version": "2012-10-17",
        "Statement": [
            {"Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::acme/*"},
            {"Effect": "Deny", "Action": "s3:DeleteObject", "Resource": "arn:aws:s3:::acme/keep/*"},
        ],
    }
    result = minimise(document, quota=150)
    keep = Request("s3:DeleteObject", "arn:aws:s3:::acme/keep/a")

    assert 2 == len(result.policies)
    assert evaluate([result.policies[0]], keep).allowed
    assert not evaluate(list(result.policies), keep).allowed

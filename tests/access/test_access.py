from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from jfml_policies.access.access import Access
from jfml_policies.access.evaluate import decide
from jfml_policies.access.request import Request
from jfml_policies.errors import UndecidedError
from jfml_policies.policy.parse import parse_document
from jfml_policies.testing import policy_pairs, requests

SOME = settings(max_examples=settings().max_examples // 4)


def accesses() -> st.SearchStrategy[Access]:
    return policy_pairs().map(operator.itemgetter(0)).map(Access.of)


def access_pairs() -> st.SearchStrategy[tuple[Access, Access]]:
    return policy_pairs().map(lambda pair: (Access.of(pair[0]), Access.of(pair[1])))


def holds(question: Callable[[], bool]) -> bool:
    """The answer; a question without one says nothing about a law."""
    try:
        return question()
    except UndecidedError:
        reject()


def allow(**elements: Any) -> dict[str, Any]:
    return {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*", **elements}}


EVERYTHING = Access.of(allow())


# ------------------------------------------------------------------------------------------ membership

#: Every key of `requests()`; those that may have several values last.
KEYS = (
    "aws:username",
    "aws:PrincipalTag/team",
    "s3:prefix",
    "aws:SecureTransport",
    "s3:max-keys",
    "aws:SourceIp",
    "aws:RequestTag/flag",
    "aws:RequestTag/size",
)
LIST_KEYS = ("aws:TagKeys", "aws:CalledVia")


def exactly(request: Request) -> Access:
    """The set of one request (and of those that say the same in other words)."""
    tests: dict[str, dict[str, Any]] = {"Null": {}, "StringEquals": {}, "ForAllValues:StringEquals": {}}
    by_type = {"s3:max-keys": "NumericEquals", "aws:SourceIp": "IpAddress", "aws:SecureTransport": "Bool"}
    extra: list[Access] = []
    for key in (*KEYS, *LIST_KEYS):
        values = list(request.values(key))
        tests["Null"][key] = "false" if values else "true"
        if values and key in LIST_KEYS:
            tests["ForAllValues:StringEquals"][key] = [literal(value) for value in values]
            some = [{"ForAnyValue:StringEquals": {key: literal(value)}} for value in values]
            extra += [Access.of(allow(Condition=test)) for test in some]
        elif values:
            tests.setdefault(by_type.get(key, "StringEquals"), {})[key] = [literal(value) for value in values]
    condition = {name: some for name, some in tests.items() if some}
    one = Access.of(allow(Action=request.action, Resource=literal(request.resource), Condition=condition))
    for other in extra:
        one &= other
    return one


def literal(text: str) -> str:
    return "".join(f"${{{character}}}" if character in "*?$" else character for character in text)


@SOME
@given(policy_pairs(), requests())
def test_a_request_is_in_a_set_exactly_when_the_evaluator_allows_it(
    pair: tuple[dict[str, Any], dict[str, Any]], request: Request
) -> None:
    """For a policy, and for the union, the intersection and the difference of two."""
    if request.resource == "*":
        reject()  # no pattern stands for that resource alone
    one, other = map(Access.of, pair)
    in_one, in_other = [decide(parse_document(document), request) == "allow" for document in pair]
    point = exactly(request)

    assert not holds(point.is_empty)
    assert in_one == holds(lambda: point <= one)
    assert (in_one or in_other) == holds(lambda: point <= one | other)
    assert (in_one and in_other) == holds(lambda: point <= one & other)
    assert (in_one and not in_other) == holds(lambda: point <= one - other)
    assert (in_one and not in_other) != holds((point & (one - other)).is_empty)


# ------------------------------------------------------------------------------------------ laws


@SOME
@given(access_pairs())
def test_a_set_is_what_it_shares_and_what_it_does_not(pair: tuple[Access, Access]) -> None:
    """A = (A - B) | (A & B), and the two parts have nothing in common."""
    one, other = pair

    assert holds(lambda: (one - other) | (one & other) == one)
    assert holds(((one - other) & (one & other)).is_empty)
    assert holds(((one - other) & other).is_empty)


@SOME
@given(access_pairs(), accesses())
def test_de_morgan(pair: tuple[Access, Access], whole: Access) -> None:
    """Without a union is without each; without an intersection is without either."""
    one, other = pair

    assert holds(lambda: whole - (one | other) == (whole - one) & (whole - other))
    assert holds(lambda: whole - (one & other) == (whole - one) | (whole - other))


@SOME
@given(access_pairs(), accesses())
def test_order_and_brackets_do_not_matter(pair: tuple[Access, Access], third: Access) -> None:
    """Unions and intersections commute, associate and distribute."""
    one, other = pair

    assert holds(lambda: one | other == other | one and one & other == other & one)
    assert holds(lambda: (one | other) | third == one | (other | third))
    assert holds(lambda: (one & other) & third == one & (other & third))
    assert holds(lambda: (one | other) & third == (one & third) | (other & third))


@SOME
@given(access_pairs())
def test_inclusion_in_three_ways(pair: tuple[Access, Access]) -> None:
    """A <= B exactly when the union is B, when the intersection is A, and when nothing is left without B."""
    one, other = pair
    included = holds(lambda: one <= other)

    assert included == holds(lambda: one | other == other)
    assert included == holds(lambda: one & other == one)
    assert included == holds((one - other).is_empty)
    assert included == holds(lambda: other >= one)


@SOME
@given(access_pairs(), accesses())
def test_inclusion_is_transitive(pair: tuple[Access, Access], third: Access) -> None:
    """A & B <= B <= B | C, and so A & B <= B | C."""
    one, other = pair

    assert holds(lambda: one & other <= other)
    assert holds(lambda: other <= other | third)
    assert holds(lambda: one & other <= other | third)


@SOME
@given(accesses())
def test_the_bounds(one: Access) -> None:
    """Nothing is in the difference with itself, and everything holds it."""
    nothing = one - one

    assert nothing.is_empty()
    assert holds(lambda: one <= EVERYTHING and nothing <= one)
    assert holds(lambda: one | nothing == one and one & EVERYTHING == one)
    assert holds(lambda: EVERYTHING - (EVERYTHING - one) == one)


# ------------------------------------------------------------------------------------------ examples and regions


@SOME
@given(policy_pairs())
def test_an_example_is_in_the_set(pair: tuple[dict[str, Any], dict[str, Any]]) -> None:
    """`example` is None exactly for the empty set, else a request that the evaluator decides as the set says."""
    one, other = pair
    difference = Access.of(one) - Access.of(other)
    try:
        example, regions = difference.example(), difference.regions()
    except UndecidedError:
        reject()

    assert (example is None) == (not regions)
    for request in [*([example] if example else []), *[region.witness for region in regions]]:
        assert "allow" == decide(parse_document(one), request)
        assert "allow" != decide(parse_document(other), request)


def test_documents_compose() -> None:
    """What a boundary and an SCP leave of an identity policy is an intersection."""
    identity = Access.of(allow(Action=["s3:*", "iam:PassRole"]))
    boundary = Access.of(allow(Action="s3:*"))
    scp = Access.of({"Statement": {"Effect": "Allow", "NotAction": "s3:Delete*", "Resource": "*"}}, kind="scp")
    effective = identity & boundary & scp

    assert effective == Access.of(allow(Action="s3:*")) - Access.of(allow(Action="s3:Delete*"))
    assert Access.of(allow(Action="s3:GetObject")) <= effective
    assert [("s3:*",)] == [region.actions for region in effective.regions()]
    assert "<Access of 1 term>" == repr(effective)


def test_a_policy_is_a_set() -> None:
    """`policy.access()` is `Access.of(policy)`, and a policy that AWS would refuse is no set."""
    document = parse_document(allow(Action="s3:*"))

    assert document.access() == Access.of(document)
    with pytest.raises(UndecidedError, match="invalid policy: "):
        Access.of({"Statement": {"Effect": "Allow", "Action": "*"}}, kind="identity")


def test_sets_have_no_hash() -> None:
    """Equal sets are written in many ways, so a hash would lie."""
    with pytest.raises(TypeError):
        hash(EVERYTHING)
    assert EVERYTHING != "everything"


def test_too_many_cases_are_refused() -> None:
    """A combination that would take hours is an error of ours, soon."""
    parts = [Access.of(allow(Action=f"s3:{name}*")) for name in "abcdefghijklmn"]

    def alternate() -> Access:
        many = EVERYTHING
        for one, other in zip(parts, parts[1:] + parts[:1], strict=True):
            many &= (one - other) | (other - one)
        return many

    with pytest.raises(UndecidedError, match="too many cases"):
        alternate()

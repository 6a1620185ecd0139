from __future__ import annotations

import copy
import json
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from random import Random
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from jfml_policies.access.compare import Change, compare
from jfml_policies.access.evaluate import decide, evaluate
from jfml_policies.access.request import Request
from jfml_policies.access.validity import invalid_reason
from jfml_policies.errors import PolicyError
from jfml_policies.policy.kinds import Kind
from jfml_policies.policy.parse import parse_document
from jfml_policies.testing import (
    assert_allows,
    assert_denies,
    assert_not_wider,
    mangled_policies,
    policy_pairs,
    requests,
)
from random_policies import challenge

MIRRORED = {"wider": "narrower", "narrower": "wider"}
KINDS: tuple[Kind, ...] = ("identity", "resource")
# A pair costs as much as a dozen examples of other tests, so that fewer do; `make soak` still tries thousands.
SOME = settings(max_examples=settings().max_examples // 4)
FEW = settings(max_examples=settings().max_examples // 8)

TEAM, USER = "aws:PrincipalTag/team", "aws:username"

Pair = tuple[dict[str, Any], dict[str, Any]]


def pairs() -> st.SearchStrategy[tuple[Kind, Pair]]:
    """A kind, and two policies of it."""
    return st.one_of(*[st.tuples(st.just(kind), policy_pairs(kind=kind)) for kind in KINDS])


def statement(**elements: Any) -> dict[str, Any]:
    """A statement; what it doesn't say is: allow everything."""
    whole: dict[str, Any] = {"Effect": "Allow"}
    if "NotAction" not in elements:
        whole["Action"] = "*"
    if "NotResource" not in elements:
        whole["Resource"] = "*"
    return {**whole, **elements}


def policy(*statements: dict[str, Any]) -> dict[str, Any]:
    return {"Version": "2012-10-17", "Statement": list(statements)}


def deny(**elements: Any) -> dict[str, Any]:
    return statement(Effect="Deny", **elements)


def test(operator: str, key: str, *values: str) -> dict[str, Any]:
    return {operator: {key: list(values)}}


test.__test__ = False  # type: ignore[attr-defined]


def added_to(document: dict[str, Any], *statements: dict[str, Any]) -> dict[str, Any]:
    return {**document, "Statement": [*document["Statement"], *statements]}


def equivalent(one: dict[str, Any], other: dict[str, Any], *, kind: str = "identity") -> bool:
    return compare(one, other, kind=kind).relation == "equivalent"


def unproved(change: Change) -> bool:
    """Whether the answer is "unknown"; laws say nothing of those, `make soak` counts them."""
    return change.relation == "unknown"


# ------------------------------------------------------------------------------------------ laws of the relation


@SOME
@given(pairs())
def test_a_policy_is_equivalent_to_itself(drawn: tuple[Kind, Pair]) -> None:
    """Comparing a policy with itself is never a search, so it is never unknown either."""
    kind, (one, _) = drawn

    assert "equivalent" == compare(one, copy.deepcopy(one), kind=kind).relation


@SOME
@given(pairs())
def test_the_other_direction_mirrors(drawn: tuple[Kind, Pair]) -> None:
    """New against old says the opposite of old against new."""
    kind, (old, new) = drawn
    there, back = compare(old, new, kind=kind), compare(new, old, kind=kind)

    assert MIRRORED.get(there.relation, there.relation) == back.relation
    assert (there.witness_added is None) == (back.witness_removed is None)


@SOME
@given(pairs(), st.sampled_from(["Allow", "Deny"]))
def test_another_statement_moves_one_way(drawn: tuple[Kind, Pair], effect: str) -> None:
    """One more Allow never takes access away, one more Deny never gives any."""
    kind, (one, other) = drawn
    assume(bool(other["Statement"]))
    change = compare(one, added_to(one, {**other["Statement"][0], "Effect": effect}), kind=kind)

    assert change.relation in ("equivalent", "unknown", "wider" if effect == "Allow" else "narrower")


@FEW
@given(pairs(), st.data())
def test_narrower_is_transitive(drawn: tuple[Kind, Pair], data: st.DataObject) -> None:
    """What is no wider than something no wider than a third is no wider than the third."""
    kind, (low, middle) = drawn
    high: dict[str, Any] = data.draw(policy_pairs(kind=kind))[0]
    below = ("equivalent", "narrower")
    # Three policies drawn at random are rarely in line; of these some are.
    high = added_to(middle, *[one for one in high["Statement"] if one["Effect"] == "Allow"])
    low = added_to(low, *[one for one in middle["Statement"] if one["Effect"] == "Deny"])
    assume(compare(middle, low, kind=kind).relation in below and compare(high, middle, kind=kind).relation in below)
    change = compare(high, low, kind=kind)

    assert change.relation in below or unproved(change)


# ------------------------------------------------------------------------------------------ laws of writing


def reversed_statements(document: dict[str, Any]) -> dict[str, Any]:
    return {**document, "Statement": document["Statement"][::-1]}


def doubled_statements(document: dict[str, Any]) -> dict[str, Any]:
    return {**document, "Statement": [*document["Statement"], *copy.deepcopy(document["Statement"])]}


def named_statements(document: dict[str, Any]) -> dict[str, Any]:
    statements = [{"Sid": f"Part{place}", **one} for place, one in enumerate(document["Statement"])]
    return {**document, "Id": "Renamed", "Statement": statements}


def split_lists(document: dict[str, Any]) -> dict[str, Any]:
    """One statement for each action and resource."""
    statements = []
    for one in document["Statement"]:
        parts = [one]
        for name in ("Action", "Resource"):
            parts = [{**part, name: value} for part in parts for value in listed(part[name])] if name in one else parts
        statements += parts
    return {**document, "Statement": statements}


def other_case(document: dict[str, Any]) -> dict[str, Any]:
    """Actions and condition keys in capitals."""
    changed = copy.deepcopy(document)
    for one in changed["Statement"]:
        for name in {"Action", "NotAction"} & set(one):
            one[name] = [value.upper() for value in listed(one[name])]
        for tests in one.get("Condition", {}).values():
            for key in list(tests):
                tests[key.upper()] = tests.pop(key)
    return changed


def other_wildcards(document: dict[str, Any]) -> dict[str, Any]:
    """`*` written as `**`, and `?*` as `*?`."""
    changed = copy.deepcopy(document)
    for one in changed["Statement"]:
        for name in {"Action", "NotAction", "Resource", "NotResource"} & set(one):
            # A lone `*` is everything, and `**` is no other pattern.
            one[name] = [value.replace("*", "**").replace("?**", "*?") for value in listed(one[name])]
    return changed


def reversed_lists(document: dict[str, Any]) -> dict[str, Any]:
    """Every list backwards and with its first entry twice."""
    changed = copy.deepcopy(document)
    for one in changed["Statement"]:
        for name in {"Action", "NotAction", "Resource", "NotResource"} & set(one):
            one[name] = [*listed(one[name])[::-1], listed(one[name])[0]]
        for operator, tests in one.get("Condition", {}).items():
            for key, values in tests.items():
                one["Condition"][operator][key] = [*listed(values)[::-1], listed(values)[0]]
    return changed


def listed(values: Any) -> list[Any]:
    return list(values) if isinstance(values, list) else [values]


REWRITINGS: Sequence[Callable[[dict[str, Any]], dict[str, Any]]] = (
    reversed_statements,
    doubled_statements,
    named_statements,
    split_lists,
    other_case,
    other_wildcards,
    reversed_lists,
)


@pytest.mark.parametrize("rewrite", REWRITINGS)
def test_writing_does_not_matter(rewrite: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    """Order, repetition, names, letter case, list or several statements: the meaning stays."""

    @FEW
    @given(pairs())
    def check(drawn: tuple[Kind, Pair]) -> None:
        kind, (one, _) = drawn
        change = compare(one, rewrite(one), kind=kind)

        assert change.relation == "equivalent" or unproved(change)

    check()


@SOME
@given(policy_pairs())
def test_a_bucket_may_be_renamed(pair: Pair) -> None:
    """A name that is replaced everywhere by one as short leaves the relation as it is."""
    renamed = [json.loads(json.dumps(one).replace(":::a", ":::z")) for one in pair]
    # Values of condition keys may become parts of resources, so only policies without variables are renamed alike.
    assume("${" not in json.dumps(pair))

    assert compare(*pair).relation == compare(renamed[0], renamed[1]).relation


# ------------------------------------------------------------------------------------------ laws of the language

VALUES = ("a", "b", "ab", "a*", "*b", "*", "?")
POSITIVE = ("StringEquals", "StringLike", "StringEqualsIgnoreCase")
values = st.lists(st.sampled_from(VALUES), min_size=1, max_size=3, unique=True)


@SOME
@given(st.sampled_from(POSITIVE), values, st.sampled_from(["aws:PrincipalTag/team", "s3:prefix"]))
def test_if_exists_is_the_operator_or_absence(operator: str, some: list[str], key: str) -> None:
    """`OpIfExists` in one statement means `Op` in one and `Null` in another."""
    together = policy(statement(Condition=test(f"{operator}IfExists", key, *some)))
    apart = policy(
        statement(Condition=test(operator, key, *some)),
        statement(Condition=test("Null", key, "true")),
    )

    assert equivalent(together, apart)


@SOME
@given(st.sampled_from(POSITIVE), values, st.sampled_from(["aws:TagKeys", "aws:PrincipalTag/team"]))
def test_all_values_is_no_other_value(operator: str, some: list[str], key: str) -> None:
    """`ForAllValues:Op` means that no value fails `Op`, whether the key may have one value or several."""
    negation = operator.replace("String", "StringNot")
    all_of_them = policy(statement(Condition=test(f"ForAllValues:{operator}", key, *some)))
    no_other = policy(statement(), deny(Condition=test(f"ForAnyValue:{negation}", key, *some)))

    assert equivalent(all_of_them, no_other)


@SOME
@given(st.sampled_from(POSITIVE), values, st.sampled_from(["", "ForAllValues:"]))
def test_a_negated_operator_is_the_complement(operator: str, some: list[str], qualifier: str) -> None:
    """Allowing by `NotOp` means allowing everything and denying by `Op`, absence included."""
    opposite = {"": "", "ForAllValues:": "ForAnyValue:"}[qualifier]
    negation = operator.replace("String", "StringNot")
    by_not = policy(statement(Condition=test(f"{qualifier}{negation}", "aws:TagKeys", *some)))
    by_deny = policy(statement(), deny(Condition=test(f"{opposite}{operator}", "aws:TagKeys", *some)))

    assert equivalent(by_not, by_deny)


@pytest.mark.parametrize(
    ("element", "entry", "principal"),
    [
        ("Action", "s3:Get*", "*"),
        ("Resource", "arn:aws:s3:::b/*", "*"),
        ("Principal", {"AWS": "111122223333"}, "*"),
        ("Principal", {"Service": "ec2.amazonaws.com"}, "*"),
    ],
)
def test_not_elements_are_allow_all_but(element: str, entry: Any, principal: str) -> None:
    """An Allow of `NotX` means an Allow of everything and a Deny of `X`."""
    by_not = {f"Not{element}": entry} if element == "Principal" else {"Principal": principal, f"Not{element}": entry}
    by_deny = {"Principal": principal, element: entry}

    assert equivalent(
        policy(statement(**by_not)), policy(statement(Principal=principal), deny(**by_deny)), kind="resource"
    )


# ------------------------------------------------------------------------------------------ what an answer claims


def contradiction(change: Change, old: dict[str, Any], new: dict[str, Any], kind: Kind, asked: list[Request]) -> Any:
    """A request that shows that something was overlooked."""
    before, after = parse_document(old, kind=kind), parse_document(new, kind=kind)
    for request in asked:
        was, now = decide(before, request) == "allow", decide(after, request) == "allow"
        if now and not was and change.relation in ("equivalent", "narrower"):
            return f"allowed now: {request}"
        if was and not now and change.relation in ("equivalent", "wider"):
            return f"allowed before: {request}"
    return None


@SOME
@given(pairs(), st.integers(0, 2**32))
def test_no_request_contradicts_an_answer(drawn: tuple[Kind, Pair], seed: int) -> None:
    """Hundreds of requests that meet the policies find nothing that an answer says is not there."""
    kind, (old, new) = drawn
    chance = Random(seed)

    assert None is contradiction(
        compare(old, new, kind=kind), old, new, kind, [challenge(chance, [old, new], kind) for _ in range(150)]
    )


@SOME
@given(pairs(), st.data())
def test_no_drawn_request_contradicts_an_answer(drawn: tuple[Kind, Pair], data: st.DataObject) -> None:
    """The same with requests that hypothesis may make small."""
    kind, (old, new) = drawn

    assert None is contradiction(
        compare(old, new, kind=kind), old, new, kind, data.draw(st.lists(requests(kind=kind), max_size=4))
    )


@SOME
@given(pairs())
def test_every_witness_is_a_request_that_proves_its_claim(drawn: tuple[Kind, Pair]) -> None:
    """A witness is allowed on one side and not on the other, and `evaluate` accepts it as a request."""
    kind, (old, new) = drawn
    change = compare(old, new, kind=kind)

    assert (change.witness_added is not None) == (change.relation in ("wider", "incomparable"))
    for witness, allowing, refusing in ((change.witness_added, new, old), (change.witness_removed, old, new)):
        if witness is not None:
            assert "allow" == decide(parse_document(allowing, kind=kind), witness)
            assert "allow" != decide(parse_document(refusing, kind=kind), witness)
            assert "unknown" != evaluate([parse_document(allowing, kind=kind)], witness, derive_keys=False).outcome


def test_answers_depend_on_nothing_but_the_question() -> None:
    """The same pairs in another order, and in four threads at once, get the same answers, witnesses included."""
    asked: list[tuple[Kind, Pair]] = []

    @FEW
    @given(pairs())
    def collect(drawn: tuple[Kind, Pair]) -> None:
        asked.append(copy.deepcopy(drawn))

    collect()

    def answer(drawn: tuple[Kind, Pair]) -> Any:
        change = compare(*drawn[1], kind=drawn[0])
        return change.relation, repr(change.witness_added), repr(change.witness_removed), change.added, change.removed

    asked = asked[:8]
    in_order = [answer(one) for one in asked]
    with ThreadPoolExecutor(max_workers=4) as pool:
        in_threads = list(pool.map(answer, [*asked[::-1], *asked]))

    assert in_order == [answer(one) for one in asked[::-1]][::-1]
    assert in_order[::-1] + in_order == in_threads


@SOME
@given(st.data())
def test_a_document_that_aws_refuses_has_no_relation(data: st.DataObject) -> None:
    """A broken document compares as unknown, with what is wrong and in which of the two, on either side."""
    broken: Any = data.draw(mangled_policies(kind="identity"))
    kind = "identity"
    whole = policy(statement(Action="s3:GetObject"))
    try:
        parsed = parse_document(broken, kind=kind)
    except PolicyError:
        return
    reason = invalid_reason(parsed)

    for side, change in (("old", compare(parsed, whole, kind=kind)), ("new", compare(whole, parsed, kind=kind))):
        if reason is not None:
            assert "unknown" == change.relation
            assert [(side, *reason)] == [(fault.side, fault.text, fault.path) for fault in change.faults]
            assert (str(change.faults[0]),) == change.unknown
            assert ((), (), None) == (change.added, change.removed, change.witness_added)
        else:
            assert change.relation != "unknown" or not any("invalid" in why for why in change.unknown)


@pytest.mark.parametrize(
    ("broken", "why"),
    [
        (statement(Condition=test("StringLikes", "aws:username", "a")), "`StringLikes` is not a condition operator"),
        (statement(Condition=test("IpAddress", "aws:SourceIp", "10.0.0.0/33")), "`10.0.0.0/33`"),
        (statement(Condition=test("NumericEquals", "s3:max-keys", "ten")), "`ten`"),
        (statement(Condition=test("DateEquals", "aws:CurrentTime", "tomorrow")), "`tomorrow`"),
        (statement(Condition=test("Null", "aws:username", "maybe")), "`maybe`"),
        ({**statement(), "NotAction": "s3:*"}, "`Action` and `NotAction`"),
        ({"Effect": "Allow", "Action": "*"}, "neither `Resource` nor `NotResource`"),
        (statement(Effect="Permit"), "`Permit`"),
    ],
)
def test_a_broken_statement_is_never_taken_for_absent(broken: dict[str, Any], why: str) -> None:
    """A new policy is not "narrower" because a statement of it cannot be read."""
    change = compare(policy(statement()), policy(broken))

    assert "unknown" == change.relation
    assert why in change.unknown[0]


# ------------------------------------------------------------------------------------------ traps of the language


def test_without_version_variables_are_literal() -> None:
    """Without `Version` (or with the old one) `${aws:username}` is a text like any other."""
    home = statement(Resource="arn:aws:s3:::b/${aws:username}")
    old = {"Statement": [home]}

    assert_denies(old, "s3:GetObject", "arn:aws:s3:::b/ann", context={"aws:username": "ann"})
    assert_allows(policy(home), "s3:GetObject", "arn:aws:s3:::b/ann", context={"aws:username": "ann"})
    assert "incomparable" == compare(old, policy(home)).relation
    assert equivalent(old, {**old, "Version": "2008-10-17"})


def test_all_values_passes_without_values() -> None:
    """`ForAllValues` holds when the key is absent; only with `Null` does it ask for a value."""
    of_two = statement(Condition=test("ForAllValues:StringEquals", "aws:TagKeys", "a", "b"))
    both = {**test("ForAllValues:StringEquals", "aws:TagKeys", "a", "b"), **test("Null", "aws:TagKeys", "false")}
    change = compare(policy(statement(Condition=both)), policy(of_two))

    assert "wider" == change.relation
    assert change.witness_added is not None
    assert () == change.witness_added.values("aws:TagKeys")


def test_every_address_of_ipv4_is_not_every_address() -> None:
    """`IpAddress 0.0.0.0/0` leaves out IPv6 and calls without an address, as those through an endpoint."""
    anywhere = policy(statement(Condition=test("IpAddress", "aws:SourceIp", "0.0.0.0/0")))
    with_v6 = policy(statement(Condition=test("IpAddress", "aws:SourceIp", "0.0.0.0/0", "::/0")))

    assert "wider" == compare(anywhere, with_v6).relation
    assert "wider" == compare(with_v6, policy(statement())).relation
    assert equivalent(with_v6, policy(statement(Condition=test("Null", "aws:SourceIp", "false"))))


def test_false_is_not_absent() -> None:
    """Denying when `aws:MultiFactorAuthPresent` is false lets calls through that do not say."""
    mfa = "aws:MultiFactorAuthPresent"
    weak = policy(statement(), deny(Condition=test("Bool", mfa, "false")))
    strong = policy(statement(), deny(Condition=test("BoolIfExists", mfa, "false")))
    change = compare(strong, weak)

    assert "wider" == change.relation
    assert change.witness_added is not None
    assert () == change.witness_added.values(mfa)


def test_two_denials_of_all_but_one_deny_all() -> None:
    """Denying unless a, and denying unless b, leave nothing; one Deny unless a or b leaves both."""
    unless_a, unless_b = [deny(Condition=test("StringNotEquals", "aws:SourceVpc", value)) for value in ("a", "b")]
    unless_either = deny(Condition=test("StringNotEquals", "aws:SourceVpc", "a", "b"))

    assert equivalent(policy(statement(), unless_a, unless_b), policy(deny()))
    assert "narrower" == compare(policy(statement(), unless_either), policy(statement(), unless_a, unless_b)).relation


def test_not_resource_with_an_absent_variable_is_everything() -> None:
    """Where the variable has no value, its entry excludes nothing."""
    outside = policy(statement(NotResource="arn:aws:s3:::b/${aws:username}"))

    assert_allows(outside, "s3:GetObject", "arn:aws:s3:::b/ann")
    assert_denies(outside, "s3:GetObject", "arn:aws:s3:::b/ann", context={"aws:username": "ann"})
    without = policy(statement(Condition=test("Null", "aws:username", "true")))
    assert "narrower" == compare(outside, without).relation


def test_a_star_after_a_bucket_name_covers_other_buckets() -> None:
    """`arn:aws:s3:::b*` is more than the bucket `b` and its objects."""
    loose = policy(statement(Resource="arn:aws:s3:::b*"))
    exact = policy(statement(Resource=["arn:aws:s3:::b", "arn:aws:s3:::b/*"]))
    change = compare(exact, loose)

    assert "wider" == change.relation
    assert change.witness_added is not None
    assert not change.witness_added.resource.startswith(("arn:aws:s3:::b/",))
    assert change.witness_added.resource != "arn:aws:s3:::b"


def test_a_negated_list_means_none_of_them() -> None:
    """`StringNotEquals` of a list is "none of these", not "not all of these"."""
    neither = policy(statement(Condition=test("StringNotEquals", "aws:SourceVpc", "a", "b")))
    not_a = policy(statement(Condition=test("StringNotEquals", "aws:SourceVpc", "a")))

    assert "narrower" == compare(not_a, neither).relation
    assert_denies(neither, "s3:GetObject", context={"aws:SourceVpc": "b"})


def test_a_contradiction_allows_nothing() -> None:
    """A statement that wants a value and refuses it is dead."""
    both = {**test("StringEquals", "aws:SourceVpc", "a"), **test("StringNotEquals", "aws:SourceVpc", "a")}

    assert equivalent(policy(statement(Condition=both)), policy(deny()))


def test_several_statements_cover_one_together() -> None:
    """No old statement holds the new one alone; all of them do."""
    halves = [statement(Condition=test("Null", "aws:SourceVpc", value)) for value in ("true", "false")]

    assert equivalent(policy(*halves), policy(statement()))
    assert equivalent(
        policy(statement(Action=["s3:*", "ec2:*"], Resource="*")),
        policy(statement(Action="s3:*"), statement(Action="ec2:*")),
    )


def test_disjoint_not_actions_cover_everything() -> None:
    """All but s3, and all but ec2, together leave nothing out."""
    assert equivalent(policy(statement(NotAction="s3:*"), statement(NotAction="ec2:*")), policy(statement()))


def test_an_account_has_twelve_digits() -> None:
    """A shorter account number names nobody."""
    short = policy(statement(Principal={"AWS": "12345"}))

    assert equivalent(short, policy(deny(Principal="*")), kind="resource")


def test_a_pattern_of_arns_is_less_than_a_star() -> None:
    """`arn:*:*:*:*:*` leaves out actions that have no resource."""
    change = compare(policy(statement(Resource="arn:*:*:*:*:*")), policy(statement()))

    assert "wider" == change.relation
    assert change.witness_added is not None
    assert "*" == change.witness_added.resource


def test_only_later_names_may_differ() -> None:
    """Access to names that AWS does not know today is access all the same, and the region says that it is no more."""
    change = compare(policy(statement(Action="s3:Get*")), policy(statement(Action=["s3:Get*", "s3:Zap*"])))

    assert "wider" == change.relation
    assert [(("s3:Zap*",), True)] == [(region.actions, region.only_unknown_actions) for region in change.added]


def test_stars_in_names_of_services_mean_what_they_say() -> None:
    """`*` and `*:*` are the same set of actions, for every action has a service and a name."""
    assert equivalent(policy(statement(Action="*")), policy(statement(Action="*:*")))
    assert equivalent(policy(statement(Action="s3:*")), policy(statement(Action="s3:?*")))


# ------------------------------------------------------------------------------------------ policy variables


@pytest.mark.parametrize(
    ("old", "new", "relation"),
    [
        ("arn:aws:s3:::b/${aws:username}/*", "arn:aws:s3:::b/${aws:username}", "incomparable"),
        ("arn:aws:s3:::b/*", "arn:aws:s3:::b/${aws:username}/*", "narrower"),
        ("arn:aws:s3:::b/${aws:username}", "arn:aws:s3:::b/*", "wider"),
        ("arn:aws:s3:::b/${aws:username}", "arn:aws:s3:::b/${aws:userid}", "incomparable"),
        ("arn:aws:s3:::b/${aws:username}", "arn:aws:s3:::b/${aws:username, 'x'}", "wider"),
        ("arn:aws:s3:::b/${aws:username}", "arn:aws:s3:::b/${AWS:UserName}", "equivalent"),
        ("arn:aws:s3:::?/${aws:username}", "arn:aws:s3:::b/${aws:username}", "narrower"),
        ("arn:aws:s3:::b/?", "arn:aws:s3:::b/${aws:username}", "incomparable"),
        ("arn:aws:s3:::b/${*}", "arn:aws:s3:::b/*", "wider"),
        ("arn:aws:s3:::${aws:username}*", "arn:aws:s3:::${aws:username}/*", "narrower"),
        ("arn:aws:sqs:*:*:q", "arn:aws:sqs:*:${aws:PrincipalAccount}:q", "incomparable"),
    ],
)
def test_variables_in_resources(old: str, new: str, relation: str) -> None:
    """A variable is an unknown text, the same in both policies.

    In an ARN's first five fields even one with colons: so a queue's owner is compared with "any account" as a text.
    """
    change = compare(policy(statement(Resource=old)), policy(statement(Resource=new)))

    assert relation == change.relation


@pytest.mark.parametrize(
    ("old", "new", "relation"),
    [
        # A key's value is its own value.
        (test("StringEquals", "aws:username", "${aws:username}"), test("Null", "aws:username", "false"), "equivalent"),
        (
            test("ForAllValues:StringEquals", "aws:username", "${aws:username, 'x'}"),
            test("Null", "aws:username", "true", "false"),
            "equivalent",
        ),
        # An ARN that a variable stands for is an ARN.
        (
            test("ArnLike", "aws:SourceArn", "${aws:PrincipalArn}"),
            test("ArnLike", "aws:SourceArn", "*:*:*:*:*:*"),
            "wider",
        ),
        (
            test("ArnEquals", "aws:PrincipalArn", "${aws:PrincipalArn}"),
            test("ArnLike", "aws:PrincipalArn", "*:*:*:*:*:*"),
            "equivalent",
        ),
        # Without wildcards, an ARN that is like another is that very text.
        (
            {"StringNotEquals": {TEAM: "x"}, **test("StringEquals", "aws:SourceArn", "${aws:PrincipalArn}")},
            {
                "StringNotEquals": {TEAM: "x", "aws:SourceArn": "${aws:PrincipalArn}"},
                **test("ArnLike", "aws:SourceArn", "${aws:PrincipalArn}"),
            },
            "narrower",
        ),
        # Ignoring case is more than one spelling of a value.
        (
            test("StringEquals", "aws:PrincipalTag/team", "${aws:username}"),
            test("StringEqualsIgnoreCase", "aws:PrincipalTag/team", "${aws:username}"),
            "wider",
        ),
        # Equal is equal the other way round, too; but not where the other key may be absent.
        (
            test("StringEquals", TEAM, "${aws:username}"),
            test("StringLike", USER, "${aws:PrincipalTag/team}"),
            "equivalent",
        ),
        (
            test("StringNotEqualsIgnoreCase", TEAM, "${aws:username}"),
            test("StringNotEqualsIgnoreCase", USER, "${aws:PrincipalTag/team}"),
            "equivalent",
        ),
        (
            test("StringEqualsIfExists", TEAM, "${aws:username}"),
            test("StringEqualsIfExists", USER, "${aws:PrincipalTag/team}"),
            "incomparable",
        ),
        (
            test("StringEquals", TEAM, "${aws:username, 'x'}"),
            test("StringEquals", USER, "${aws:PrincipalTag/team}"),
            "narrower",
        ),
        # What a key's own test leaves tells what a variable means.
        (
            test("StringEquals", "aws:PrincipalTag/team", "a"),
            {"StringEquals": {"aws:PrincipalTag/team": ["a"], "s3:prefix": ["${aws:PrincipalTag/team}"]}},
            "narrower",
        ),
    ],
)
def test_variables_in_conditions(old: dict[str, Any], new: dict[str, Any], relation: str) -> None:
    """A variable in a condition is the value of its key, and nothing where the key is absent."""
    assert relation == compare(policy(statement(Condition=old)), policy(statement(Condition=new))).relation


@pytest.mark.parametrize(
    ("key", "tests", "relation"),
    [
        ("aws:SecureTransport", [("Bool", "true", "false")], "equivalent"),
        ("aws:PrincipalTag/admin", [("Bool", "true", "false")], "wider"),
        ("s3:max-keys", [("NumericLessThan", "5"), ("NumericGreaterThanEquals", "5")], "equivalent"),
        ("aws:EpochTime", [("NumericLessThan", "5"), ("NumericGreaterThanEquals", "5")], "equivalent"),
        ("aws:RequestTag/size", [("NumericLessThan", "5"), ("NumericGreaterThanEquals", "5")], "wider"),
        ("aws:CurrentTime", [("DateLessThan", "2026-01-01"), ("DateGreaterThanEquals", "2026-01-01")], "equivalent"),
        ("ec2:ResourceTag/until", [("DateLessThan", "2026-01-01"), ("DateGreaterThanEquals", "2026-01-01")], "wider"),
        ("aws:SourceIp", [("IpAddress", "0.0.0.0/0", "::/0")], "equivalent"),
        ("acme:address", [("IpAddress", "0.0.0.0/0", "::/0")], "wider"),
    ],
)
def test_values_are_of_a_type_only_where_aws_says_so(key: str, tests: list[tuple[str, ...]], relation: str) -> None:
    """A tag that is compared as a boolean, number, date or address may be something else; a key of that type not."""
    old = policy(*[statement(Condition=test(operator, key, *values)) for operator, *values in tests])
    change = compare(old, policy(statement(Condition=test("Null", key, "false"))))

    assert relation == change.relation


@pytest.mark.parametrize("entry", ["*${aws:username}", "${aws:PrincipalTag/team, ''}*", "*${aws:username}*"])
def test_a_variable_that_is_empty_leaves_the_star_alone(entry: str) -> None:
    """Beside a `*`, a variable that stands for nothing leaves the entry `*`, which no ARN pattern covers."""
    every_arn, open_entry = policy(statement(Resource="*:*:*:*:*:*")), policy(statement(Resource=entry))
    witness = compare(every_arn, open_entry).witness_added

    assert witness is not None
    assert "*" == witness.resource


@pytest.mark.parametrize(
    ("old", "new", "relation"),
    [
        # `?/NAME` and `a/b` at once: the name is `b`, so `a/NAME` denies it.
        (
            [statement(), deny(Resource="arn:aws:s3:::?/${aws:username}")],
            [statement(Resource="arn:aws:*:::a/b"), deny(Resource="arn:aws:s3:::a/${aws:username, 'b'}")],
            "narrower",
        ),
        # A name is not the same name behind something; nor is `a/b` in both places of a list.
        (
            [statement(Resource="arn:aws:s3:::a/${aws:PrincipalTag/team}")],
            [
                statement(Resource="arn:aws:*:::a/b"),
                statement(
                    NotResource=["arn:aws:s3:::a/b", "arn:aws:s3:::a/${aws:username}/${aws:PrincipalTag/team}"],
                ),
            ],
            "wider",
        ),
        # A name of one character cannot have two.
        (
            [statement(Resource="arn:aws:s3:::a/?")],
            [
                statement(Resource="arn:aws:s3:::a/?"),
                statement(
                    Resource=["arn:aws:s3:::?/${aws:username}", "arn:aws:s3:::a"],
                    Condition=test("StringLike", USER, "a?"),
                ),
                deny(NotResource="arn:aws:s3:::a/?"),
            ],
            "equivalent",
        ),
        # A name that is not even one character long is empty.
        (
            [statement(Condition=test("StringEquals", TEAM, "*"))],
            [
                statement(Condition=test("StringEquals", TEAM, "*")),
                statement(
                    Condition={
                        "StringNotLike": {USER: "?*"},
                        "StringEquals": {TEAM: "${aws:username}*"},
                    }
                ),
            ],
            "equivalent",
        ),
        # The same letters in another case are not the same name.
        (
            [statement()],
            [
                statement(),
                deny(
                    Condition={
                        "StringEqualsIgnoreCase": {TEAM: "${aws:username}"},
                        "StringNotEquals": {USER: ["${aws:PrincipalTag/team}"]},
                    }
                ),
            ],
            "narrower",
        ),
    ],
)
def test_variables_that_meet(old: list[dict[str, Any]], new: list[dict[str, Any]], relation: str) -> None:
    """What a place leaves for a variable decides: proved where it leaves nothing, shown by a request where it does."""
    change = compare(policy(*old), policy(*new))

    assert (relation, ()) == (change.relation, change.unknown)


def test_a_variable_of_several_values_has_none() -> None:
    """Where the key has several values a default stands in, so that the entries are not the same."""
    plain, with_default = [statement(Resource=f"arn:aws:s3:::b/${{aws:TagKeys{default}}}") for default in ("", ", 'd'")]
    without_keys = statement(Resource="arn:aws:s3:::b/d", Condition=test("Null", "aws:TagKeys", "true"))
    two = Request("s3:GetObject", "arn:aws:s3:::b/d", context={"aws:TagKeys": ["x", "y"]})
    old, new = policy(plain, without_keys), policy(with_default)

    assert ("implicit-deny", "allow") == (decide(parse_document(old), two), decide(parse_document(new), two))
    assert compare(old, new).relation in ("wider", "incomparable", "unknown")


# ------------------------------------------------------------------------------------------ odd input


def test_letters_that_change_length_with_case() -> None:
    """Case is ignored one character for one, also where Unicode would not."""
    for name in ("s3:\u0130", "s3:A\u03a3"):  # dotted capital I; a sigma that is written otherwise at a word's end
        assert "wider" == compare(policy(deny()), policy(statement(Action=["s3:Get", name]))).relation
    sigma = test("StringLike", "aws:PrincipalTag/team", "A\u03a3*")
    word = test("StringEquals", "aws:PrincipalTag/team", "A\u03a3b")

    assert "wider" == compare(policy(statement(Condition=word)), policy(statement(Condition=sigma))).relation


def test_characters_for_private_use_are_refused() -> None:
    """IAM refuses them; here they would be taken for policy variables, so the answer is unknown."""
    for odd in (
        statement(Condition=test("StringEquals", "aws:username", "\ue000")),
        statement(Resource="arn:aws:s3:::\uf8ff/${aws:username}"),
        statement(Action="s3:\ue000"),
    ):
        assert "unknown" == compare(policy(statement()), policy(odd)).relation


@pytest.mark.parametrize("number", ["1e-300", "1e70", "-1e200", "0." + "3" * 60])
def test_numbers_that_are_too_long_to_write(number: str) -> None:
    """A number whose neighbours no request can write makes an answer unknown, never wrong."""
    above = policy(statement(Condition=test("NumericGreaterThan", "s3:max-keys", number)))
    change = compare(policy(deny()), above)

    assert change.relation in ("wider", "unknown")


def test_names_that_a_witness_might_use_are_no_trap() -> None:
    """Policies that name the very principals that stand for "others" are told apart all the same."""
    role, account = "arn:aws:iam::111122223333:role/r", "999999999999"
    session = "arn:aws:sts::111122223333:assumed-role/r/"
    named = [{"AWS": [f"{session}any-session", f"{session}other-session"]}, {"AWS": role}]
    users = [{"CanonicalUser": [digit * 64 for digit in digits]} for digits in ("fe", "fed")]
    others = [{"AWS": [account, "888888888888"]}, {"AWS": [account, "888888888888", "777777777777"]}]

    for narrow, wide in (named, users, others):
        change = compare(policy(statement(Principal=narrow)), policy(statement(Principal=wide)), kind="resource")
        assert "wider" == change.relation


def test_roles_of_one_name_and_other_paths_are_told_apart() -> None:
    """Sessions don't show a role's path, but a grant that moves to a role elsewhere is a new grant."""
    first, second = [policy(statement(Principal={"AWS": f"arn:aws:iam::111122223333:role/{p}/r"})) for p in "pq"]
    change = compare(first, second, kind="resource")

    assert "incomparable" == change.relation


def test_a_pattern_with_variables_holds_one_with_fewer_wildcards() -> None:
    """Wherever the value's colons part the fields, a `*` more only adds; what a colon or a variable takes does not."""
    for inner, outer in (
        ("${aws:username}", "*${aws:username}"),
        ("arn:aws:${aws:username}:q?", "arn:*:${aws:username}:*"),
    ):
        both = policy(statement(Resource=[inner, outer]))
        assert equivalent(policy(statement(Resource=outer)), both)
    crossing = policy(statement(Resource=["arn:aws:*:${aws:username}", "arn:aws:s3:::${aws:username}:q"]))

    assert "wider" == compare(policy(statement(Resource="arn:aws:*:${aws:username}")), crossing).relation


def test_values_are_a_set() -> None:
    """A value that a key has twice is one value, so that "all are a" with some value is "the one value is a"."""
    twice = Request("s3:GetObject", context={"aws:TagKeys": ["a", "a"]})
    plain = policy(statement(Condition=test("StringEquals", "aws:TagKeys", "a")))
    every = {**test("ForAllValues:StringEquals", "aws:TagKeys", "a"), **test("Null", "aws:TagKeys", "false")}

    assert "allow" == decide(parse_document(plain), twice)
    assert equivalent(plain, policy(statement(Condition=every)))


def test_a_request_names_keys_as_the_policies_do() -> None:
    """Also keys that occur in policy variables alone."""
    allow = statement(Condition=test("StringEquals", "aws:PrincipalAccount", "${aws:ResourceAccount}"))
    witness = compare(policy(deny()), policy(allow)).witness_added

    assert witness is not None
    assert {"aws:PrincipalAccount", "aws:ResourceAccount"} == set(witness.context)


def test_assertions_show_a_request() -> None:
    """The assertions for users' own tests fail with a request as proof, or with why nothing could be proved."""
    read, more = policy(statement(Action="s3:GetObject")), policy(statement(Action=["s3:GetObject", "s3:PutObject"]))

    assert_not_wider(more, read)
    with pytest.raises(AssertionError, match="s3:PutObject"):
        assert_not_wider(read, more)
    with pytest.raises(AssertionError, match="could not be proved"):
        assert_not_wider(read, policy(statement(Effect="Permit")))
    with pytest.raises(AssertionError):
        assert_allows(read, "s3:PutObject")
    with pytest.raises(AssertionError):
        assert_denies(read, "s3:GetObject")
    for claim in (assert_allows, assert_denies):
        with pytest.raises(AssertionError, match=r"AWS would refuse the policy: .*`Permit`.*, at Statement"):
            claim(policy(statement(), statement(Effect="Permit")), "s3:GetObject")

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jfml_policies.access.conditions import condition_holds
from jfml_policies.access.request import Context, Request
from jfml_policies.access.request_facts import RequestFacts
from jfml_policies.policy.operators import OPERATORS, QUALIFIERS
from jfml_policies.policy.parse import parse_document

# For each positive operator: what the policy says, a value that hits, one that does not.
SAMPLES = {
    "StringEquals": ("a*", "a*", "ab"),
    "StringEqualsIgnoreCase": ("Abc", "aBC", "ab"),
    "StringLike": ("a*?", "abc", "a"),
    "NumericEquals": ("10", "10.0", "11"),
    "NumericLessThan": ("10", "9.5", "10"),
    "NumericLessThanEquals": ("10", "10.0", "10.01"),
    "NumericGreaterThan": ("10", "10.5", "10"),
    "NumericGreaterThanEquals": ("10", "1e1", "-11"),
    "DateEquals": ("2024-01-01", "2024-01-01T01:00:00+01:00", "2024-01-02"),
    "DateLessThan": ("2024-01-01T00:00:00Z", "1704067199", "1704067200"),
    "DateLessThanEquals": ("2024-01-01T00:00:00Z", "1704067200", "1704067201"),
    "DateGreaterThan": ("1704067200", "2024-01-01T00:00:01Z", "2024-01-01"),
    "DateGreaterThanEquals": ("1704067200", "2024-01-01", "2023-12-31"),
    "Bool": ("true", "TRUE", "false"),
    "BinaryEquals": ("QmluYXJ5", "QmluYXJ5", "Qm9vbA=="),
    "IpAddress": ("203.0.113.9/24", "203.0.113.255", "203.0.114.0"),
    "ArnLike": ("arn:aws:sns:*:111122223333:a*", "arn:aws:sns:eu-west-1:111122223333:a:b", "arn:aws:sns:x:1:a"),
}
POSITIVE = [name for name, facts in OPERATORS.items() if not facts.negated and facts.family != "Null"]
NEGATED = [name for name, facts in OPERATORS.items() if facts.negated]


def holds(operator: str, values: object, context: Context, *, key: str = "aws:K", version: str = "2012-10-17") -> bool:
    """Whether one condition test holds for a request with some context."""
    statement = {"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {operator: {key: values}}}
    policy = parse_document({"Version": version, "Statement": statement})
    facts = RequestFacts.of(Request("s3:GetObject", context=context))
    return condition_holds(policy.statements[0].tests[0], facts, has_variables=policy.has_variables)


# ------------------------------------------------------------------------------------------ presence


@pytest.mark.parametrize("operator", POSITIVE + NEGATED)
def test_presence_table(operator: str) -> None:
    """Absent, hit and no hit give what the presence table says, with and without IfExists, for every operator."""
    written, hit, miss = SAMPLES[OPERATORS[operator].positive]
    negated = OPERATORS[operator].negated
    contexts: list[Context] = [{}, {"aws:K": hit}, {"aws:K": miss}]

    found = [holds(operator, written, context) for context in contexts]
    with_if_exists = [holds(f"{operator}IfExists", written, context) for context in contexts]

    assert found == ([True, False, True] if negated else [False, True, False])
    assert with_if_exists == ([True, False, True] if negated else [True, True, False])


def test_every_operator_has_a_sample() -> None:
    """No operator escapes the presence table."""
    assert set(SAMPLES) == {facts.positive for facts in OPERATORS.values() if facts.family != "Null"}


@pytest.mark.parametrize(
    ("written", "absent", "present"),
    [("true", True, False), ("false", False, True), (True, True, False), (["true", "false"], True, True)],
)
def test_null_asks_for_absence_or_presence(written: object, absent: bool, present: bool) -> None:
    """`Null` "true" wants no value, "false" wants one, both want anything; set operators change nothing."""
    for operator in ("Null", "ForAnyValue:Null", "ForAllValues:Null"):
        assert absent == holds(operator, written, {})
        assert absent == holds(operator, written, {"aws:K": []})
        assert present == holds(operator, written, {"aws:K": "x"})
        assert present == holds(operator, written, {"aws:K": ["x", "y"]})


def test_empty_text_counts_as_present() -> None:
    """A value without characters is a value."""
    assert holds("Null", "false", {"aws:K": ""})
    assert holds("StringLike", "*", {"aws:K": ""})


@given(st.lists(st.sampled_from(["", "a", "b*"]), max_size=1))
def test_like_star_is_presence(values: list[str]) -> None:
    """`StringLike "*"` is "key present", `StringNotLike "*"` is "key absent"."""
    assert holds("StringLike", "*", {"aws:K": values}) == bool(values)
    assert holds("StringNotLike", "*", {"aws:K": values}) == (not values)


# ------------------------------------------------------------------------------------------ several values


ALPHABET = ("a", "b", "c")


def listed(values: tuple[str, ...]) -> list[str]:
    return list(values)


@pytest.mark.parametrize("qualifier", [None, *QUALIFIERS])
@pytest.mark.parametrize("if_exists", [False, True])
@pytest.mark.parametrize("negated", [False, True])
def test_set_operators_by_the_quantifiers(qualifier: str | None, if_exists: bool, negated: bool) -> None:
    """Every subset of three values against every list of them: the answer is that of the quantifier's definition."""
    base = "StringNotEquals" if negated else "StringEquals"
    operator = f"{qualifier}:{base}" if qualifier else base
    operator += "IfExists" if if_exists else ""
    subsets = [tuple(v for v, taken in zip(ALPHABET, mask, strict=True) if taken) for mask in product((0, 1), repeat=3)]

    for asked, has in product(subsets, subsets):
        good = set(ALPHABET) - set(asked) if negated else set(asked)
        if qualifier == "ForAllValues":
            expected = set(has) <= good
        elif qualifier == "ForAnyValue":
            expected = bool(set(has) & good) or (not has and if_exists)
        elif not has:
            expected = negated or if_exists
        elif len(has) == 1:
            expected = has[0] in good
        else:
            expected = negated

        assert expected == holds(operator, listed(asked), {"aws:K": listed(has)}), (operator, asked, has)


@given(st.lists(st.sampled_from(ALPHABET)), st.lists(st.sampled_from(["a", "b", "?", "*"])))
def test_set_operators_are_each_others_complement(has: list[str], asked: list[str]) -> None:
    """All of them match exactly when it is not so that some of them match none, for the empty set too."""
    context: Context = {"aws:K": has}

    assert holds("ForAllValues:StringLike", asked, context) != holds("ForAnyValue:StringNotLike", asked, context)
    assert holds("ForAllValues:StringNotLike", asked, context) != holds("ForAnyValue:StringLike", asked, context)


@given(st.lists(st.sampled_from(ALPHABET), max_size=1), st.lists(st.sampled_from(ALPHABET)))
def test_for_all_values_on_one_value_is_if_exists(has: list[str], asked: list[str]) -> None:
    """On a single-valued key `ForAllValues` is the over-permissive `IfExists`."""
    context: Context = {"aws:K": has}

    assert holds("ForAllValues:StringEquals", asked, context) == holds("StringEqualsIfExists", asked, context)


# ------------------------------------------------------------------------------------------ types of values


@pytest.mark.parametrize("operator", [name for name in POSITIVE if name != "Bool" and "String" not in name])
def test_values_that_cannot_be_read_never_hit(operator: str) -> None:
    """A request value of another type is no hit; the negated operator then holds."""
    negated = next((name for name in NEGATED if OPERATORS[name].positive == OPERATORS[operator].positive), None)
    written = SAMPLES[OPERATORS[operator].positive][0]

    assert not holds(operator, written, {"aws:K": "nonsense"})
    assert negated is None or holds(negated, written, {"aws:K": "nonsense"})


@pytest.mark.parametrize(
    ("network", "address", "expected"),
    [
        ("10.0.0.0/8", "10.255.255.255", True),
        ("10.0.0.1", "10.0.0.1", True),
        ("10.0.0.1", "10.0.0.2", False),
        ("10.1.2.3/8", "10.0.0.0", True),
        ("2001:DB8::/32", "2001:db8:ffff::1", True),
        ("2001:db8::1", "2001:db8:0:0:0:0:0:1", True),
        ("0.0.0.0/0", "2001:db8::1", False),
        ("::/0", "10.0.0.1", False),
        ("10.0.0.0/8", "10.0.0.0/9", False),
    ],
)
def test_addresses(network: str, address: str, expected: bool) -> None:
    """A range holds addresses of its own version; host bits are ignored, no prefix means one address."""
    assert expected == holds("IpAddress", network, {"aws:SourceIp": address}, key="aws:SourceIp")
    assert expected != holds("NotIpAddress", network, {"aws:SourceIp": address}, key="aws:SourceIp")


@pytest.mark.parametrize(
    ("pattern", "arn", "expected"),
    [
        ("arn:aws:iam::111122223333:role/*", "arn:aws:iam::111122223333:role/a/b:c", True),
        ("arn:aws:*:111122223333:*", "arn:aws:sns:eu-west-1:111122223333:t", False),
        ("arn:*:iam::*:role/x", "arn:aws:iam::1:role/x", True),
        ("arn:aws:iam::1:role/X", "arn:aws:iam::1:role/x", False),
        ("arn:aws:iam:?:1:x", "arn:aws:iam::1:x", False),
        ("*", "arn:aws:iam::1:role/x", False),
        ("arn:aws:iam::1:role/x", "x", False),
    ],
)
def test_arns_are_compared_field_by_field(pattern: str, arn: str, expected: bool) -> None:
    """Wildcards of the first five fields stay in them, the last field is free, and both sides need six fields."""
    for operator in ("ArnLike", "ArnEquals"):
        assert expected == holds(operator, pattern, {"aws:K": arn})
    for operator in ("ArnNotLike", "ArnNotEquals"):
        assert expected != holds(operator, pattern, {"aws:K": arn})


def test_string_like_crosses_colons() -> None:
    """Text comparison of an ARN lets `*` swallow fields; that is why Arn operators exist."""
    assert holds("StringLike", "arn:aws:*:111122223333:*", {"aws:K": "arn:aws:sns:eu-west-1:111122223333:t"})


def test_equal_bytes_are_equal_binaries() -> None:
    """Base64 that writes the same bytes in a sloppy way in the policy means the same."""
    assert holds("BinaryEquals", "QR==", {"aws:K": "QQ=="})


def test_key_names_ignore_letter_case() -> None:
    """Keys compare without regard to case, the tag's name after the slash included."""
    context: Context = {"AWS:principaltag/TEAM": "x"}

    assert holds("StringEquals", "x", context, key="aws:PrincipalTag/Team")


def test_json_booleans_and_numbers_are_texts() -> None:
    """`true` and `20` without quotes are "true" and "20", in policy and request."""
    assert holds("Bool", True, {"aws:K": "true"})
    assert holds("Bool", "true", {"aws:K": True})
    assert holds("NumericEquals", 20, {"aws:K": 20.0})


# ------------------------------------------------------------------------------------------ policy variables


@pytest.mark.parametrize(
    ("operator", "written", "context", "expected"),
    [
        ("StringEquals", "${aws:username}", {"aws:K": "ann", "aws:username": "ann"}, True),
        ("StringEquals", "${AWS:UserName}", {"aws:K": "ann", "aws:username": "ann"}, True),
        ("StringEquals", "${aws:username}", {"aws:K": "bob", "aws:username": "ann"}, False),
        ("StringLike", "${aws:username}-*", {"aws:K": "ann-1", "aws:username": "ann"}, True),
        ("StringLike", "${aws:username}", {"aws:K": "ann", "aws:username": "*"}, False),
        ("StringLike", "${aws:username}", {"aws:K": "*", "aws:username": "*"}, True),
        ("StringEquals", "${aws:username}", {"aws:K": "ann"}, False),
        ("StringNotEquals", "${aws:username}", {"aws:K": "ann"}, True),
        ("StringEquals", "${aws:username, 'ann'}", {"aws:K": "ann"}, True),
        ("StringEquals", "${aws:username, 'ann'}", {"aws:K": "ann", "aws:username": "bob"}, False),
        ("StringLike", "${aws:username, '*'}", {"aws:K": "ann"}, False),
        ("StringEquals", "${aws:username}", {"aws:K": "a", "aws:username": ["a", "b"]}, False),
        ("StringEquals", "a${*}${?}${$}", {"aws:K": "a*?$"}, True),
        ("StringLike", "a${*}", {"aws:K": "ab"}, False),
        ("StringLike", "a${$}{x}*", {"aws:K": "a${x}y"}, True),
        ("ArnLike", "arn:aws:sns:*:*:${aws:username}", {"aws:K": "arn:aws:sns:r:1:ann", "aws:username": "ann"}, True),
        ("Bool", "${aws:flag}", {"aws:K": "true", "aws:flag": "TRUE"}, True),
    ],
)
def test_variables(operator: str, written: str, context: Context, expected: bool) -> None:
    """The key's single value stands in as literal text, else the default; without either nothing hits."""
    assert expected == holds(operator, written, context)


@pytest.mark.parametrize("version", ["2008-10-17"])
def test_variables_are_literal_in_the_old_version(version: str) -> None:
    """Only version 2012-10-17 has variables."""
    context: Context = {"aws:K": "ann", "aws:username": "ann"}

    assert not holds("StringEquals", "${aws:username}", context, version=version)
    assert holds("StringEquals", "${aws:username}", {"aws:K": "${aws:username}"}, version=version)


# ------------------------------------------------------------------------------------------ traps


def test_bool_false_does_not_catch_an_absent_key() -> None:
    """A Deny without MFA needs BoolIfExists: long-term credentials have no such key."""
    assert not holds("Bool", "false", {})
    assert holds("BoolIfExists", "false", {})


def test_negated_lists_are_nor() -> None:
    """`StringNotEquals` with several values holds when the value is none of them."""
    assert [False, False, True] == [holds("StringNotEquals", ["a", "b"], {"aws:K": value}) for value in "abc"]

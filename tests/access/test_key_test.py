from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest

from jfml_policies.access.evaluate import decide
from jfml_policies.access.key_test import Invalid, KeyTest, form_of
from jfml_policies.access.key_theory import holds_for
from jfml_policies.access.request import Request
from jfml_policies.access.space import Space
from jfml_policies.policy.operators import OPERATORS, QUALIFIERS
from jfml_policies.policy.parse import parse_document

ARN = "arn:aws:iam::111122223333:role/"
#: For each family what a policy may compare with, and what a request may say.
POOLS: dict[str, tuple[list[str], list[str]]] = {
    "String": (["a", "A*", "*", "?b"], ["a", "A", "ab", "A*", "*", "", "?b"]),
    "Arn": ([f"{ARN}a", f"{ARN}*", "arn:*", "*", "arn:aws:*:*:*:*"], [f"{ARN}a", f"{ARN}b", "arn:", "a", ""]),
    "Numeric": (["5", "5.0", "7"], ["4", "5", "6", "7.00", "8"]),
    "Date": (["2026-01-01", "1767225600"], ["2025-12-31", "2026-01-01T00:00:00Z", "2026-01-02"]),
    "Bool": (["true", "False"], ["true", "false", "TRUE"]),
    "Binary": (["QQ==", "AAAA"], ["QQ==", "AAAA", "BBBB"]),
    "IpAddress": (["10.0.0.0/8", "10.1.2.3", "::1"], ["10.1.2.3", "10.0.0.0", "11.0.0.0", "::1", "::2"]),
    "Null": (["true", "false"], ["", "a", "true"]),
}
NAMES = [
    f"{prefix}{base}{suffix}"
    for base in OPERATORS
    for prefix in ("", *[f"{qualifier}:" for qualifier in QUALIFIERS])
    for suffix in ("", "IfExists")
    if base != "Null" or not (prefix or suffix)
]


@pytest.mark.parametrize("name", NAMES)
def test_the_normal_form_means_what_the_evaluator_says(name: str) -> None:
    """Every operator in every form, over no value, one and (where the key may have several) two."""
    for key in ("k", "aws:TagKeys", "aws:PrincipalTag/k"):
        check(name, key)


def check(name: str, key: str) -> None:
    base = name.rpartition(":")[2].removesuffix("IfExists")
    written, said = POOLS[OPERATORS[base].family]
    several = key == "aws:TagKeys" or (key == "k" and ":" in name)
    for values in [*map(list, combinations(written, 1)), written[:2], written[1:]]:
        document = parse_document(allowing(name, key, values))
        space = Space([document])
        boxes = list(space.boxes(document, "Allow"))
        for some in [(), *combinations(said, 1), *(combinations(said, 2) if several else ())]:
            expected = decide(document, Request("s3:GetObject", context={key: list(some)})) == "allow"
            if not boxes:
                assert not expected, (values, some)
                continue
            tests = [(space.content(literal), literal > 0) for literal in boxes[0]]
            held = all(holds_for(test, some) == wanted for test, wanted in tests if isinstance(test, KeyTest))

            assert expected == held, (values, some)


def allowing(operator: str, key: str, values: Any) -> dict[str, Any]:
    condition = {operator: {key: values}}
    statement = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*", "Condition": condition}
    return {"Version": "2012-10-17", "Statement": statement}


@pytest.mark.parametrize(
    ("operator", "values"),
    [
        ("StringLikes", ["a"]),
        ("NullIfExists", ["true"]),
        ("Null", ["maybe"]),
        ("Null", []),
        ("NumericEquals", ["ten"]),
        ("DateLessThan", ["tomorrow"]),
        ("IpAddress", ["10.0.0.0/33"]),
    ],
)
def test_what_aws_would_refuse_has_no_normal_form(operator: str, values: list[str]) -> None:
    """An unknown operator or an unreadable value is never taken for a test that holds, or for one that fails."""
    document = parse_document(allowing(operator, "k", values))
    space = Space([document])

    with pytest.raises(Invalid):
        [space.content(literal) for box in space.boxes(document, "Allow") for literal in box]


def test_null_of_both_always_holds() -> None:
    """`Null` with both answers asks nothing."""
    (test,) = parse_document(allowing("Null", "k", ["true", "false"])).statements[0].tests

    assert None is form_of(test)

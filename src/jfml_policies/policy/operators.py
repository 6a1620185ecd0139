"""One table: the condition operators, what each compares, and how a name with prefix and suffix is read.

Source: IAM User Guide, "IAM JSON policy elements: Condition operators" and "Set operators for multi-valued keys".
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final, Literal

from jfml_policies.record import record

__all__ = ["FAMILIES", "OPERATORS", "QUALIFIERS", "Family", "Operator", "OperatorFacts", "parse_operator"]

Family = Literal["String", "Numeric", "Date", "Bool", "Binary", "IpAddress", "Arn", "Null"]
FAMILIES: Final[tuple[Family, ...]] = ("String", "Numeric", "Date", "Bool", "Binary", "IpAddress", "Arn", "Null")
#: Prefixes for keys with several values.
QUALIFIERS: Final = ("ForAllValues", "ForAnyValue")
_IF_EXISTS: Final = "IfExists"


@record
class OperatorFacts:
    """What a base operator compares.

    Attributes:
        family: the type of value.
        negated: whether it is true when nothing matches, and so when the key is absent.
        patterns: whether `*` and `?` in its values are wildcards.
        variables: whether policy variables may stand in its values.
        positive: the operator that it negates, or itself.
    """

    family: Family
    negated: bool = False
    patterns: bool = False
    variables: bool = False
    positive: str = ""


OPERATORS: Final[dict[str, OperatorFacts]] = {
    "StringEquals": OperatorFacts("String", variables=True, positive="StringEquals"),
    "StringNotEquals": OperatorFacts("String", negated=True, variables=True, positive="StringEquals"),
    "StringEqualsIgnoreCase": OperatorFacts("String", variables=True, positive="StringEqualsIgnoreCase"),
    "StringNotEqualsIgnoreCase": OperatorFacts(
        "String", negated=True, variables=True, positive="StringEqualsIgnoreCase"
    ),
    "StringLike": OperatorFacts("String", patterns=True, variables=True, positive="StringLike"),
    "StringNotLike": OperatorFacts("String", negated=True, patterns=True, variables=True, positive="StringLike"),
    "NumericEquals": OperatorFacts("Numeric", positive="NumericEquals"),
    "NumericNotEquals": OperatorFacts("Numeric", negated=True, positive="NumericEquals"),
    "NumericLessThan": OperatorFacts("Numeric", positive="NumericLessThan"),
    "NumericLessThanEquals": OperatorFacts("Numeric", positive="NumericLessThanEquals"),
    "NumericGreaterThan": OperatorFacts("Numeric", positive="NumericGreaterThan"),
    "NumericGreaterThanEquals": OperatorFacts("Numeric", positive="NumericGreaterThanEquals"),
    "DateEquals": OperatorFacts("Date", positive="DateEquals"),
    "DateNotEquals": OperatorFacts("Date", negated=True, positive="DateEquals"),
    "DateLessThan": OperatorFacts("Date", positive="DateLessThan"),
    "DateLessThanEquals": OperatorFacts("Date", positive="DateLessThanEquals"),
    "DateGreaterThan": OperatorFacts("Date", positive="DateGreaterThan"),
    "DateGreaterThanEquals": OperatorFacts("Date", positive="DateGreaterThanEquals"),
    "Bool": OperatorFacts("Bool", positive="Bool"),
    "BinaryEquals": OperatorFacts("Binary", positive="BinaryEquals"),
    "IpAddress": OperatorFacts("IpAddress", positive="IpAddress"),
    "NotIpAddress": OperatorFacts("IpAddress", negated=True, positive="IpAddress"),
    "ArnEquals": OperatorFacts("Arn", patterns=True, variables=True, positive="ArnLike"),
    "ArnLike": OperatorFacts("Arn", patterns=True, variables=True, positive="ArnLike"),
    "ArnNotEquals": OperatorFacts("Arn", negated=True, patterns=True, variables=True, positive="ArnLike"),
    "ArnNotLike": OperatorFacts("Arn", negated=True, patterns=True, variables=True, positive="ArnLike"),
    "Null": OperatorFacts("Null", positive="Null"),
}


@record
class Operator:
    """An operator as written in a policy.

    Attributes:
        base: its name without prefix and suffix, a key of `OPERATORS`.
        facts: what the base compares.
        qualifier: `ForAllValues`, `ForAnyValue` or None.
        if_exists: whether it ends in `IfExists`: true when the key is absent.
    """

    base: str
    facts: OperatorFacts
    qualifier: str | None
    if_exists: bool

    @property
    def family(self) -> Family:
        """The type of value it compares."""
        return self.facts.family

    @property
    def negated(self) -> bool:
        """Whether it is true when nothing matches."""
        return self.facts.negated


@lru_cache(maxsize=512)
def parse_operator(name: str) -> Operator | None:
    """The operator of a name in exactly AWS's spelling, or None when there is none.

    `NullIfExists` has the shape of an operator and is returned; a rule reports it.

    >>> operator = parse_operator("ForAnyValue:StringLikeIfExists")
    >>> operator.base, operator.qualifier, operator.if_exists
    ('StringLike', 'ForAnyValue', True)
    >>> parse_operator("StringLikes") is None
    True
    """
    prefix, colon, rest = name.partition(":")
    qualifier = prefix if colon else None
    if qualifier is not None and qualifier not in QUALIFIERS:
        return None
    base = rest if colon else name
    if_exists = base.endswith(_IF_EXISTS)
    base = base.removesuffix(_IF_EXISTS)
    facts = OPERATORS.get(base)
    return None if facts is None else Operator(base, facts, qualifier, if_exists)

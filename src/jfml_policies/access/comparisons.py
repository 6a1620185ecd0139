"""One value of a request against one value of a policy: the positive form of each condition operator.

Source: IAM User Guide, "IAM JSON policy elements: Condition operators".
"""

from __future__ import annotations

import operator as compare
from binascii import Error as BadBase64
from binascii import a2b_base64, b2a_base64
from typing import TYPE_CHECKING, Final

from jfml_policies.access.readings import BOOL_VALUES_TAKE_VARIABLES
from jfml_policies.access.substitution import arn_pattern_of, glob_of, text_of
from jfml_policies.patterns.letter_case import fold
from jfml_policies.policy.values import read_address, read_instant, read_network, read_number

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from fractions import Fraction

    from jfml_policies.policy.operators import Operator

__all__ = ["canonical_base64", "hits"]

_ORDER: Final[dict[str, Callable[[Fraction, Fraction], bool]]] = {
    "Equals": compare.eq,
    "LessThan": compare.lt,
    "LessThanEquals": compare.le,
    "GreaterThan": compare.gt,
    "GreaterThanEquals": compare.ge,
}


def hits(operator: Operator, value: str, written: str, variables: Mapping[str, str] | None) -> bool:
    """Whether a value of the request is what a value of the policy asks for, were the operator not negated.

    Args:
        operator: any but `Null`.
        value: of the request; one that the operator cannot read is never a hit.
        written: the policy's value, readable for the operator.
        variables: what policy variables stand for; None where `${` is literal text.
    """
    family = operator.family
    if family == "Numeric":
        return _in_order(operator, read_number(value), read_number(written))
    if family == "Date":
        return _in_order(operator, read_instant(value), read_instant(written))
    if family == "IpAddress":
        return _lies_in(value, written)
    if family == "Binary":
        return value == canonical_base64(written)
    if family == "Arn":
        return _is_like_arn(value, written, variables)
    if operator.facts.patterns:
        glob = glob_of(written, variables)
        return glob is not None and glob.matches(value)
    takes_variables = operator.facts.variables or (family == "Bool" and BOOL_VALUES_TAKE_VARIABLES)
    text = text_of(written, variables if takes_variables else None)
    if text is None:
        return False
    if family == "Bool" or operator.facts.positive == "StringEqualsIgnoreCase":
        return fold(value) == fold(text)
    return value == text


def canonical_base64(text: str) -> str | None:
    """The one writing of the bytes that a base64 text means, which is how requests write them; None when it is none.

    >>> canonical_base64("QR=="), canonical_base64("Q")
    ('QQ==', None)
    """
    try:
        return b2a_base64(a2b_base64(text, strict_mode=True), newline=False).decode()
    except (BadBase64, ValueError):
        return None


def _in_order(operator: Operator, value: Fraction | None, bound: Fraction | None) -> bool:
    if value is None or bound is None:
        return False
    return _ORDER[operator.facts.positive.removeprefix(operator.family)](value, bound)


def _lies_in(value: str, written: str) -> bool:
    address, network = read_address(value), read_network(written)
    if address is None or network is None:
        return False
    version, number = address
    return version == network.version and network.first <= number <= network.last


def _is_like_arn(value: str, written: str, variables: Mapping[str, str] | None) -> bool:
    pattern = arn_pattern_of(written, variables)
    return pattern is not None and pattern.matches(value)

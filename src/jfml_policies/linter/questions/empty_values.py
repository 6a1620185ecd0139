"""Condition keys with an empty list of values, told apart by what their operator makes of it.

AWS's validator has four checks for them, one for each form of operator: plain, ForAllValues, ForAnyValue, IfExists.
An operator with both a prefix and the suffix counts by its prefix, which decides first.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

from jfml_policies.policy.nodes import Test
from jfml_policies.policy.operators import QUALIFIERS

__all__ = ["OperatorForm", "has_no_values"]

OperatorForm: TypeAlias = Literal["plain", "ForAllValues", "ForAnyValue", "IfExists"]


def has_no_values(test: Test, form: OperatorForm) -> bool:
    """Whether a test has an empty list of values under an operator of this form.

    The form is read from the name alone, so that an operator that does not exist has one as well.
    """
    return test.is_empty and _form(test.operator.value) == form


def _form(operator: str) -> str:
    prefix, colon, _ = operator.partition(":")
    if colon and prefix in QUALIFIERS:
        return prefix
    return "IfExists" if operator.endswith("IfExists") else "plain"

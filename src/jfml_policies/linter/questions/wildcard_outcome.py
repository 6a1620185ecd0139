"""What a condition test with the value `*` comes down to: whether the key is there, or nothing at all.

Worked out from the operators' rules: IAM User Guide, "Condition operators" (absent keys, `IfExists`) and "Set operators
for multi-valued keys".
"""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

from jfml_policies.catalog import global_keys
from jfml_policies.linter.questions.resource_arn import is_everything
from jfml_policies.policy.nodes import Test, Text
from jfml_policies.policy.operators import Operator, parse_operator

__all__ = ["Outcome", "wildcard_outcome"]

#: When the test is true: when the key is present, when it is absent, always, or never.
Outcome: TypeAlias = Literal["present", "absent", "always", "never"]

_BASES: Final = ("StringLike", "StringNotLike")
#: (true when the key is present, true when it is absent) -> outcome.
_OUTCOMES: Final[dict[tuple[bool, bool], Outcome]] = {
    (True, False): "present",
    (False, True): "absent",
    (True, True): "always",
    (False, False): "never",
}


def wildcard_outcome(test: Test) -> tuple[Text, Outcome] | None:
    """The first value that is only `*`, and when the test is true; None when the test has no such value.

    Other values beside it change nothing. Arn operators are left out: how they read a `*` alone is not documented.

    >>> from jfml_policies.policy.parse import parse_text
    >>> policy = parse_text('{"Statement": {"Condition": {"StringLike": {"aws:PrincipalTag/team": ["ops", "*"]}}}}')
    >>> wildcard_outcome(policy.statements[0].tests[0])[1]
    'present'
    """
    operator = parse_operator(test.operator.value)
    if operator is None or operator.base not in _BASES:
        return None
    star = next((value for value in test.values if is_everything(value.value)), None)
    if star is None:
        return None
    present = not operator.negated
    absent = present if _is_always_present(test.key.value) else _is_true_without_key(operator)
    return star, _OUTCOMES[present, absent]


def _is_true_without_key(operator: Operator) -> bool:
    if operator.if_exists or operator.qualifier == "ForAllValues":
        return True
    return operator.negated and operator.qualifier != "ForAnyValue"


def _is_always_present(key: str) -> bool:
    shared = global_keys.find(key)
    return shared is not None and shared.presence == "always"

"""The form that two statements share when they certainly grant or deny the same.

Sid, the order of lists, repeated entries, a bare value for a list of one, the letter case of actions and of condition
keys: none of them changes what a statement means (IAM User Guide, "IAM JSON policy element reference").
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jfml_policies.policy.kinds import EFFECTS, STATEMENT_ELEMENTS
from jfml_policies.policy.nodes import Condition, Listing, Principals, Statement

if TYPE_CHECKING:
    from collections.abc import Hashable

__all__ = ["statement_form"]


def statement_form(statement: Statement) -> Hashable | None:
    """A value that is equal for statements that mean the same; None for a statement that AWS refuses.

    Forms of statements that mean the same in other ways, through wildcards or account numbers, may differ.

    >>> from jfml_policies.policy.parse import parse_text
    >>> one, two = parse_text('''{"Statement": [
    ...     {"Sid": "A", "Effect": "Allow", "Action": ["s3:GetObject", "s3:PutObject"], "Resource": "*"},
    ...     {"Sid": "B", "Effect": "Allow", "Action": ["s3:putobject", "s3:GetObject"], "Resource": ["*"]}
    ... ]}''').statements
    >>> statement_form(one) == statement_form(two)
    True
    """
    if statement.effect is None or statement.effect.value not in EFFECTS or statement.actions is None:
        return None
    if any(key.value not in STATEMENT_ELEMENTS for key in statement.keys):
        return None
    return (
        statement.effect.value,
        _principals(statement.principal),
        _principals(statement.not_principal),
        _listing(statement.action, fold_case=True),
        _listing(statement.not_action, fold_case=True),
        _listing(statement.resource),
        _listing(statement.not_resource),
        _condition(statement.condition),
    )


def _listing(listing: Listing | None, *, fold_case: bool = False) -> Hashable:
    if listing is None:
        return None
    return frozenset(text.value.lower() if fold_case else text.value for text in listing.values)


def _principals(principals: Principals | None) -> Hashable:
    if principals is None:
        return None
    if principals.text is not None:
        return principals.text.value
    return frozenset((group.type.value, frozenset(text.value for text in group.values)) for group in principals.groups)


def _condition(condition: Condition | None) -> Hashable:
    if condition is None:
        return None
    operators = frozenset(operator.value for operator in condition.operators)
    tests = frozenset(
        (test.operator.value, test.key.value.lower(), frozenset(text.value for text in test.values))
        for test in condition.tests
    )
    return operators, tests

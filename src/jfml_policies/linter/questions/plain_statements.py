"""Whether another statement says the same of an action on every resource: then it takes no care how this one says it.

`covered-action` and `covered-statement` report such an entry, and their remedy is the right one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jfml_policies.linter.questions.resource_arn import is_everything
from jfml_policies.patterns.glob import Glob

if TYPE_CHECKING:
    from jfml_policies.linter.rule import Context
    from jfml_policies.policy.nodes import Statement

__all__ = ["is_said_plainly"]

#: Entries of such statements that are looked at; few policies that AWS takes have room for more.
_MOST_ENTRIES: Final = 500
#: Elements that limit for whom or when a statement speaks.
_LIMITS: Final = ("Condition", "Principal", "NotPrincipal", "NotResource")


def is_said_plainly(action: str, statement: Statement, context: Context) -> bool:
    """Whether another statement of the same effect has the action, on every resource and without a condition.

    >>> from jfml_policies.catalog import load
    >>> from jfml_policies.linter.rule import Context
    >>> from jfml_policies.policy.parse import parse_text
    >>> policy = parse_text('''{"Statement": [
    ...     {"Effect": "Allow", "Action": "ec2:DescribeVpcs", "Resource": "arn:aws:ec2:*:*:vpc/*"},
    ...     {"Effect": "Allow", "Action": "ec2:Describe*", "Resource": "*"}
    ... ]}''')
    >>> is_said_plainly("ec2:DescribeVpcs", policy.statements[0], Context(policy, load()))
    True
    """
    # A pattern is matched as a text: a `*` of the other entry takes its wildcards, too.
    return any(
        entry.matches(action)
        for other, entries in context.ask(_plain_statements)
        if other.path != statement.path and other.allows == statement.allows and other.denies == statement.denies
        for entry in entries
    )


def _plain_statements(context: Context) -> list[tuple[Statement, list[Glob]]]:
    """The statements on every resource, for everybody and without a condition, with their actions."""
    found: list[tuple[Statement, list[Glob]]] = []
    left = _MOST_ENTRIES
    for one in context.policy.statements:
        if one.action is None or one.resource is None or any(one.has(name) for name in _LIMITS):
            continue
        if any(is_everything(entry.value) for entry in one.resource.values):
            # A `?` takes one character, so it does not take the wildcard of a pattern.
            entries = [entry.value for entry in one.action.values[:left] if "?" not in entry.value]
            found.append((one, [Glob.parse(entry, fold_case=True) for entry in entries]))
            left -= len(entries)
    return found

"""Which condition keys a statement demands by a `Null` test, so that requests without them do not pass."""

from __future__ import annotations

from jfml_policies.policy.nodes import Statement, Test

__all__ = ["demanded_keys"]


def demanded_keys(statement: Statement) -> frozenset[str]:
    """The keys, in lower case, of the `Null` tests that fail when the key is absent.

    >>> from jfml_policies.policy.parse import parse_text
    >>> text = '{"Statement": {"Condition": {"Null": {"aws:TagKeys": "false", "aws:SourceIp": "true"}}}}'
    >>> sorted(demanded_keys(parse_text(text).statements[0]))
    ['aws:tagkeys']
    """
    return frozenset(test.key.value.lower() for test in statement.tests if _demands(test))


def _demands(test: Test) -> bool:
    return test.operator.value == "Null" and bool(test.values) and all(v.value.lower() == "false" for v in test.values)

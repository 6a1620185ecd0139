"""Condition keys that say on whose behalf an AWS service calls.

Source: IAM User Guide, "AWS global condition context keys" and "The confused deputy problem".
"""

from __future__ import annotations

from typing import Final

from jfml_policies.policy.nodes import Statement

__all__ = ["SOURCE_KEYS", "WEAK_SOURCE_KEYS", "names_key"]

#: Keys, in lower case, that a service sets from the resource on whose behalf it calls.
SOURCE_KEYS: Final = frozenset(("aws:sourcearn", "aws:sourceaccount", "aws:sourceorgid", "aws:sourceorgpaths"))

#: Keys that were used for the same before there were those; anybody can send any value.
WEAK_SOURCE_KEYS: Final = frozenset(("aws:referer",))


def names_key(statement: Statement, keys: frozenset[str]) -> bool:
    """Whether the statement's Condition has a test on one of the keys, given in lower case."""
    return any(test.key.value.lower() in keys for test in statement.tests)

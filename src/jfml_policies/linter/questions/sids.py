"""Sids that stand in several statements, and Sids that are still free.

Source: IAM User Guide, "IAM JSON policy elements: Sid".
"""

from __future__ import annotations

import re
from itertools import count
from typing import TYPE_CHECKING, Final

from jfml_policies.policy.nodes import Policy, Text

if TYPE_CHECKING:
    from collections.abc import Container

__all__ = ["free_sid", "has_only_sid_characters", "plain_sid", "repeated_sids", "sids_of"]

_OTHERS: Final = re.compile("[^A-Za-z0-9]+")


def sids_of(policy: Policy) -> list[Text]:
    """The Sids that are not empty, in the order of the statements."""
    return [statement.sid for statement in policy.statements if statement.sid is not None and statement.sid.value]


def repeated_sids(policy: Policy) -> list[tuple[Text, ...]]:
    """The Sids that stand in more than one statement, equal ones together, in order of their first statements.

    Sids that differ in letter case differ; empty ones are not looked at.

    >>> from jfml_policies.policy.parse import parse_text
    >>> policy = parse_text('{"Statement": [{"Sid": "a"}, {"Sid": "b"}, {"Sid": "a"}]}')
    >>> [[sid.path[1] for sid in sids] for sids in repeated_sids(policy)]
    [[0, 2]]
    """
    groups: dict[str, list[Text]] = {}
    for sid in sids_of(policy):
        groups.setdefault(sid.value, []).append(sid)
    return [tuple(sids) for sids in groups.values() if len(sids) > 1]


def has_only_sid_characters(text: str) -> bool:
    """Whether a text holds ASCII letters and digits only, as IAM wants a Sid."""
    return _OTHERS.search(text) is None


def plain_sid(text: str) -> str:
    """The Sid that keeps a text's letters and digits and begins its further words in upper case.

    >>> plain_sid("allow read-access")
    'allowReadAccess'
    """
    first, *others = [word for word in _OTHERS.split(text) if word] or [""]
    return first + "".join([word[0].upper() + word[1:] for word in others])


def free_sid(wish: str, taken: Container[str]) -> str:
    """`wish` when it is not taken, else with the first number from 2 on that makes it free.

    >>> free_sid("Read", {"Read", "Read2"})
    'Read3'
    """
    if wish and wish not in taken:
        return wish
    stem = wish or "Statement"
    return next(name for number in count(2 if wish else 1) if (name := f"{stem}{number}") not in taken)

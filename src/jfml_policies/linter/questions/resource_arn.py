"""The ARN that a Resource entry writes, with policy variables kept whole.

A variable's name holds a colon, so `arn:aws:iam::${aws:PrincipalAccount}:role/x` must not be cut inside it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from jfml_policies.patterns.arn import FIELD_COUNT, Arn, has_wildcard

__all__ = ["as_pattern", "is_everything", "is_literal", "resource_arn"]

_VARIABLE: Final = re.compile(r"\$\{[^${}]*\}|\$\{[^${}]*\Z|\$\{[*?$]\}")
_OPEN: Final = "${"


@lru_cache(maxsize=16)  # every rule asks about an entry before the engine comes to the next one
def resource_arn(text: str) -> Arn | None:
    """The fields of a Resource entry, or None when it is no ARN of six fields.

    >>> resource_arn("arn:aws:iam::${aws:PrincipalAccount}:role/app").account
    '${aws:PrincipalAccount}'
    """
    if _OPEN not in text:
        return Arn.try_parse(text)
    masked = _VARIABLE.sub(lambda found: "_" * len(found[0]), text)
    lengths = [len(field) for field in masked.split(":", FIELD_COUNT - 1)]
    if len(lengths) < FIELD_COUNT or not text.startswith("arn:"):
        return None
    fields = []
    start = 0
    for length in lengths:
        fields.append(text[start : start + length])
        start += length + 1
    return Arn(*fields[1:])


def is_literal(field: str) -> bool:
    """Whether a field is plain text: no wildcard, no variable.

    >>> is_literal("eu-west-1"), is_literal("eu-*"), is_literal("${aws:RequestedRegion}")
    (True, False, False)
    """
    return not has_wildcard(field) and _OPEN not in field


def is_everything(text: str) -> bool:
    """Whether a text is nothing but `*`."""
    return bool(text) and not text.strip("*")


def as_pattern(text: str) -> str:
    """A text as a pattern that matches at least what it can become: each variable is a `*`.

    >>> as_pattern("home/${aws:username}/*")
    'home/*/*'
    """
    return _VARIABLE.sub("*", text) if _OPEN in text else text

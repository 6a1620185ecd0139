"""The letters that globs are written in: a literal character, or one of four wildcards."""

from __future__ import annotations

from enum import IntEnum
from typing import Final, TypeAlias

__all__ = ["ANY_ONE", "ANY_RUN", "COLON", "FIELD_ONE", "FIELD_RUN", "Token", "Wild"]


class Wild(IntEnum):
    """A wildcard. Those of a field stop at a colon, as in the first five fields of an ARN pattern."""

    ANY_ONE = 1
    ANY_RUN = 2
    FIELD_ONE = 3
    FIELD_RUN = 4


#: A text of one character stands for itself.
Token: TypeAlias = str | Wild

ANY_ONE: Final = Wild.ANY_ONE
ANY_RUN: Final = Wild.ANY_RUN
FIELD_ONE: Final = Wild.FIELD_ONE
FIELD_RUN: Final = Wild.FIELD_RUN

#: The character that field wildcards stop at.
COLON: Final = ":"

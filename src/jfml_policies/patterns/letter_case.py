"""Ignoring letter case, one character for one character, so that `?` keeps its meaning.

`str.casefold` may change a text's length (`ß` becomes `ss`); a pattern language that counts characters needs a
mapping that does not.
"""

from __future__ import annotations

from functools import lru_cache

__all__ = ["fold", "spellings"]

# The only characters whose lower-case form does not lead back to them through `upper` or `title`: the Kelvin and
# Ångström signs, capital sharp s, capital theta symbol and the Ohm sign. A test tries every character of Unicode.
_ONE_WAY = {"k": "\u212a", "\u00e5": "\u212b", "\u00df": "\u1e9e", "\u03b8": "\u03f4", "\u03c9": "\u2126"}


def fold(text: str) -> str:
    """Return `text` with each character in lower case; the length never changes.

    >>> fold("s3:GetObject")
    's3:getobject'
    """
    if text.isascii():
        return text.lower()
    return "".join(map(_fold_character, text))


@lru_cache(maxsize=1024)
def spellings(character: str) -> tuple[str, ...]:
    """Return every character that `fold` maps to `fold(character)`, the folded one first.

    >>> spellings("G")
    ('g', 'G')
    """
    folded = _fold_character(character)
    found = [folded]
    for other in (folded.upper(), folded.title(), _ONE_WAY.get(folded, folded)):
        if len(other) == 1 and other not in found and _fold_character(other) == folded:
            found.append(other)
    return tuple(found)


def _fold_character(character: str) -> str:
    lower = character.lower()
    return lower if len(lower) == 1 else character

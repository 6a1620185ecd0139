"""What a piece of a file says, however it is written: in JSON, in JSON that a string holds, or in YAML.

It is a name for what stands there and no parser: it needs no YAML, and what it can't read stands for itself.
"""

from __future__ import annotations

import json
import re
from typing import Any, Final, Self

__all__ = ["Holder", "content_of"]

#: YAML has keys and entries of lists on lines of their own; no plain scalar looks like that.
_block: Final = re.compile(r"-(?:\s|$)|(?![!&*|>%@`{\[])[^\n]*?:(?:\s|$)")
_single_quoted: Final = re.compile(r"'(?:[^']|'')*'")
#: What a plain scalar of YAML doesn't begin with.
_INDICATORS: Final = tuple("{}[],&*!|>'\"%@`#")
#: Lines are not told apart by what is further up.
_DEEPEST: Final = 50


class Holder(str):
    """What an object or a list holds, in whatever order.

    Attributes:
        is_list: whether it is a list.
    """

    __slots__ = ("is_list",)
    is_list: bool

    def __new__(cls, content: str, *, is_list: bool) -> Self:
        """Of the content as a text."""
        made = super().__new__(cls, content)
        made.is_list = is_list
        return made


def content_of(quoted: str) -> str:
    r"""What stands there: a `Holder` of an object or list, else the value as JSON, or as it stands.

    >>> [content_of(text) for text in ('"s3:*"', r"\"s3:*\"", "s3:*", "'s3:*'", "!Ref Bucket")]
    ['"s3:*"', '"s3:*"', '"s3:*"', '"s3:*"', '!Ref Bucket']
    >>> content_of('{"a": [1, 2]}') == content_of('{"a": [2, 1]}')
    True
    """
    value = _as_json(quoted)
    if value is not None:
        return value
    if quoted.startswith(("{", "[")):
        return Holder("".join(quoted.split()), is_list=quoted.startswith("["))
    if _single_quoted.fullmatch(quoted):
        return json.dumps(quoted[1:-1].replace("''", "'"))
    if _block.match(quoted) and (not quoted.startswith('"') or _is_key(quoted)):
        return Holder(json.dumps(_lines(quoted)), is_list=quoted.startswith("-"))
    if not quoted or quoted.startswith(_INDICATORS):
        return quoted
    return json.dumps(" ".join(quoted.split()))


def _as_json(quoted: str) -> str | None:
    """As JSON, or as JSON in a string that JSON holds; None if it is neither."""
    try:
        value = json.loads(quoted, object_pairs_hook=_Pairs)
    except (ValueError, RecursionError):
        if "\\" not in quoted:
            return None
        try:
            value = json.loads(json.loads(f'"{quoted}"'), object_pairs_hook=_Pairs)
        except (ValueError, RecursionError):
            return None
    if not isinstance(value, list):
        return json.dumps(value)
    try:
        return Holder(json.dumps(_in_order(value)), is_list=not isinstance(value, _Pairs))
    except RecursionError:
        return None


def _is_key(quoted: str) -> bool:
    """Whether a text that begins with a quotation mark is a key and more, not one text."""
    return re.match(r'"(?:[^"\\]|\\.)*"\s*:(?:\s|$)', quoted) is not None


def _lines(block: str) -> list[list[str]]:
    """The lines of a block of YAML, each below those that it belongs to, in whatever order."""
    lines = [line for line in block.split("\n") if line.strip() and not line.lstrip().startswith("#")]
    indents = [len(line) - len(line.lstrip()) for line in lines]
    # The first line begins in the middle, after its indentation.
    indents[0] = min(indents[1:], default=0)
    above: list[tuple[int, str]] = []
    found: list[list[str]] = []
    for indent, line in zip(indents, map(str.strip, lines), strict=True):
        # The entries of a list may stand below their key without indentation.
        depth = 2 * indent + line.startswith("-")
        while above and above[-1][0] >= depth:
            above.pop()
        above.append((depth, line))
        found.append([one for _, one in above[-_DEEPEST:]])
    return sorted(found)


class _Pairs(list[tuple[str, Any]]):
    """The members of an object; a key may be there twice."""


def _in_order(value: Any) -> Any:
    if isinstance(value, _Pairs):
        return {"members": sorted([[key, _in_order(one)] for key, one in value], key=json.dumps)}
    return sorted(map(_in_order, value), key=json.dumps) if isinstance(value, list) else value

"""Policies to canonical JSON: known elements in their order, a list of one as a bare value, two spaces a level.

The order of list members and of condition keys is the author's and stays; it has no meaning but often a purpose.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final, TypeAlias

from jfml_policies.policy.kinds import DOCUMENT_ELEMENTS, STATEMENT_ELEMENTS
from jfml_policies.policy.nodes import Policy
from jfml_policies.text.tree import (
    Json,
    JsonArray,
    JsonBoolean,
    JsonNumber,
    JsonObject,
    JsonString,
    Member,
)

__all__ = ["compact", "quote", "write"]

_Change: TypeAlias = Callable[[Json], Json]

_needs_escape = re.compile(r'["\\\x00-\x1f\ud800-\udfff]')
_SHORT: Final = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}


def write(policy: Policy) -> str:
    """The canonical text of a policy, with a final newline.

    Reading it back gives an equal policy, and writing that gives the same text. What the parser could not use is
    written as it stands.

    >>> from jfml_policies.policy.parse import parse_text
    >>> print(write(parse_text('{"Statement":{"Resource":["*"],"Action":"s3:*","Effect":"Deny"}}')), end="")
    {
      "Statement": [
        {
          "Effect": "Deny",
          "Action": "s3:*",
          "Resource": "*"
        }
      ]
    }
    """
    return "".join(_pieces(_canonical_document(policy.tree), "\n")) + "\n"


def compact(tree: Json) -> str:
    """A tree as JSON without any white space between tokens, in the order it stands.

    >>> from jfml_policies.text.parse import parse_json
    >>> compact(parse_json('{ "a" : [1, 2] }'))
    '{"a":[1,2]}'
    """
    return "".join(_pieces(tree, None))


def quote(text: str) -> str:
    r"""A JSON string with its quotes; unpaired surrogates and control characters are escaped.

    >>> quote('say "hi"')
    '"say \\"hi\\""'
    """
    return f'"{_needs_escape.sub(_escaped, text)}"'


def _escaped(match: re.Match[str]) -> str:
    return _SHORT.get(match[0]) or f"\\u{ord(match[0]):04x}"


def _canonical_document(tree: Json) -> Json:
    if not isinstance(tree, JsonObject):
        return tree
    members = []
    for member in _ordered(tree, DOCUMENT_ELEMENTS):
        value = member.value
        if member.key.value == "Statement":
            items = value.items if isinstance(value, JsonArray) else (value,)
            if isinstance(value, (JsonArray, JsonObject)):
                value = JsonArray(tuple([_canonical_statement(item) for item in items]))
        members.append(Member(member.key, value))
    return JsonObject(tuple(members))


def _canonical_statement(tree: Json) -> Json:
    if not isinstance(tree, JsonObject):
        return tree
    members = []
    for member in _ordered(tree, STATEMENT_ELEMENTS):
        name, value = member.key.value, member.value
        if name in ("Action", "NotAction", "Resource", "NotResource"):
            value = _unwrapped(value)
        elif name in ("Principal", "NotPrincipal"):
            value = _each_value(value, _unwrapped)
        elif name == "Condition":
            value = _each_value(value, lambda block: _each_value(block, _unwrapped_scalar))
        members.append(Member(member.key, value))
    return JsonObject(tuple(members))


def _each_value(tree: Json, change: _Change) -> Json:
    if not isinstance(tree, JsonObject):
        return tree
    return JsonObject(tuple([Member(member.key, change(member.value)) for member in tree.members]))


def _unwrapped(value: Json) -> Json:
    """A list of one text as that text; another scalar is wrong here, and where it stands says what was expected."""
    only = _only_item(value)
    return only if isinstance(only, JsonString) else value


def _unwrapped_scalar(value: Json) -> Json:
    """A list of one condition value as that value."""
    only = _only_item(value)
    return only if isinstance(only, (JsonString, JsonNumber, JsonBoolean)) else value


def _only_item(value: Json) -> Json | None:
    return value.items[0] if isinstance(value, JsonArray) and len(value.items) == 1 else None


def _ordered(tree: JsonObject, order: tuple[str, ...]) -> list[Member]:
    """Known elements first, in their order; the others after them, as they stand."""
    ranks = {name: rank for rank, name in enumerate(order)}
    return sorted(tree.members, key=lambda member: ranks.get(member.key.value, len(order)))


def _pieces(tree: Json, line: str | None) -> list[str]:
    """The text in pieces; `line` is the line end with the current indent, or None for no layout."""
    if isinstance(tree, JsonString):
        return [quote(tree.value)]
    if isinstance(tree, JsonNumber):
        return [tree.raw]
    if isinstance(tree, JsonBoolean):
        return ["true" if tree.value else "false"]
    if not isinstance(tree, (JsonObject, JsonArray)):
        return ["null"]
    deeper = None if line is None else line + "  "
    entries: list[list[str]] = []
    if isinstance(tree, JsonObject):
        opening, closing = "{", "}"
        colon = ":" if line is None else ": "
        entries = [[quote(member.key.value), colon, *_pieces(member.value, deeper)] for member in tree.members]
    else:
        opening, closing = "[", "]"
        entries = [_pieces(item, deeper) for item in tree.items]
    if not entries:
        return [opening + closing]
    pieces = [opening]
    for index, entry in enumerate(entries):
        pieces.append(("," if index else "") + (deeper or ""))
        pieces += entry
    pieces.append((line or "") + closing)
    return pieces

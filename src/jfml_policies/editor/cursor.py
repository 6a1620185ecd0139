"""Where the cursor stands in a JSON text, finished or not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from jfml_policies.editor.loose_json import LooseArray, LooseObject, LooseText, loose_json
from jfml_policies.findings import Path, Span
from jfml_policies.record import record

if TYPE_CHECKING:
    from jfml_policies.editor.loose_json import Loose, LooseMember

__all__ = ["Cursor", "cursor_at"]


@record(eq=False)
class Cursor:
    """Where the cursor stands.

    Attributes:
        role: whether a key or a value stands or belongs there.
        path: names and indexes that lead there; where a key belongs, they lead to its object.
        around: the objects and arrays that hold the place, outermost first, one for each step of `path` and,
            where a key belongs, the object itself.
        typed: what is written before the cursor, decoded.
        whole: the whole of what the cursor stands in, decoded; empty where it stands in nothing.
        span: what a completion replaces, quotes excluded.
        token: the whole of what the cursor stands in, quotes included, or None.
        quoted: whether the place is inside quotes.
        colon: for a key, whether its colon is there already.
    """

    role: Literal["key", "value"]
    path: Path
    around: tuple[LooseArray | LooseObject, ...]
    typed: str
    whole: str
    span: Span
    token: Span | None
    quoted: bool
    colon: bool = False


def cursor_at(text: str, offset: int) -> Cursor:
    """Where an offset stands in a text; the answer is the best guess when the text is no JSON.

    >>> text = '{"Statement": [{"Effect": "Allow", "Action": "s3:Ge'
    >>> cursor = cursor_at(text, len(text))
    >>> cursor.role, cursor.path, cursor.typed
    ('value', ('Statement', 0, 'Action'), 's3:Ge')
    """
    offset = max(0, min(offset, len(text)))
    holder: LooseArray | LooseObject = loose_json(text)
    path: list[str | int] = []
    around: list[LooseArray | LooseObject] = []
    is_root = True
    while True:
        if isinstance(holder, LooseObject):
            around.append(holder)
            member = _member_at(holder, offset)
            if member is None or _touches(member.key, offset):
                return _on_key(member, tuple(path), tuple(around), offset)
            path.append(member.key.value)
            inner = member.value
        else:
            place, inner = _item_at(holder, offset)
            if not is_root:
                around.append(holder)
                path.append(place)
        is_root = False
        if isinstance(inner, (LooseObject, LooseArray)) and inner.start < offset and _is_inside(inner, offset, text):
            holder = inner
            continue
        token = inner if isinstance(inner, LooseText) and _touches(inner, offset) else None
        return _made("value", tuple(path), tuple(around), token, offset, colon=False)


def _on_key(
    member: LooseMember | None, path: Path, around: tuple[LooseArray | LooseObject, ...], offset: int
) -> Cursor:
    key = None if member is None else member.key
    return _made("key", path, around, key, offset, colon=member is not None and member.colon is not None)


def _made(
    role: Literal["key", "value"],
    path: Path,
    around: tuple[LooseArray | LooseObject, ...],
    token: LooseText | None,
    offset: int,
    *,
    colon: bool,
) -> Cursor:
    if token is None:
        return Cursor(role, path, around, "", "", Span(offset, offset), None, quoted=False)
    whole_is_meant = not token.quoted or (token.closed and not _swallowed(token, offset))
    end = token.inner_end if whole_is_meant else offset
    return Cursor(
        role,
        path,
        around,
        token.decoded(offset),
        token.value,
        Span(token.inner_start, end),
        Span(token.start, token.end),
        quoted=token.quoted,
        colon=colon,
    )


def _swallowed(token: LooseText, offset: int) -> bool:
    """Whether a quote that closes a string was meant to open the next: nothing but JSON's marks are before it."""
    rest = token.raw[offset - token.start : -1]
    return "," in rest and not rest.strip(" \t,]}")


def _touches(token: LooseText, offset: int) -> bool:
    """Whether typing at an offset changes the token: between its quotes, or right behind an open one."""
    return token.inner_start <= offset <= token.inner_end


def _is_inside(inner: LooseObject | LooseArray, offset: int, text: str) -> bool:
    closed = inner.end > inner.start and text[inner.end - 1 : inner.end] == (
        "}" if isinstance(inner, LooseObject) else "]"
    )
    return offset < inner.end or (offset == inner.end and not closed)


def _member_at(holder: LooseObject, offset: int) -> LooseMember | None:
    """The member whose key the cursor touches, or in whose value's place it stands; None between members."""
    for member in reversed(holder.members):
        if member.key.start > offset:
            continue
        if _touches(member.key, offset):
            return member
        if member.colon is None or offset <= member.colon:
            return None
        if member.value is None or offset <= member.value.start or _reaches(member.value, offset):
            return member
        return None
    return None


def _reaches(value: Loose, offset: int) -> bool:
    return offset <= value.inner_end if isinstance(value, LooseText) else offset <= value.end


def _item_at(holder: LooseArray, offset: int) -> tuple[int, Loose | None]:
    """The index of the cursor's place in an array, and the item there, if any."""
    place = 0
    for item in holder.items:
        if _reaches(item, offset):
            return place, item if item.start < offset or _starts_at(item, offset) else None
        place += 1
    return place, None


def _starts_at(item: Loose, offset: int) -> bool:
    return isinstance(item, LooseText) and _touches(item, offset)

"""Edits of YAML: one plain or quoted value in place of another, in a file without anchors.

Everything else that a fix may do (taking out, adding, values over several lines) would have to know the layout.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from jfml_policies.findings import Edit

if TYPE_CHECKING:
    from jfml_policies.findings import Span

__all__ = ["scalar_edit"]

#: What may be an anchor or an alias; a value that is used twice is not edited, and it is not told apart which are.
_anchor = re.compile(r"(?:^|[\s\[{,])[&*][^\s,\[\]{}*]", re.MULTILINE)
#: Texts that mean themselves without quotes, in blocks and in flow.
_plain = re.compile(r"[A-Za-z][A-Za-z0-9_./*@+=-]*(?::[A-Za-z0-9_./*@+=-]+|::+[A-Za-z0-9_./*@+=-]+)*")
#: Words that YAML 1.1 takes for something else than text.
_WORDS: Final = frozenset(("true", "false", "yes", "no", "on", "off", "y", "n", "null"))
#: A tag before a value, which makes something else of it.
_tag = re.compile(r"!\S*\s*$")
_LONGEST_TAG: Final = 200


def scalar_edit(host: str, span: Span, old: str, new: str) -> Edit | None:
    """The edit of a YAML file that replaces a value; None where the value is written in another way.

    Args:
        host: the file's text.
        span: where the value stands, with its quotes.
        old: the value as JSON.
        new: the value to be, as JSON.

    >>> from jfml_policies.findings import Span
    >>> scalar_edit("Action: 's3:GetObjct'", Span(8, 21), '"s3:GetObjct"', '"s3:GetObject"')
    Edit(span=Span(start=8, end=21), text="'s3:GetObject'")
    >>> scalar_edit("Action: !Sub s3:GetObjct", Span(13, 24), '"s3:GetObjct"', '"s3:GetObject"')
    """
    before, after = _text(old), _text(new)
    if not before or not after or not after.isprintable() or "${" in after or _has_anchors(host):
        return None
    if _tag.search(host, max(0, span.start - _LONGEST_TAG), span.start):
        return None
    written = host[span.start : span.end]
    if written == before and _is_plain(before):
        return Edit(span, after if _is_plain(after) else f"'{after}'") if "'" not in after else None
    for quote in ("'", '"'):
        if written == f"{quote}{before}{quote}" and not any(mark in before + after for mark in (quote, "\\")):
            return Edit(span, f"{quote}{after}{quote}")
    return None


def _text(value: str) -> str | None:
    try:
        found = json.loads(value)
    except ValueError:
        return None
    return found if isinstance(found, str) else None


def _is_plain(text: str) -> bool:
    return _plain.fullmatch(text) is not None and text.lower() not in _WORDS


@lru_cache(maxsize=4)
def _has_anchors(host: str) -> bool:
    return _anchor.search(host) is not None

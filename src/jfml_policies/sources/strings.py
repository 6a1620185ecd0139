"""Documents that stand in a file as strings: JSON in a string, URL-encoded or not."""

from __future__ import annotations

from jfml_policies.sources.places import Pieces, Places, Through, decode_json_string, decode_url
from jfml_policies.sources.source import Quoted

__all__ = ["quoted_document", "unwrapped"]


def quoted_document(host: str, start: int, end: int) -> Quoted | None:
    """The document that a JSON string of a file holds; None where it holds no object.

    Args:
        host: the file's text.
        start: where the string starts, its opening quote.
        end: the place after its closing quote.

    >>> quoted_document('{"Policy": "%7B%7D"}', 11, 19).text
    '{}'
    """
    return unwrapped(*decode_json_string(host, start, end))


def unwrapped(text: str, places: Pieces) -> Quoted | None:
    """The document in a text that was decoded once already: it may be URL-encoded still."""
    found: Places = places
    if text.lstrip()[:3].upper() == "%7B":
        text, inner = decode_url(text)
        found = Through(inner, places)
    return Quoted(text, found) if text.lstrip().startswith("{") else None

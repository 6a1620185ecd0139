"""Documents that stand in a file as strings: JSON in a string, URL-encoded or not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jfml_policies.errors import JsonSyntaxError
from jfml_policies.policy.detect import is_policy_shaped, locate
from jfml_policies.sources.places import Piece, Pieces, Places, Through, decode_escapes, decode_json_string, decode_url
from jfml_policies.sources.source import Quoted
from jfml_policies.text.parse import parse_json

if TYPE_CHECKING:
    from jfml_policies.text.tree import Json, JsonString

__all__ = ["document_in_string", "is_meant_as_policy", "is_policy", "quoted_document"]

_word = re.compile(r"\S+")
#: How names end under which a text is meant as a policy, even where it is broken.
_of_policies = re.compile(r"(?:polic(?:y|ies)|document|policy_?text)(?:\[\d+\])*$", re.IGNORECASE)


def is_policy(tree: Json) -> bool:
    """Whether the JSON in a string is a policy, and not something that holds one, as a template or a definition."""
    return is_policy_shaped(tree) and not locate(tree).wrapper


def is_meant_as_policy(text: str, address: str) -> bool:
    """Whether the text of a string is meant as a policy; where it is broken, the name above it tells.

    >>> is_meant_as_policy('{"Statement": [', "aws_sqs_queue.q.policy")
    True
    """
    try:
        return is_policy(parse_json(text))
    except JsonSyntaxError:
        return _of_policies.search(address) is not None


def quoted_document(host: str, start: int, end: int) -> Quoted | None:
    """The document that a JSON string of a file holds; None where it holds no object.

    Args:
        host: the file's text.
        start: where the string starts, its opening quote.
        end: the place after its closing quote.

    >>> quoted_document('{"Policy": "%7B%7D"}', 11, 19).text
    '{}'
    """
    text, outer = decode_json_string(host, start, end)
    places: Places = outer
    if text.lstrip()[:3].upper() == "%7B":
        text, inner = decode_url(text)
        places = Through(inner, outer)
    elif text.startswith('{\\"'):
        # API Gateway gives a text with the escapes of a string, without its quotes.
        text, inner = decode_escapes(text)
        places = Through(inner, outer)
    return Quoted(text, places) if text.lstrip().startswith("{") else None


def document_in_string(host: str, string: JsonString) -> Quoted:
    """The document that a string of a template holds, in JSON or in any of YAML's ways to write a string."""
    if host[string.start : string.start + 1] == '"':
        text, places = decode_json_string(host, string.start, string.end)
        if text == string.value:
            return Quoted(text, places)
    return Quoted(string.value, _places_by_word(host, string))


def _places_by_word(host: str, string: JsonString) -> Pieces:
    """Places of a YAML string whose words stand in the file as they are, whatever space and line ends between them."""
    pieces: list[Piece] = []
    at = string.start
    for word in _word.finditer(string.value):
        found = host.find(word[0], at, string.end)
        if found < 0:
            return Pieces((Piece(0, len(string.value), string.start, string.end, copied=False),))
        at = found + len(word[0])
        pieces.append(Piece(word.start(), word.end(), found, at, copied=True))
    return Pieces(tuple(pieces))

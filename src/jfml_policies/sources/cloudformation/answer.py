"""Templates as CloudFormation hands them back: an object or a text in the answer of `get-template`.

Source: AWS CloudFormation API Reference, `GetTemplate`; AWS CLI Command Reference, `cloudformation get-template`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jfml_policies.errors import JsonSyntaxError
from jfml_policies.findings import Span
from jfml_policies.sources.found import Unread
from jfml_policies.sources.strings import document_in_string
from jfml_policies.text.parse import parse_json
from jfml_policies.text.tree import JsonObject, JsonString, placed

if TYPE_CHECKING:
    from jfml_policies.text.tree import Json

__all__ = ["body_of", "is_answer", "tree_of"]

_BODY = "TemplateBody"
_mark = re.compile(rf"""["']?{_BODY}["']?\s*:""")


def is_answer(text: str) -> bool:
    """Whether a text may be such an answer, told from its words.

    >>> is_answer('{"TemplateBody": {}}')
    True
    """
    return _mark.search(text) is not None


def tree_of(text: str, *, yaml: bool) -> Json:
    """A template as a tree.

    Raises:
        JsonSyntaxError: it is broken.
        InputError: it is YAML, and PyYAML is not installed.
    """
    if not yaml:
        return parse_json(text)
    from jfml_policies.text.yaml_tree import parse_yaml

    return parse_yaml(text, template=True)


def body_of(answer: Json, host: str) -> Json | Unread | None:
    """The template in an answer, at its places in the file; None where there is none.

    Args:
        answer: the answer.
        host: the file's text.

    Raises:
        InputError: the template is YAML, and PyYAML is not installed.
    """
    body = answer.get(_BODY) if isinstance(answer, JsonObject) and answer.get("Resources") is None else None
    if not isinstance(body, JsonString):
        return body
    quoted = document_in_string(host, body)

    def place(start: int, end: int) -> tuple[int, int]:
        span = quoted.places.host(Span(start, end)) if start >= 0 else Span(start, end)
        return span.start, span.end

    try:
        return placed(tree_of(quoted.text, yaml=not quoted.text.lstrip().startswith("{")), place)
    except JsonSyntaxError as error:
        return Unread(_BODY, f"its text is broken: {error.message}", quoted.text, Span(body.start, body.end))

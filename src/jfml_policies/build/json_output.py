"""Policy documents as JSON text."""

from __future__ import annotations

import json
from typing import Final

from jfml_policies.build.statements import Document

__all__ = ["compact_json", "json_text"]

#: A policy's text holds tab, line ends and U+0020 to U+00FF ("PutRolePolicy" in the IAM API Reference).
_LAST_PLAIN: Final = "\xff"


def json_text(document: Document) -> str:
    """The document as JSON: two spaces a level, elements in the document's order, a final newline.

    Characters that the text of a policy may not hold are written as escapes.

    >>> print(json_text({"Version": "2012-10-17", "Statement": []}), end="")
    {
      "Version": "2012-10-17",
      "Statement": []
    }
    """
    return _escaped(json.dumps(document, indent=2, ensure_ascii=False)) + "\n"


def compact_json(document: Document) -> str:
    """The same document without layout, which is what AWS counts.

    >>> compact_json({"Version": "2012-10-17", "Statement": []})
    '{"Version":"2012-10-17","Statement":[]}'
    """
    return _escaped(json.dumps(document, separators=(",", ":"), ensure_ascii=False))


def _escaped(text: str) -> str:
    return "".join(sign if sign <= _LAST_PLAIN else json.dumps(sign)[1:-1] for sign in text)

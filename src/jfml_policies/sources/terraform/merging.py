"""Documents that a policy document of a plan is merged from.

Source: AWS provider documentation, "Data Source: aws_iam_policy_document", `source_policy_documents` and
`override_policy_documents`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jfml_policies.errors import JsonSyntaxError
from jfml_policies.findings import Span
from jfml_policies.sources.shape import Items, Members, Word, shape_of
from jfml_policies.sources.strings import quoted_document
from jfml_policies.sources.terraform.arguments import NotTold
from jfml_policies.text.parse import parse_json
from jfml_policies.text.tree import placed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jfml_policies.sources.shape import Shape
    from jfml_policies.sources.source import Quoted
    from jfml_policies.sources.terraform.arguments import Argument

__all__ = ["documents_in", "merged"]

_STATEMENT: Final = "Statement"


def documents_in(argument: Argument | None) -> Iterator[tuple[Argument, Members]]:
    """The documents that are merged.

    Raises:
        NotTold: one of them is not known, or is no document.
    """
    if argument is None or argument.is_missing:
        return
    items = [] if argument.is_unknown else argument.items()
    if argument.is_unknown or any(one.is_unknown for one in items):
        raise NotTold("it is merged from documents that are known only after apply")
    for one in items:
        if one.is_missing:
            continue
        one.text()
        quoted = quoted_document(one.value.text, one.start, one.end) if one.value is not None else None
        shape = _shape(quoted) if quoted is not None else None
        if not isinstance(shape, Members):
            raise NotTold("it is merged from a document that can't be read")
        yield one, shape


def _shape(quoted: Quoted) -> Shape | None:
    """A document in a string, at its places in the file; None where it is no JSON."""

    def place(start: int, end: int) -> tuple[int, int]:
        span = quoted.places.host(Span(start, end))
        return span.start, span.end

    try:
        return shape_of(placed(parse_json(quoted.text), place))
    except JsonSyntaxError:
        return None


def merged(
    sources: list[tuple[Argument, Members]], own: list[Members], overrides: list[tuple[Argument, Members]]
) -> list[Members]:
    """Statements of several documents: a later one takes the place of an earlier one of the same Sid.

    Raises:
        NotTold: a Sid is not known, or a document holds something else than statements.
    """
    found: list[Members] = []
    places: dict[str, int] = {}
    before, after = [
        [one for _, document in listed for one in _statements_in(document)] for listed in (sources, overrides)
    ]
    for statement in (*before, *own, *after):
        _put(statement, found, places)
    return found


def _put(statement: Members, found: list[Members], places: dict[str, int]) -> None:
    sid = next((value for name, value in statement.members if name.text == "Sid"), None)
    if sid is not None and (not isinstance(sid, Word) or sid.text is None):
        raise NotTold("it is merged by Sids that are known only after apply")
    name = sid.text if isinstance(sid, Word) else None
    if name and name in places:
        found[places[name]] = statement
        return
    if name:
        places[name] = len(found)
    found.append(statement)


def _statements_in(document: Members) -> Iterator[Members]:
    for name, value in document.members:
        if name.text == _STATEMENT:
            for statement in value.items if isinstance(value, Items) else (value,):
                if not isinstance(statement, Members):
                    raise NotTold("it is merged from a document that can't be read")
                yield statement

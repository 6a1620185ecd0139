"""A statement in one line, for people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jfml_policies.access.phrases import phrase

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from jfml_policies.policy.nodes import Principals, Statement

__all__ = ["principal_names", "summary"]

_SHOWN: Final = 3


def summary(statement: Statement) -> str:
    """A statement in one line, for an exception.

    >>> from jfml_policies.policy.parse import parse_text
    >>> text = '{"Statement": {"Sid": "Read", "Effect": "Allow", "Action": "s3:Get*", "Resource": "*"}}'
    >>> summary(parse_text(text).statements[0])
    'Allow s3:Get* on *'
    """
    pieces = [statement.effect.value if statement.effect else "?"]
    for listing, lead in ((statement.actions, ""), (statement.resources, "on ")):
        if listing is not None:
            words = "everything but " if listing.name.startswith("Not") else ""
            pieces.append(f"{lead}{words}{_first([value.value for value in listing.values])}")
    principals = principal_names([statement.principals])
    if principals:
        negated = "everybody but " if statement.not_principal else ""
        pieces.append(f"by {negated}{_first(principals)}")
    if statement.tests:
        # All of them: each one makes the exception smaller, so leaving one out would claim too much.
        pieces.append("when " + " and ".join(phrase(test) for test in statement.tests))
    return " ".join(pieces)


def _first(texts: Sequence[str]) -> str:
    """The first few of some texts that are alternatives, and how many more there are."""
    more = f" and {len(texts) - _SHOWN} more" if len(texts) > _SHOWN else ""
    return ", ".join(texts[:_SHOWN]) + more


def principal_names(elements: Iterable[Principals | None]) -> tuple[str, ...]:
    """The principals of some elements as `AWS: arn:...`, each once."""
    return tuple(dict.fromkeys(name for element in elements if element is not None for name in _names(element)))


def _names(element: Principals) -> Iterator[str]:
    if element.text is not None:
        yield element.text.value
    for group in element.groups:
        for value in group.values:
            yield f"{group.type.value}: {value.value}"

"""Elements of a policy: completions of their names and of the values that are fixed, and what each says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jfml_policies.editor.candidate import Candidate, candidate, is_begun
from jfml_policies.policy.kinds import DOCUMENT_ELEMENTS, EFFECTS, STATEMENT_ELEMENTS, VERSIONS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jfml_policies.editor.place import Place

__all__ = ["ELEMENT_MEANINGS", "element_candidates", "value_candidates"]

#: What each element says, in a sentence.
ELEMENT_MEANINGS: Final = {
    "Version": "The version of the policy language; only `2012-10-17` knows policy variables.",
    "Id": "A name for the document, for people and some services.",
    "Statement": "The statements: one, or a list. An Allow grants, a Deny beats every Allow.",
    "Sid": "A name for the statement.",
    "Effect": "Whether the statement allows or denies what it describes.",
    "Principal": "Who: accounts, roles, users, services or identity providers.",
    "NotPrincipal": "Everyone but these. Beside Allow that is the whole world.",
    "Action": "What may or may not be done: `service:Name`, with `*` and `?` as wildcards.",
    "NotAction": "Every action but these, those of services to come included.",
    "Resource": "On what: ARNs, with `*` and `?` as wildcards.",
    "NotResource": "On every resource but these.",
    "Condition": "Under which circumstances: every operator and key must hold; one of its values is enough.",
}
_RIVALS: Final = {
    "Principal": "NotPrincipal",
    "NotPrincipal": "Principal",
    "Action": "NotAction",
    "NotAction": "Action",
    "Resource": "NotResource",
    "NotResource": "Resource",
}


def element_candidates(place: Place) -> Iterator[Candidate]:
    """Names of elements that the document or statement lacks; one that excludes a present one is left out."""
    names = DOCUMENT_ELEMENTS if place.kind == "document-element" else STATEMENT_ELEMENTS
    present = {name.lower() for name in place.siblings}
    for rank, name in enumerate(names):
        if name.lower() in present or _RIVALS.get(name, "").lower() in present:
            continue
        if is_begun(name, place.cursor.typed):
            yield candidate(place.cursor, name, "element", rank=rank)


def value_candidates(place: Place) -> Iterator[Candidate]:
    """The values of `Effect` and `Version`."""
    values: Sequence[str] = EFFECTS if place.kind == "effect" else VERSIONS
    for rank, value in enumerate(values):
        if is_begun(value, place.cursor.typed):
            yield candidate(place.cursor, value, "value", rank=rank)

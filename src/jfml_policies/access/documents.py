"""The documents that apply to a request, sorted by the part that each kind plays."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Final, TypeAlias

from jfml_policies.errors import UsageError
from jfml_policies.policy.kinds import KINDS
from jfml_policies.policy.nodes import Policy
from jfml_policies.policy.parse import parse_tree
from jfml_policies.policy.read import Document, as_policy, is_document
from jfml_policies.record import record, replace

if TYPE_CHECKING:
    from jfml_policies.policy.kinds import Kind

__all__ = ["Document", "DocumentSet", "Documents", "Source", "gather"]

#: One document, several, or several of several levels.
DocumentSet: TypeAlias = "Document | Iterable[Document | Iterable[Document]]"

#: More documents than any request meets.
_MOST: Final = 1_000


@record
class Source:
    """A document that takes part in a decision.

    Attributes:
        policy: the document.
        number: its place among all the documents, from 0, in the order in which the caller listed them.
        name: what to call it: the path of its file, or its kind.
    """

    policy: Policy
    number: int
    name: str


@record
class Documents:
    """Documents by their part.

    Attributes:
        identity: attached to whoever asks; None when nothing is said of them, empty when there are none.
        resource: attached to the resource, trust policies included; None and empty as for `identity`.
        boundary: the permissions boundary.
        session: the session policies.
        endpoint: of the VPC endpoint that the call goes through.
        scps: service control policies by level, from the organization's root to the account.
        rcps: resource control policies by level.
    """

    identity: tuple[Source, ...] | None
    resource: tuple[Source, ...] | None
    boundary: tuple[Source, ...] = ()
    session: tuple[Source, ...] = ()
    endpoint: tuple[Source, ...] = ()
    scps: tuple[tuple[Source, ...], ...] = ()
    rcps: tuple[tuple[Source, ...], ...] = ()

    def __iter__(self) -> Iterator[Source]:
        """All documents, the organization's first."""
        for level in (*self.scps, *self.rcps):
            yield from level
        for part in (self.endpoint, self.resource, self.identity, self.boundary, self.session):
            yield from part or ()


def gather(
    documents: DocumentSet,
    *,
    identity: DocumentSet | None = None,
    resource: DocumentSet | None = None,
    boundary: DocumentSet = (),
    session: DocumentSet = (),
    endpoint: DocumentSet = (),
    scps: DocumentSet = (),
    rcps: DocumentSet = (),
) -> Documents:
    """The documents by their part; those of `documents` by their kind.

    Raises:
        UsageError: something is no document, there are too many, or two where only one can be.
        InputError: a file cannot be read or holds no JSON.
    """
    reader = _Reader()
    loose = reader.level(documents, None)

    def of_kind(*kinds: Kind) -> tuple[Source, ...]:
        return tuple([source for source in loose if source.policy.kind in kinds])

    def part(given: DocumentSet | None, kind: Kind, *kinds: Kind) -> tuple[Source, ...] | None:
        found = of_kind(kind, *kinds)
        if given is None:
            return found or None
        return (*reader.level(given, kind), *found)

    def levels(given: DocumentSet, kind: Kind) -> tuple[tuple[Source, ...], ...]:
        found = of_kind(kind)
        return (*reader.levels(given, kind), *((found,) if found else ()))

    return reader.named(
        Documents(
            identity=part(identity, "identity"),
            resource=part(resource, "resource", "trust"),
            boundary=_at_most_one(part(boundary, "boundary"), "a principal has one permissions boundary"),
            session=part(session, "session") or (),
            endpoint=_at_most_one(part(endpoint, "endpoint"), "a VPC endpoint has one policy"),
            scps=levels(scps, "scp"),
            rcps=levels(rcps, "rcp"),
        )
    )


def _at_most_one(sources: tuple[Source, ...] | None, why: str) -> tuple[Source, ...]:
    if sources is not None and len(sources) > 1:
        raise UsageError(f"{why}, not {len(sources)}")
    return sources or ()


class _Reader:
    """Reads and numbers documents in the order in which they come."""

    def __init__(self) -> None:
        self._count = 0

    def levels(self, given: DocumentSet, kind: Kind) -> tuple[tuple[Source, ...], ...]:
        """Documents by level; those that are not in lists of their own are one level."""
        entries = _entries(given)
        if all(map(is_document, entries)):
            return (self.level(entries, kind),) if entries else ()
        return tuple([self.level(entry, kind) for entry in entries])

    def level(self, given: DocumentSet, kind: Kind | None) -> tuple[Source, ...]:
        return tuple([self._source(entry, kind) for entry in _entries(given)])

    def _source(self, document: object, kind: Kind | None) -> Source:
        if self._count == _MOST:
            raise UsageError(f"more than {_MOST:,} documents are too many for one request")
        number = self._count
        self._count += 1
        if not is_document(document):
            raise UsageError(f"a policy document can't be of type {type(document).__name__}")
        name = os.fspath(document) if isinstance(document, os.PathLike) else ""
        return Source(_as_kind(as_policy(document), kind), number, name)

    def named(self, documents: Documents) -> Documents:
        """The same with a name for those that have none: their kind, numbered where there are several."""
        alike: dict[str, list[Source]] = {}
        for source in documents:
            if not source.name:
                alike.setdefault(source.policy.kind, []).append(source)
        names: dict[int, str] = {}
        for sources in alike.values():
            for place, source in enumerate(sorted(sources, key=lambda one: one.number), start=1):
                title = KINDS[source.policy.kind].title
                names[source.number] = f"the {title}" if len(sources) == 1 else f"{title} {place}"

        def name(sources: tuple[Source, ...]) -> tuple[Source, ...]:
            return tuple([replace(source, name=source.name or names[source.number]) for source in sources])

        return Documents(
            identity=None if documents.identity is None else name(documents.identity),
            resource=None if documents.resource is None else name(documents.resource),
            boundary=name(documents.boundary),
            session=name(documents.session),
            endpoint=name(documents.endpoint),
            scps=tuple(map(name, documents.scps)),
            rcps=tuple(map(name, documents.rcps)),
        )


def _entries(given: DocumentSet) -> list[Document | Iterable[Document]]:
    if is_document(given):
        return [given]
    if not isinstance(given, Iterable):
        raise UsageError(f"a policy document can't be of type {type(given).__name__}")
    return list(islice(given, _MOST + 1))


def _as_kind(policy: Policy, kind: Kind | None) -> Policy:
    """The policy read as the kind that the caller gives it, whatever its shape suggests."""
    if kind is None or policy.kind == kind or (kind == "resource" and policy.kind == "trust"):
        return policy
    return parse_tree(policy.tree, text=policy.text, kind=kind, resource_type=policy.resource_type)

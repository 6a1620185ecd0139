"""A side of a comparison with a need: documents that count together, sets of requests, or both."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, TypeAlias

from jfml_policies.access.access import Access
from jfml_policies.errors import UsageError
from jfml_policies.policy.read import as_policy, is_document
from jfml_policies.privilege.joined import Joined, Source, joined
from jfml_policies.record import record

if TYPE_CHECKING:
    from jfml_policies.policy.nodes import Policy
    from jfml_policies.policy.read import Document

__all__ = ["ReadSide", "Side", "read_side"]

#: A document in any form, a task, or a set of requests.
Side: TypeAlias = "Document | Access"


@record
class ReadSide:
    """What was given as one side.

    Attributes:
        joined: all of it as one document; None where documents can't spell it out.
        documents: the documents among it as one; None without any.
        sets: the sets of requests among it.
        kinds: of the documents.
    """

    joined: Joined | None
    documents: Joined | None
    sets: tuple[Access, ...]
    kinds: tuple[str, ...]

    def access(self) -> Access:
        """All of it as a set of requests."""
        sets = [*([Access.of(self.documents.policy)] if self.documents else []), *self.sets]
        whole = sets[0]
        for one in sets[1:]:
            whole = whole | one
        return whole


def read_side(given: Side | Iterable[Side], what: str, *, kind: str | None = None) -> ReadSide:
    """Reads what was given as one side.

    Args:
        given: one or several.
        what: what to call the side's policies.
        kind: of its documents; told from their content when None.

    Raises:
        UsageError: there is nothing, or something that is no document.
        InputError, JsonSyntaxError, UndecidedError: as of `as_policy` and `joined`.
    """
    several = isinstance(given, Iterable) and not is_document(given)
    entries: list[Access | Policy] = [
        one if isinstance(one, Access) else as_policy(one, kind=kind)  # type: ignore[arg-type]
        for one in (given if several else [given])  # type: ignore[union-attr]
    ]
    if not entries:
        raise UsageError(f"there is no {what} policy")
    policies = [one for one in entries if not isinstance(one, Access)]
    sets = tuple([one for one in entries if isinstance(one, Access)])
    documents = joined(policies) if policies else None
    if not sets:
        return ReadSide(documents, documents, sets, _kinds(policies))
    spelled = _spelled(entries)
    if spelled is None:
        return ReadSide(None, documents, sets, _kinds(policies))
    whole = joined([policy for policy, _ in spelled])
    numbers = [number for _, number in spelled]
    sources = {path: Source(numbers[source.document], source.statement) for path, source in whole.sources.items()}
    return ReadSide(Joined(whole.policy, sources), documents, sets, _kinds([policy for policy, _ in spelled]))


def _spelled(entries: list[Access | Policy]) -> list[tuple[Policy, int]] | None:
    """Policies that allow together what documents and sets do, each with the number of its entry; None without such."""
    found: list[tuple[Policy, int]] = []
    for number, entry in enumerate(entries):
        policies = entry.policies() if isinstance(entry, Access) else (entry,)
        if policies is None:
            return None
        found += [(policy, number) for policy in policies]
    # A Deny would reach out of its own set, or into one.
    denies = any(not statement.allows for policy, _ in found for statement in policy.statements)
    return None if denies and len(found) > 1 else found


def _kinds(policies: Iterable[Policy]) -> tuple[str, ...]:
    return tuple(sorted({policy.kind for policy in policies}))

"""What a reviewer should know of a change that sets of requests do not tell.

A statement without effect looks like access and is none. And naming somebody is more than naming their account: the
same request is allowed, but an account still has to pass the permission on, while a principal that is named has it.

Source: IAM User Guide, "How AWS enforcement code logic evaluates requests", "Principal" and "Evaluating policies
within a single account".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from jfml_policies.access.alternatives import Part, alternatives, with_entries
from jfml_policies.access.difference import Candidate
from jfml_policies.access.search import joined, open_states
from jfml_policies.access.space import PRINCIPAL
from jfml_policies.access.verdict import search
from jfml_policies.errors import BudgetExceededError
from jfml_policies.patterns.principal import Principal
from jfml_policies.record import record, replace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jfml_policies.access.alternatives import Entry
    from jfml_policies.access.difference import Boxed
    from jfml_policies.access.space import Box, Space
    from jfml_policies.findings import Path
    from jfml_policies.policy.nodes import Statement

__all__ = ["Note", "NoteCode", "notes"]

NoteCode = Literal["dead-statement", "direct-grant", "delegated-grant", "only-unknown-actions"]

#: Principals that are named one by one instead of their account, and the other way round.
_PERSONS: Final = ("role", "user", "assumed-role", "federated-user")
_MOST_PERSONS: Final = 50
_SHOWN: Final = 3


@record
class Note:
    """Something to know of a change.

    Attributes:
        code: what it is about.
        text: one clause in lower case.
        side: the document that it speaks of, or None for both.
        path: the statement, or None.
    """

    code: NoteCode
    text: str
    side: Literal["old", "new"] | None = None
    path: Path | None = None


def notes(space: Space, old: Boxed, new: Boxed) -> tuple[Note, ...]:
    """The notes that statements give which only one of two policies has."""
    return (
        *[Note("dead-statement", text, "new", path) for path, text in _dead(space, new, old)],
        *[Note("dead-statement", text, "old", path) for path, text in _dead(space, old, new)],
        *[
            Note(
                "direct-grant",
                f"{_listed(names)} {'is' if len(names) == 1 else 'are'} named where old names the account: a direct"
                " grant, for which no identity policy of the same account has to allow it any longer",
                "new",
                path,
            )
            for path, names in _named_instead_of_account(space, new, old)
        ],
        *[
            Note(
                "delegated-grant",
                f"{_listed(names)} {'was' if len(names) == 1 else 'were'} named where new names the account: no direct"
                " grant any longer, so that an identity policy has to allow it, too",
                "old",
                path,
            )
            for path, names in _named_instead_of_account(space, old, new)
        ],
    )


def _dead(space: Space, policy: Boxed, other: Boxed) -> Iterator[tuple[Path, str]]:
    """Statements that the other policy does not have and that do nothing."""
    same = set(other.policy.statements)
    denies = list(policy.denies)
    for statement in policy.policy.statements:
        if statement in same or statement.effect is None:
            continue
        boxes = space.boxes(replace(policy.policy, statements=(statement,)), statement.effect.value)
        if all(_is_outside(space, box, []) for box in boxes):
            yield statement.path, "the statement matches no request, so it has no effect"
        elif statement.allows and denies and all(_is_outside(space, box, denies) for box in boxes):
            yield statement.path, "the statement allows nothing, because all of it is denied in the same document"


def _is_outside(space: Space, box: Box, blockers: list[Box]) -> bool:
    """Whether it is proved that no request of a box is outside the blockers."""
    try:
        state = joined(space, {}, box)
        return state is None or next(iter(open_states(space, state, blockers)), None) is None
    except BudgetExceededError:
        return False


def _named_instead_of_account(space: Space, naming: Boxed, other: Boxed) -> Iterator[tuple[Path, list[str]]]:
    """Principals that one policy names and the other allows by their account alone, by the naming statement."""
    named_there = {
        principal.meaning for statement in other.allows.values() for principal, _ in _principals(statement, other)
    }
    accounts = {meaning[1] for meaning in named_there if meaning[0] == "account"}
    asked = 0
    for statement in naming.allows.values():
        names = []
        for principal, entry in _principals(statement, naming):
            if principal.kind not in _PERSONS or principal.account not in accounts or principal.meaning in named_there:
                continue
            asked += 1
            if asked > _MOST_PERSONS:
                break
            if _both_allow(space, statement, entry, naming, other, principal.account):
                names.append(principal.value)
        if names:
            yield statement.path, names


def _both_allow(space: Space, statement: Statement, entry: Entry, naming: Boxed, other: Boxed, account: str) -> bool:
    """Whether a request of the principal is allowed by its name here, and by its account there."""
    alone = with_entries(statement, "principal", [entry])
    for box in space.boxes(replace(naming.policy, statements=(alone,)), "Allow"):
        for other_box, there in other.allows.items():
            if not any(one.kind == "account" and one.account == account for one, _ in _principals(there, other)):
                continue
            candidate = Candidate(
                naming.policy, (statement, there), (), (box, other_box), {**naming.denies, **other.denies}
            )
            if search(space, [candidate], [naming, other], []).found:
                return True
    return False


def _principals(statement: Statement, policy: Boxed) -> list[tuple[Principal, Entry]]:
    return [
        (Principal.parse(entry[0].value if entry[0] else None, entry[1].value), entry)
        for listed in alternatives(Part(statement, policy.policy), also_single=True)
        if listed.dimension == PRINCIPAL
        for entry in listed.entries
    ]


def _listed(names: list[str]) -> str:
    shown = ", ".join(f"`{name}`" for name in names[:_SHOWN])
    return f"{shown} and {len(names) - _SHOWN} more" if len(names) > _SHOWN else shown

"""Access before and after at a glance: how many actions of each service and access level are allowed, came or went."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from jfml_policies.access.action_changes import action_changes
from jfml_policies.catalog import load
from jfml_policies.errors import UndecidedError
from jfml_policies.record import record, replace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jfml_policies.access.action_changes import ActionChange
    from jfml_policies.policy.nodes import Policy

__all__ = ["LEVELS", "Cell", "Lot", "Picture", "Row", "picture_of"]

#: AWS's access levels, what is harmless first; the empty one holds actions that the catalogue knows no level of.
LEVELS: Final = ("List", "Read", "Write", "Tagging", "Permissions management", "")

#: What became of an action: allowed as before, newly or no longer allowed at all, allowed for more or for fewer
#: requests, for some more and some fewer, or not known.
Lot: TypeAlias = Literal["same", "added", "removed", "wider", "narrower", "mixed", "unknown"]


@record
class Cell:
    """The actions of one access level of a service.

    Attributes:
        level: one of `LEVELS`.
        listed: how many there are in the catalogue; 0 for the empty level.
        before: how many old allows.
        after: how many new allows.
        lots: the actions of each lot but "same", sorted.
    """

    level: str
    listed: int
    before: int
    after: int
    lots: dict[Lot, tuple[str, ...]]


@record
class Row:
    """One service, with a cell for each access level of which something is allowed before or after."""

    service: str
    cells: tuple[Cell, ...]

    @property
    def is_changed(self) -> bool:
        """Whether something came or went, or may have."""
        return any(cell.lots for cell in self.cells)


@record
class Picture:
    """Access before and after.

    Attributes:
        rows: the services of which something is allowed before or after, sorted.
    """

    rows: tuple[Row, ...]


def picture_of(old: Sequence[Policy], new: Sequence[Policy]) -> Picture | None:
    """The picture of a change; None where there can be none.

    There is none of documents that AWS would refuse, that are of different kinds, or that are too large; and none where
    documents of one side are of different versions of the policy language.

    Args:
        old: the documents before, which count together.
        new: the documents after.

    >>> from jfml_policies.policy.read import loads
    >>> old = loads('{"Statement": {"Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "*"}}')
    >>> new = loads('{"Statement": {"Effect": "Allow", "Action": "sqs:*Message", "Resource": "*"}}')
    >>> [(cell.level, cell.before, cell.after, cell.lots) for cell in picture_of([old], [new]).rows[0].cells]
    [('Read', 0, 1, {'added': ('ReceiveMessage',)}), ('Write', 1, 2, {'added': ('DeleteMessage',)})]
    """
    if not old or not new or len({policy.kind for policy in (*old, *new)}) > 1:
        return None
    # In older versions of the language `${` is plain text, and documents that count together are read as one.
    if any(len({policy.has_variables for policy in side}) > 1 for side in (old, new)):
        return None
    try:
        changes = action_changes(_joined(old), _joined(new))
    except UndecidedError:
        return None
    cells: dict[str, dict[str, list[tuple[str, ActionChange]]]] = {}
    catalog = load()
    for change in changes:
        for name in change.actions:
            prefix, _, short = name.partition(":")
            action = catalog.action(name)
            level = action.access_level if action is not None and action.access_level in LEVELS else ""
            cells.setdefault(prefix.lower(), {}).setdefault(level, []).append((short, change))
    return Picture(tuple([_row(service, cells[service]) for service in sorted(cells)]))


def _joined(policies: Sequence[Policy]) -> Policy:
    statements = tuple([statement for policy in policies for statement in policy.statements])
    return policies[0] if len(policies) == 1 else replace(policies[0], statements=statements)


def _row(service: str, by_level: dict[str, list[tuple[str, ActionChange]]]) -> Row:
    listed: Counter[str] = Counter()
    known = load().service(service)
    if known is not None:
        listed.update(action.access_level for action in known.actions if action.access_level in LEVELS[:-1])
    return Row(service, tuple([_cell(level, listed[level], by_level[level]) for level in LEVELS if level in by_level]))


def _cell(level: str, listed: int, some: Sequence[tuple[str, ActionChange]]) -> Cell:
    lots: dict[Lot, list[str]] = {}
    for name, change in sorted(some, key=lambda one: one[0].lower()):
        lot = _lot(change)
        if lot != "same":
            lots.setdefault(lot, []).append(name)
    return Cell(
        level,
        listed,
        sum(change.before is True for _, change in some),
        sum(change.after is True for _, change in some),
        {lot: tuple(names) for lot, names in sorted(lots.items())},
    )


def _lot(change: ActionChange) -> Lot:
    if change.before is None or change.after is None:
        return "unknown"
    if not change.before:
        return "added"
    if not change.after:
        return "removed"
    match change.gained, change.lost:
        case False, False:
            return "same"
        case True, False:
            return "wider"
        case False, True:
            return "narrower"
        case True, True:
            return "mixed"
        case _:
            return "unknown"

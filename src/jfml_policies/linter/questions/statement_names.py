"""How messages call statements and lists of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jfml_policies.policy.nodes import Statement, Text

__all__ = ["entries_name", "listed", "statement_name", "together"]

#: Names that a message lists; the places of all are with the finding.
_MOST_NAMES: Final = 3
_LONGEST: Final = 60


def statement_name(statement: Statement) -> str:
    """A statement by its Sid, or else by its place.

    >>> from jfml_policies.policy.parse import parse_text
    >>> one, two = parse_text('{"Statement": [{"Sid": "Read"}, {"Sid": ""}]}').statements
    >>> statement_name(one), statement_name(two)
    ('`Read`', '`Statement[1]`')
    """
    if statement.sid is not None and 0 < len(statement.sid.value) <= _LONGEST:
        return f"`{statement.sid.value}`"
    return "`" + "".join(f"[{step}]" if isinstance(step, int) else step for step in statement.path) + "`"


def entries_name(entries: Sequence[Text]) -> str:
    """Entries of a list by the first of them."""
    more = len(entries) - 1
    return f"`{entries[0].value}`" + (f" and {more} more" if more else "")


def listed(names: Sequence[str]) -> str:
    """Names in a row.

    >>> listed(["a"]), listed(["a", "b", "c"]), listed(["a", "b", "c", "d"])
    ('a', 'a, b and c', 'a, b, c and 1 more')
    """
    shown = [*names[:_MOST_NAMES], f"{len(names) - _MOST_NAMES} more"] if len(names) > _MOST_NAMES else [*names]
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"


def together(by: Sequence[Statement], what: str) -> str:
    """What some statements do: those that grant and those that deny, each with the verb that fits.

    >>> from jfml_policies.policy.parse import parse_text
    >>> one, two = parse_text('''{"Statement": [
    ...     {"Sid": "Read", "Effect": "Allow"}, {"Sid": "NoDelete", "Effect": "Deny"}
    ... ]}''').statements
    >>> together([one, two], "all of it")
    '`Read` grants and `NoDelete` denies all of it'
    """
    clauses = []
    for effect, one_does, several_do in (("Allow", "grants", "grant"), ("Deny", "denies", "deny")):
        names = [statement_name(one) for one in by if one.effect is not None and one.effect.value == effect]
        if names:
            clauses.append(f"{listed(names)} {one_does if len(names) == 1 else 'together ' + several_do}")
    return f"{' and '.join(clauses)} {what}"

"""Principals as a finite set of cells: principals that no element of the policies tells apart share one.

Source: IAM User Guide, "AWS JSON policy elements: Principal" and "How AWS enforcement code logic evaluates requests".
"""

from __future__ import annotations

from itertools import chain, count
from typing import TYPE_CHECKING, TypeAlias

from jfml_policies.patterns.principal import Principal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from jfml_policies.policy.nodes import Principals

__all__ = ["PrincipalCells", "principals_of"]


def principals_of(element: Principals) -> tuple[Principal, ...]:
    """The principals that an element names; a wildcard inside one names nobody."""
    if element.text is not None:
        return (Principal.parse(None, element.text.value),)
    return tuple([Principal.parse(group.type.value, value.value) for group in element.groups for value in group.values])


#: What a principal may be called: everyone, by its account, by its role, or by its own value.
_Name: TypeAlias = "tuple[str, ...]"


class PrincipalCells:
    """One request principal for each class of principals that some policies tell apart.

    A set of principals is a mask with a bit for each cell.
    """

    __slots__ = ("_cells", "_names")

    def __init__(self, named: Iterable[Principal]) -> None:
        elements = list(dict.fromkeys(named))
        told_apart = {name for element in elements for name in _names_of_element(element)}
        by_signature: dict[frozenset[_Name], str] = {}
        for cell in _candidates(elements):
            by_signature.setdefault(_names_of_cell(cell) & told_apart, cell)
        self._cells = tuple(by_signature.values())
        self._names: dict[_Name, int] = {}
        for number, names in enumerate(by_signature):
            for name in names:
                self._names[name] = self._names.get(name, 0) | 1 << number

    def mask(self, elements: Sequence[Principal]) -> int:
        """The cells that some of the principals name."""
        mask = 0
        for element in elements:
            for name in _names_of_element(element):
                mask |= self._names.get(name, 0)
        return mask

    def everything(self) -> int:
        """The mask of all cells."""
        return (1 << len(self._cells)) - 1

    def first(self, mask: int) -> str:
        """The principal of the first cell of a mask that is not empty."""
        return self._cells[(mask & -mask).bit_length() - 1]


def _candidates(elements: Sequence[Principal]) -> Iterable[str]:
    """Request principals that meet every combination of elements that any principal can meet."""
    accounts = _accounts_of(elements)
    others = _unnamed(elements)
    for element in elements:
        if element.kind in ("user", "assumed-role", "federated-user", "cloudfront-identity"):
            yield element.value
        elif element.kind == "role":
            yield f"arn:{element.partition}:sts::{element.account}:assumed-role/{element.name}/{others}-session"
            # A session's ARN does not tell the role's path; the same name may once stand for a role elsewhere.
            yield element.value
            yield f"arn:{element.partition}:iam::{element.account}:role/{others}/{element.name}"
        elif element.kind in ("service", "saml-provider", "oidc-provider", "canonical-user"):
            yield element.value
    taken = {account for _, account in accounts}
    fresh = next(account for account in _accounts() if account not in taken)
    for partition, account in [*accounts, ("aws", fresh)]:
        yield f"arn:{partition}:sts::{account}:assumed-role/{others}-role/{others}-session"
        yield f"arn:{partition}:iam::{account}:user/{others}-user"
        yield f"arn:{partition}:iam::{account}:root"
    yield f"{others}-service.amazonaws.com"
    yield f"arn:aws:iam::{fresh}:saml-provider/{others}-provider"
    yield next(user for user in _canonical_users() if all(user != element.value for element in elements))
    yield "anonymous"


def _accounts_of(elements: Sequence[Principal]) -> list[tuple[str, str]]:
    """The accounts that elements name, each with its partition; with several only where it is named in several.

    A bare id names no partition, and no account is in two: it is that of the ARNs with the same id.
    """
    found = dict.fromkeys((element.partition, element.account) for element in elements if element.partition)
    placed = {account for _, account in found}
    bare = [("aws", element.account) for element in elements if element.account and element.account not in placed]
    return [place for place in dict.fromkeys((*found, *bare)) if place[1]]


def _unnamed(elements: Sequence[Principal]) -> str:
    """A word that no element holds, so that names with it are those of others."""
    words = chain(("other",), (f"other{number}" for number in count(2)))
    return next(word for word in words if not any(word in element.value for element in elements))


def _accounts() -> Iterator[str]:
    return (f"{number:012d}" for number in range(999_999_999_999, 0, -1))


def _canonical_users() -> Iterator[str]:
    return (f"{number:064x}" for number in count(0xF << 252))


def _names_of_element(element: Principal) -> tuple[_Name, ...]:
    """What an element calls those that it names; nothing where it names nobody."""
    if element.kind in ("unique-id", "invalid", "unknown"):
        return ()  # the owner of the id is gone, or the value means nothing
    if element.kind == "everyone":
        return (("everyone",),)
    if element.kind == "account":
        return (("account", element.partition, element.account),)
    if element.kind == "role":
        sessions = ("sessions", element.partition, element.account, element.name)
        return (sessions, ("role", element.partition, element.account, element.path, element.name))
    return (("value", element.value),)


def _names_of_cell(cell: str) -> frozenset[_Name]:
    """All that an element may call the principal of a cell."""
    asker = Principal.parse("AWS", cell)
    names: list[_Name] = [("everyone",), ("value", cell)]
    if asker.is_valid:
        names += [("account", partition, asker.account) for partition in ("", asker.partition)]
    if asker.kind == "assumed-role":
        names.append(("sessions", asker.partition, asker.account, asker.name))
    elif asker.kind == "role":
        names.append(("role", asker.partition, asker.account, asker.path, asker.name))
    return frozenset(names)

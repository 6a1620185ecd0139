"""Whom a Principal element names, and how strong a grant to them is.

Sources: IAM User Guide, "AWS JSON policy elements: Principal" and "Policy evaluation for requests within a single
account".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from jfml_policies.patterns.principal import Principal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jfml_policies.access.requester import Requester
    from jfml_policies.policy.nodes import Principals

__all__ = ["STRENGTHS", "Strength", "grant_strength", "is_named", "named_principals"]

#: "direct": nothing but an explicit deny limits the grant; "role": boundary and session policy limit it too;
#: "delegated": an identity policy must allow as well.
Strength = Literal["delegated", "role", "direct"]
#: The weakest first.
STRENGTHS: Final[tuple[Strength, ...]] = ("delegated", "role", "direct")


def named_principals(element: Principals) -> Iterator[Principal]:
    """The principals that an element lists."""
    if element.text is not None:
        yield Principal.parse(None, element.text.value)
    for group in element.groups:
        for value in group.values:
            yield Principal.parse(group.type.value, value.value)


def is_named(element: Principals, requester: Requester) -> bool:
    """Whether an element lists the requester; for NotPrincipal that means that the statement is not about them."""
    return any(_names(principal, requester) for principal in named_principals(element))


def grant_strength(element: Principals, requester: Requester) -> Strength:
    """How strongly a statement grants to a requester of the same account whom its Principal or NotPrincipal covers."""
    if element.name == "NotPrincipal":
        return "direct"
    forms = {principal.kind for principal in named_principals(element) if _names(principal, requester)}
    if forms <= {"account"}:
        return "delegated"
    return "role" if forms <= {"account", "role"} else "direct"


def _names(principal: Principal, requester: Requester) -> bool:
    if principal.kind == "everyone":
        return True
    if principal.kind in ("invalid", "unknown", "unique-id"):
        # No wildcards but `*` alone; the owner of a bare unique id is deleted.
        return False
    if principal.kind == "account":
        # The bare id names no partition.
        return principal.account == requester.account and principal.partition in ("", requester.partition)
    if principal.kind == "role":
        return (
            requester.kind == "session"
            and (principal.partition, principal.account) == (requester.partition, requester.account)
            and principal.name == requester.name
            and requester.role_path in ("", principal.path)
        )
    return principal.value == requester.text

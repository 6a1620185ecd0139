"""What an organization demands: which requests it is about, and under which circumstances they may be allowed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from jfml_policies.policy.kinds import KINDS
from jfml_policies.record import record

if TYPE_CHECKING:
    from jfml_policies.findings import Severity
    from jfml_policies.policy.kinds import Kind

__all__ = [
    "DEFAULT_SEVERITY",
    "DEMAND_KINDS",
    "Alternatives",
    "Demand",
    "DemandKind",
    "default_kinds",
    "possible_kinds",
]

DemandKind = Literal["required-condition", "forbidden-access", "required-tags", "allowed-principals"]
DEMAND_KINDS: Final[tuple[DemandKind, ...]] = (
    "required-condition",
    "forbidden-access",
    "required-tags",
    "allowed-principals",
)
DEFAULT_SEVERITY: Final[Severity] = "security-warning"
#: Kinds of policy that grant by themselves, and so are looked at when nothing is said; the others only limit.
_GRANTING: Final[tuple[Kind, ...]] = ("identity", "resource", "trust")

#: Condition blocks as JSON texts, one of which is enough.
Alternatives: TypeAlias = tuple[str, ...]


@record
class Demand:
    """A demand; it is plain data, so that equal ones are the same rule.

    Attributes:
        code: the rule's code.
        kind: what sort of demand it is.
        message: what is demanded, in the organization's words.
        severity: how bad a finding is.
        kinds: the kinds of policy that are looked at.
        actions: patterns of the actions that it is about; every action when empty.
        resources: patterns of the resources that it is about; every resource when empty.
        permitted: each must hold: one of its condition blocks is met by whatever is allowed. A group without blocks
            forbids the access; no group at all leaves it to `principals` and `organizations`.
        principals: accounts, ARNs with wildcards, services and identity providers that may be let in.
        organizations: ids of organizations whose principals may be let in.
        url: where more is told, or None.
        place: where the demand stands, as `FILE:LINE:COLUMN`.
    """

    code: str
    kind: DemandKind
    message: str
    severity: Severity = DEFAULT_SEVERITY
    kinds: tuple[Kind, ...] = _GRANTING
    actions: tuple[str, ...] = ()
    resources: tuple[str, ...] = ()
    permitted: tuple[Alternatives, ...] = ()
    principals: tuple[str, ...] = ()
    organizations: tuple[str, ...] = ()
    url: str | None = None
    place: str = ""


def possible_kinds(kind: DemandKind, *, names_resources: bool) -> tuple[Kind, ...]:
    """The kinds of policy that a demand can be about.

    >>> possible_kinds("allowed-principals", names_resources=True)
    ('resource', 'endpoint', 'rcp')
    """
    return tuple(
        [
            one
            for one, facts in KINDS.items()
            if (kind != "allowed-principals" or facts.principal != "forbidden")
            and not (names_resources and facts.resource == "forbidden")
        ]
    )


def default_kinds(kind: DemandKind, *, names_resources: bool) -> tuple[Kind, ...]:
    """The kinds of policy that are looked at when nothing is said: those that grant by themselves."""
    possible = possible_kinds(kind, names_resources=names_resources)
    return tuple([one for one in _GRANTING if one in possible])

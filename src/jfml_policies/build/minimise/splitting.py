"""A policy over its quota as several policies that mean the same when they are attached together.

All policies that are attached to a principal or target in one way are evaluated together: an Allow of any of them
allows, and a Deny of any of them denies (IAM User Guide, "Policy evaluation logic"; AWS Organizations User Guide, "SCP
evaluation"). So the statements can be dealt out in any way, and a statement can be cut along a list of alternatives.
Other kinds of policies come one at a time, and cannot be split.
"""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Final

from jfml_policies.build.minimise.draft import each_list, rebuilt, size_of
from jfml_policies.errors import PolicyError
from jfml_policies.linter.questions.statement_names import statement_name
from jfml_policies.policy.kinds import KINDS
from jfml_policies.record import replace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jfml_policies.policy.kinds import Kind
    from jfml_policies.policy.nodes import Policy, Statement, Text

__all__ = ["SPLIT_QUOTAS", "split"]

#: Kinds of which several are attached together, and most characters of each. A role's inline policies share their
#: quota, so it is managed policies that an identity policy is split into.
SPLIT_QUOTAS: Final[dict[Kind, int]] = {"identity": 6_144, "scp": KINDS["scp"].quota, "rcp": KINDS["rcp"].quota}
_CUTS: Final = ("Action", "Resource")


def split(policy: Policy, quota: int) -> tuple[Policy, ...]:
    """Policies within a quota that hold the statements of one that is not; each statement goes where it first fits.

    Raises:
        PolicyError: the kind can't be split, or one action on one resource is over the quota already.
    """
    if policy.kind not in SPLIT_QUOTAS:
        title = KINDS[policy.kind].title
        raise PolicyError(
            f"the smallest form of this {title} has {size_of(policy):,} characters, more than {quota:,}",
            hint=f"there can be only one {title}, so it is not split; make it allow less",
        )
    policies: list[list[Statement]] = []
    for statement in policy.statements:
        for piece in _pieces(policy, statement, quota):
            for some in policies:
                named = _named_apart(piece, some)
                if size_of(rebuilt(policy, [*some, named])) <= quota:
                    some.append(named)
                    break
            else:
                policies.append([piece])
    return tuple([rebuilt(policy, some) for some in policies])


def _named_apart(piece: Statement, others: list[Statement]) -> Statement:
    """A statement with a number after its Sid where others have the same: they are pieces of one statement."""
    taken = {other.sid.value for other in others if other.sid is not None}
    if piece.sid is None or piece.sid.value not in taken:
        return piece
    numbered = next(name for number in count(2) if (name := f"{piece.sid.value}{number}") not in taken)
    return replace(piece, sid=replace(piece.sid, value=numbered))


def _pieces(policy: Policy, statement: Statement, quota: int) -> Iterator[Statement]:
    """A statement, or where it is too large for a policy of its own, pieces of it: each as large as can be."""
    while size_of(rebuilt(policy, [statement])) > quota:
        slot, values = _longest(statement)
        kept = _most(policy, statement, slot, values, quota)
        if not kept:
            raise PolicyError(
                f"statement {statement_name(statement)} takes more than {quota:,} characters and can't be cut",
                hint="its condition or a negated list is too long; a larger --quota may fit",
            )
        yield _with(statement, slot, values[:kept])
        statement = _with(statement, slot, values[kept:])
    yield statement


def _longest(statement: Statement) -> tuple[str, tuple[Text, ...]]:
    """The list of alternatives that takes most characters."""
    lists = {
        listing.name: listing.values
        for listing in (statement.action, statement.resource)
        if listing is not None and len(listing.values) > 1
    }
    if not lists:
        return _CUTS[0], ()
    name = max(_CUTS, key=lambda name: sum(len(text.value) for text in lists.get(name, ())))
    return name, lists[name]


def _most(policy: Policy, statement: Statement, name: str, values: tuple[Text, ...], quota: int) -> int:
    """How many of some entries a statement can have at most, but not all; 0 when it is too large with one."""
    low, high = 0, len(values) - 1
    while low < high:
        middle = (low + high + 1) // 2
        if size_of(rebuilt(policy, [_with(statement, name, values[:middle])])) <= quota:
            low = middle
        else:
            high = middle - 1
    return max(low, 0)


def _with(statement: Statement, name: str, some: tuple[Text, ...]) -> Statement:
    return each_list(statement, lambda values, slot: some if slot == (name,) else values)

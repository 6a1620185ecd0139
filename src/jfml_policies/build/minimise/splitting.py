"""A policy over its quota as several policies that mean the same when they are attached together.

All policies that are attached to a principal or target in one way are evaluated together: an Allow of any of them
allows, and a Deny of any of them denies (IAM User Guide, "Policy evaluation logic"; AWS Organizations User Guide, "SCP
evaluation"). So the statements can be dealt out in any way, and a statement can be cut along a list of alternatives.
Other kinds of policies come one at a time, and cannot be split.

Actions that need resources of several types together, as AWS Glue's, keep one of each type in every piece. AWS asks for
each of the resources by itself, so nothing depends on that; but each policy is then one that can be read, and checked,
alone.
"""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Final, TypeAlias

from jfml_policies.build.minimise.draft import each_list, rebuilt, size_of
from jfml_policies.catalog import load
from jfml_policies.catalog.required_together import SERVICES, required_groups
from jfml_policies.errors import PolicyError
from jfml_policies.linter.questions.statement_names import statement_name
from jfml_policies.policy.kinds import KINDS
from jfml_policies.record import replace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from jfml_policies.policy.kinds import Kind
    from jfml_policies.policy.nodes import Policy, Statement, Text

#: Whether a policy with these statements is within the quota.
Fits: TypeAlias = "Callable[[list[Statement]], bool]"

__all__ = ["SPLIT_QUOTAS", "split"]

#: Kinds of which several are attached together, and most characters of each. A role's inline policies share their
#: quota, so it is managed policies that an identity policy is split into.
SPLIT_QUOTAS: Final[dict[Kind, int]] = {"identity": 6_144, "scp": KINDS["scp"].quota, "rcp": KINDS["rcp"].quota}
_CUTS: Final = ("Action", "Resource")


def split(policy: Policy, quota: int, *, size: Callable[[Policy], int] = size_of) -> tuple[Policy, ...]:
    """Policies within a quota that hold the statements of one that is not; each statement goes where it first fits.

    In the order of the statements and not by size, although that might save a policy: a new statement at the end then
    leaves every statement before it in its file, and so the policies that are committed, reviewed and attached stay
    what they are; sorted by size, one that grows may move others from file to file.

    Args:
        policy: the policy.
        quota: most characters of each.
        size: how characters are counted.

    Raises:
        PolicyError: the kind can't be split, or one action on one resource is over the quota already.
    """
    if policy.kind not in SPLIT_QUOTAS:
        title = KINDS[policy.kind].title
        raise PolicyError(
            f"the smallest form of this {title} has {size(policy):,} characters, more than {quota:,}",
            hint=f"there can be only one {title}, so it is not split; make it allow less",
        )

    def fits(statements: list[Statement]) -> bool:
        return size(rebuilt(policy, statements)) <= quota

    policies: list[list[Statement]] = []
    for statement in policy.statements:
        for piece in _pieces(statement, fits, quota):
            for some in policies:
                named = _named_apart(piece, some)
                if fits([*some, named]):
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


def _pieces(statement: Statement, fits: Fits, quota: int) -> Iterator[Statement]:
    """A statement, or where it is too large for a policy of its own, pieces of it: each as large as can be."""
    while not fits([statement]):
        slot, values = _longest(statement)
        common = _of_each_type(statement, values) if slot == "Resource" else ()
        rest = tuple([value for value in values if value not in common])
        if not fits([_with(statement, slot, (*common, *rest[:1]))]):
            common, rest = (), values
        kept = _most(statement, slot, common, rest, fits)
        if not kept:
            raise PolicyError(
                f"statement {statement_name(statement)} takes more than {quota:,} characters and can't be cut",
                hint="its condition or a negated list is too long; a larger --quota may fit",
            )
        yield _with(statement, slot, (*common, *rest[:kept]))
        statement = _with(statement, slot, (*common, *rest[kept:]))
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


def _of_each_type(statement: Statement, resources: tuple[Text, ...]) -> tuple[Text, ...]:
    """The first resource of each type, where an action of the statement needs resources of several types together."""
    if statement.action is None or not any(_needs_several(entry.value) for entry in statement.action.values):
        return ()
    first: dict[str, Text] = {}
    for text in resources:
        service, _, resource = text.value.rpartition(":")
        first.setdefault(f"{service}:{resource.partition('/')[0]}", text)
    return tuple(first.values())


def _needs_several(entry: str) -> bool:
    if entry.partition(":")[0].lower() not in SERVICES:
        return False
    action = load().action(entry)
    return action is not None and len(required_groups(action)) > 1


def _most(statement: Statement, name: str, common: tuple[Text, ...], rest: tuple[Text, ...], fits: Fits) -> int:
    """How many of some entries fit beside those in common, but not all; 0 when there is no room for one."""
    low, high = 0, len(rest) - 1
    while low < high:
        middle = (low + high + 1) // 2
        if fits([_with(statement, name, (*common, *rest[:middle]))]):
            low = middle
        else:
            high = middle - 1
    return max(low, 0)


def _with(statement: Statement, name: str, some: tuple[Text, ...]) -> Statement:
    return each_list(statement, lambda values, slot: some if slot == (name,) else values)

"""What a change stops denying, or begins to deny: it matters where another policy allows it.

A document's own access is what it allows and does not deny, so a Deny of something that the document does not allow
anyway adds nothing to it. Beside other policies such a Deny counts: guardrails hold nothing but Denies.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jfml_policies.access.compare import Change, compare_policies
from jfml_policies.access.difference import boxed, candidates
from jfml_policies.access.key_test import Invalid
from jfml_policies.access.region_list import regions
from jfml_policies.access.space import Space
from jfml_policies.access.verdict import search
from jfml_policies.errors import UndecidedError
from jfml_policies.policy.kinds import KINDS
from jfml_policies.policy.parse import parse_document
from jfml_policies.record import replace

if TYPE_CHECKING:
    from collections.abc import Container

    from jfml_policies.access.regions import Region
    from jfml_policies.findings import Path
    from jfml_policies.policy.nodes import Policy

__all__ = ["compare_denials", "lost_denials", "only_denies"]


def only_denies(policy: Policy) -> bool:
    """Whether no statement allows anything.

    >>> from jfml_policies.policy.read import loads
    >>> only_denies(loads('{"Statement": {"Effect": "Deny", "Action": "s3:*", "Resource": "*"}}'))
    True
    """
    return not any(statement.allows for statement in policy.statements)


def compare_denials(old: Policy, new: Policy) -> Change | None:
    """How the requests that `new` leaves to others relate to those that `old` does; None when both deny the same.

    "wider" means that `new` denies less. Its regions come from a statement that neither document has: see
    `lost_denials`.

    >>> from jfml_policies.policy.read import loads
    >>> old = loads('{"Statement": {"Effect": "Deny", "Action": "s3:*", "Resource": "*"}}', kind="scp")
    >>> new = loads('{"Statement": {"Effect": "Deny", "Action": "s3:Delete*", "Resource": "*"}}', kind="scp")
    >>> change = compare_denials(old, new)
    >>> change.relation, change.witness_added.action.startswith("s3:")
    ('wider', True)
    """
    if _denials(old) == _denials(new):
        return None
    return compare_policies(_beside_full_access(old), _beside_full_access(new))


def lost_denials(old: Policy, new: Policy, *, told: Container[Path | None] = ()) -> tuple[Region, ...]:
    """What `old` denies and `new` neither denies nor allows: possible now where another policy allows it.

    Each region has the path and Sid of the Deny in `old`. What `new` allows by itself is left to `compare`.

    Args:
        old: the policy that denies.
        new: the policy that does not.
        told: paths of Denies in `old` that are left out, because `compare` has told that they went.

    >>> from jfml_policies.policy.read import loads
    >>> old = loads('{"Statement": {"Sid": "No", "Effect": "Deny", "Action": "s3:*", "Resource": "*"}}', kind="scp")
    >>> [(region.actions, region.sid) for region in lost_denials(old, loads('{"Statement": []}', kind="scp"))]
    [(('s3:*',), 'No')]
    """
    if _denials(old) == _denials(new):
        return ()
    before, after = _beside_full_access(old), _beside_full_access(new)
    space = Space([before, after, new])
    try:
        allowing = [boxed(space, after)]
        refusing = [boxed(space, before), boxed(space, new)]
    except (Invalid, UndecidedError):
        return ()
    untold = (one for one in candidates(allowing, refusing) if not any(deny.path in told for deny in one.lifting))
    searched = search(space, untold, allowing, refusing)
    sids = {statement.path: statement.sid for statement in old.statements}
    found = []
    for region in regions(space, searched.found, allowing, refusing):
        path = region.path if region.denied_at is None else region.denied_at
        sid = sids.get(path)
        found.append(replace(region, path=path, sid=sid.value if sid is not None else None))
    return tuple(found)


def _denials(policy: Policy) -> tuple[object, ...]:
    return (policy.has_variables, *[statement for statement in policy.statements if not statement.allows])


def _beside_full_access(policy: Policy) -> Policy:
    """The document's Denies, and one statement that allows everything to everybody."""
    facts = KINDS[policy.kind]
    statement: dict[str, object] = {"Effect": "Allow", "Action": "*"}
    if facts.resource != "forbidden":
        statement["Resource"] = "*"
    if facts.principal != "forbidden":
        statement["Principal"] = "*"
    everything = parse_document({"Statement": [statement]}, kind=policy.kind).statements[0]
    path = ("Statement", len(policy.statements))
    kept = [statement for statement in policy.statements if not statement.allows]
    return replace(policy, statements=(*kept, replace(everything, path=path)))

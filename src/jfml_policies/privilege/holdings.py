"""The policies of one principal, side by side: identity policies grant together, and every one of them may deny.

A boundary must allow as well, and so must each level of service control policies. Documents of one part are read as
one document, so that a Deny of one binds what another allows, as AWS has it.

Source: IAM User Guide, "Policy evaluation logic".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jfml_policies.access.validity import invalid_reason
from jfml_policies.errors import UndecidedError, UsageError
from jfml_policies.policy.parse import parse_document
from jfml_policies.policy.read import dumps, loads
from jfml_policies.record import record, replace

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from jfml_policies.policy.kinds import Kind
    from jfml_policies.policy.nodes import Policy, Statement

__all__ = ["Holdings", "Place"]

_MOST_PARTS: Final = 10
_OLD_VERSION: Final = '"2008-10-17"'


@record(eq=False)
class Place:
    """A statement of one of the policies.

    Attributes:
        policy: the policy that holds it.
        statement: the statement.
    """

    policy: Policy
    statement: Statement


class Holdings:
    """What one principal has.

    Attributes:
        identity: its identity policies as one.
        grants: only what they allow.
        limits: the boundary and each level of service control policies, each under its name.
    """

    __slots__ = ("_places", "grants", "identity", "limits")

    def __init__(
        self,
        identity: Sequence[Policy],
        *,
        boundary: Sequence[Policy] = (),
        scps: Sequence[Sequence[Policy]] = (),
    ) -> None:
        """Reads the policies together.

        Args:
            identity: at least one policy that is attached to the principal.
            boundary: its permissions boundary, or nothing.
            scps: service control policies by level, from the root to the account.

        Raises:
            UsageError: there is no policy, or more than one boundary.
            UndecidedError: AWS would refuse a document, so that it means nothing.
        """
        if not identity:
            raise UsageError("there is no policy to look at")
        if len(boundary) > 1:
            raise UsageError(f"a principal has one permissions boundary, not {len(boundary)}")
        self._places: dict[int, Place] = {}
        self.identity: Policy = self._together(identity, "identity")
        allows = tuple([statement for statement in self.identity.statements if statement.allows])
        self.grants: Policy = replace(self.identity, statements=allows)
        limits = [("the permissions boundary", self._together(boundary, "boundary"))] if boundary else []
        for number, level in enumerate(scps, start=1):
            name = "service control policies" if len(scps) == 1 else f"service control policies of level {number}"
            limits.append((name, self._together(level, "scp")))
        self.limits: tuple[tuple[str, Policy], ...] = tuple(limits)

    def place(self, statement: Statement) -> Place:
        """Where a statement of the policies read together stands."""
        return self._places[id(statement)]

    def __repr__(self) -> str:
        return f"<Holdings of {len(self.identity.statements)} statements>"

    def _together(self, policies: Iterable[Policy], kind: Kind) -> Policy:
        statements: list[Statement] = []
        for policy in policies:
            reason = invalid_reason(policy)
            if reason is not None:
                raise UndecidedError(f"AWS would refuse a policy: {reason[0]}")
            for statement, original in zip(_as_new(policy).statements, policy.statements, strict=True):
                place = Place(policy, original)
                for part in _parts(statement):
                    # Kept by the joined policy, so its id stays its own.
                    self._places[id(part)] = place
                    statements.append(part)
        empty = parse_document({"Version": "2012-10-17", "Statement": []}, kind=kind)
        joined = replace(empty, statements=tuple(statements))
        assert joined.has_variables
        return joined


def _parts(statement: Statement) -> list[Statement]:
    """The statement, or several that mean the same, in which policy variables stand alone: sooner decided."""
    listing = statement.resource
    if listing is None or len(listing.values) < 2:
        return [statement]
    variable = [value for value in listing.values if "${" in value.value]
    fixed = tuple([value for value in listing.values if "${" not in value.value])
    groups = [*([fixed] if fixed else []), *[(value,) for value in variable]]
    if not variable or len(variable) > _MOST_PARTS:
        return [statement]
    return [replace(statement, resource=replace(listing, values=group)) for group in groups]


def _as_new(policy: Policy) -> Policy:
    """The same meaning in version 2012-10-17: `${` of an older document is literal text."""
    text = dumps(policy) if not policy.has_variables else ""
    if "${" not in text:
        return policy
    return loads(text.replace("${", "${$}{").replace(_OLD_VERSION, '"2012-10-17"'), kind=policy.kind)

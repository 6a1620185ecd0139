"""The documents of a principal as one, which remembers where its statements come from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jfml_policies.access.validity import invalid_reason
from jfml_policies.errors import UndecidedError
from jfml_policies.record import record, replace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jfml_policies.findings import Path
    from jfml_policies.policy.nodes import Policy, Statement

__all__ = ["Joined", "Source", "joined"]


@record
class Source:
    """A statement of one of several documents.

    Attributes:
        document: which document, counted from 0 among those of its side.
        statement: the statement there.
    """

    document: int
    statement: Statement


@record
class Joined:
    """Several documents as one.

    Attributes:
        policy: the one.
        sources: where each of its statements comes from, by its path.
    """

    policy: Policy
    sources: dict[Path, Source]


def joined(policies: Sequence[Policy]) -> Joined:
    """Documents as one that allows what they allow together: any may allow, any may deny.

    Raises:
        UndecidedError: AWS would refuse a document, or versions of the policy language meet that can't be joined.
    """
    for policy in policies:
        reason = invalid_reason(policy)
        if reason is not None:
            raise UndecidedError(f"a policy is invalid: {reason[0]}")
    base = next((policy for policy in policies if policy.has_variables), policies[0])
    for policy in policies:
        # In older versions of the language `${` is plain text, and one document has one version.
        if policy.has_variables != base.has_variables and "${" in repr(policy.statements):
            raise UndecidedError("policies of version 2012-10-17 and older ones that hold `${` can't be joined")
    sources: dict[Path, Source] = {}
    statements: list[Statement] = []
    for number, policy in enumerate(policies):
        for statement in policy.statements:
            path: Path = ("Statement", len(statements))
            sources[path] = Source(number, statement)
            statements.append(replace(statement, path=path))
    return Joined(replace(base, statements=tuple(statements)), sources)

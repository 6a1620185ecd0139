"""Policies of container repositories, which do without Resource because they stand on the repository itself.

Source: Amazon ECR User Guide, "Private repository policy examples",
https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policy-examples.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from jfml_policies.policy.kinds import Kind
    from jfml_policies.policy.nodes import Statement

__all__ = ["is_of_repository"]

_REPOSITORIES: Final = frozenset(("AWS::ECR::Repository", "AWS::ECR::PublicRepository"))
_PREFIXES: Final = frozenset(("ecr", "ecr-public"))


def is_of_repository(statement: Statement, kind: Kind, resource_type: str | None) -> bool:
    """Whether a statement stands in the policy of a repository.

    Args:
        statement: the statement; where no type is given, it is taken for a repository's when all its actions are ECR's.
        kind: the policy's kind.
        resource_type: the type of the resource that it is attached to, or None.
    """
    if kind != "resource":
        return False
    if resource_type is not None:
        return resource_type in _REPOSITORIES
    actions = statement.action.values if statement.action and not statement.has("NotAction") else ()
    return bool(actions) and all(action.value.partition(":")[0].lower() in _PREFIXES for action in actions)

"""MISSING_ACTION_FOR_SERVICE."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from jfml_policies.linter.fixes.list_addition import add_entries
from jfml_policies.linter.questions.role_assumption import includes
from jfml_policies.linter.rule import Context, Findings, Rule, related
from jfml_policies.policy.nodes import Policy, Statement

__all__ = ["MissingActionForService"]

#: Service -> the actions that it calls with each session by default.
#: https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html, October 2026.
_NEEDED: Final = MappingProxyType({"pods.eks.amazonaws.com": ("sts:AssumeRole", "sts:TagSession")})


class MissingActionForService(Rule):
    """A trust policy lets in EKS Pod Identity without one of the two actions that it calls.

    ## Why is this bad?

    Pod Identity tags every session with cluster, namespace and service account.
    Without `sts:TagSession` the call is refused, and the pods get no credentials.

    ## Example

    ```json
    {"Effect": "Allow", "Principal": {"Service": "pods.eks.amazonaws.com"}, "Action": "sts:AssumeRole"}
    ```

    ## Use instead

    ```json
    {
      "Effect": "Allow",
      "Principal": {"Service": "pods.eks.amazonaws.com"},
      "Action": ["sts:AssumeRole", "sts:TagSession"]
    }
    ```

    An association can be made with session tags disabled; then `sts:TagSession` is not called.
    Actions that another Allow statement gives to the service count, and so do wildcards.
    IAM Roles Anywhere is `missing-action-for-roles-anywhere-trust-policy`.

    ## References

    - [Amazon EKS User Guide: Create IAM role with trust policy required by EKS Pod Identity](https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html)
    """

    code = "MISSING_ACTION_FOR_SERVICE"
    severity = "warning"
    origin = "jfml"
    fixes = ("unsafe",)
    kinds = frozenset(("trust",))
    mentions = tuple(_NEEDED)

    def check_policy(self, policy: Policy, context: Context) -> Findings:
        """Reports the first statement's actions when the statements for a service together lack one."""
        for service, needed in _NEEDED.items():
            statements = [statement for statement in policy.statements if _lets_in(statement, service)]
            missing = [action for action in needed if not any(includes(statement, action) for statement in statements)]
            first = statements[0].action if statements else None
            if first is None or not missing:
                continue
            names = " and ".join(f"`{action}`" for action in missing)
            others = [statement.action for statement in statements[1:] if statement.action is not None]
            yield self.finding(
                first,
                f"`{service}` needs {names} as well",
                hint=f"add {names}",
                fix=add_entries(first, missing),
                related=tuple([related(other, "these actions neither") for other in others]),
            )


def _lets_in(statement: Statement, service: str) -> bool:
    principals = statement.principal
    return (
        statement.allows
        and principals is not None
        and any(text.value == service for text in principals.of_type("Service"))
    )

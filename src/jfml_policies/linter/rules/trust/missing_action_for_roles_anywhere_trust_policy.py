"""MISSING_ACTION_FOR_ROLES_ANYWHERE_TRUST_POLICY."""

from __future__ import annotations

from typing import Final

from jfml_policies.linter.fixes.list_addition import add_entries
from jfml_policies.linter.questions.role_assumption import includes
from jfml_policies.linter.rule import Context, Findings, Rule, related
from jfml_policies.policy.nodes import Policy, Statement

__all__ = ["MissingActionForRolesAnywhereTrustPolicy"]

_SERVICE: Final = "rolesanywhere.amazonaws.com"
_NEEDED: Final = ("sts:AssumeRole", "sts:SetSourceIdentity", "sts:TagSession")


class MissingActionForRolesAnywhereTrustPolicy(Rule):
    """A trust policy lets in IAM Roles Anywhere without all three actions that it calls.

    ## Why is this bad?

    Roles Anywhere hands the certificate's subject over as source identity and session tags with every session.
    Without the two actions no workload gets credentials.

    ## Example

    ```json
    {"Effect": "Allow", "Principal": {"Service": "rolesanywhere.amazonaws.com"}, "Action": "sts:AssumeRole"}
    ```

    ## Use instead

    ```json
    {
      "Effect": "Allow",
      "Principal": {"Service": "rolesanywhere.amazonaws.com"},
      "Action": ["sts:AssumeRole", "sts:SetSourceIdentity", "sts:TagSession"]
    }
    ```

    Actions that another Allow statement gives to Roles Anywhere count, and so do wildcards.

    ## References

    - [IAM Roles Anywhere User Guide: Role trust](https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html)
    - [Access Analyzer: Missing action for Roles Anywhere trust policy](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-missing-action-for-roles-anywhere-trust-policy)
    """

    code = "MISSING_ACTION_FOR_ROLES_ANYWHERE_TRUST_POLICY"
    severity = "error"
    fixes = ("unsafe",)
    kinds = frozenset(("trust",))
    mentions = ("rolesanywhere",)

    def check_policy(self, policy: Policy, context: Context) -> Findings:
        """Reports the first statement's actions when the statements together lack one."""
        statements = [statement for statement in policy.statements if _lets_in(statement)]
        missing = [action for action in _NEEDED if not any(includes(statement, action) for statement in statements)]
        first = statements[0].action if statements else None
        if first is None or not missing:
            return
        names = " and ".join(f"`{action}`" for action in missing)
        others = [statement.action for statement in statements[1:] if statement.action is not None]
        yield self.finding(
            first,
            f"IAM Roles Anywhere needs {names} as well",
            hint=f"add {names}",
            fix=add_entries(first, missing),
            related=tuple([related(other, "these actions neither") for other in others]),
        )


def _lets_in(statement: Statement) -> bool:
    principals = statement.principal
    return (
        statement.allows
        and principals is not None
        and any(service.value == _SERVICE for service in principals.of_type("Service"))
    )

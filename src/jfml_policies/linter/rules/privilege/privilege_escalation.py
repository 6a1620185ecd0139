"""PRIVILEGE_ESCALATION."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jfml_policies.linter.questions.resource_arn import is_everything
from jfml_policies.linter.rule import Context, Findings, Rule, related
from jfml_policies.patterns.glob import matches
from jfml_policies.policy.nodes import Policy, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jfml_policies.findings import Finding
    from jfml_policies.policy.nodes import Listing, Statement
    from jfml_policies.privilege.escalation_paths import EscalationPath

__all__ = ["PrivilegeEscalation"]

#: All paths that are looked at here take an action of one of these services.
_SERVICES: Final = ("iam:", "sts:")


class PrivilegeEscalation(Rule):
    """A policy lets whoever has it gain permissions that it does not grant.

    ## Why is this bad?

    Whoever has the policy changes its own permissions, takes over another user or role, or hands a role to a service
    that runs its code.
    So its limits are no limits: it can do what the strongest role of the account can.

    ## Example

    ```json
    [
      {"Effect": "Allow", "Action": "lambda:*", "Resource": "arn:aws:lambda:*:*:function:*"},
      {"Effect": "Allow", "Action": "iam:PassRole", "Resource": "arn:aws:iam::*:role/*"}
    ]
    ```

    ## Use instead

    ```json
    [
      {"Effect": "Allow", "Action": "lambda:*", "Resource": "arn:aws:lambda:*:*:function:*"},
      {"Effect": "Allow", "Action": "iam:PassRole", "Resource": "arn:aws:iam::*:role/acme-function"}
    ]
    ```

    Reported are paths of IAM and STS that are open: each permission is granted on whatever role, user, group or policy
    there is, under no condition that somebody else decides, and nothing in the document denies it.
    Named roles and name patterns, as `role/acme-*`, leave a path's use in doubt, and so does a condition on MFA, tags
    or network; those paths are not reported here, nor are paths through a function or instance that has a role already.
    `jfml-policies risks` tells all of them, for several policies of one principal, its boundary and the
    organization's policies together.
    There is one finding for each way to gain permissions: its own, another principal's, or a role handed to a service.
    A statement that allows everything, or everything but a few actions, gives one finding.

    ## References

    - [IAM User Guide: Grant a user permissions to pass a role to an AWS service](https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html)
    - [IAM User Guide: Permissions boundaries, delegating responsibility to others](https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html)
    - [pathfinding.cloud, the collection of escalation paths](https://pathfinding.cloud)
    """

    code = "PRIVILEGE_ESCALATION"
    severity = "security-warning"
    confidence = "medium"
    origin = "jfml"
    kinds = frozenset(("identity",))
    mentions = (*_SERVICES, "*", "?", "notaction")

    def check_policy(self, policy: Policy, context: Context) -> Findings:
        """Reports a path of each category that is open."""
        allows = [statement for statement in policy.statements if statement.allows and _may_grant(statement)]
        if not allows:
            return
        # Most policies end above; only for the others the paths are read.
        from jfml_policies.linter.questions.open_paths import open_paths

        told: set[int] = set()
        for path in open_paths(policy):
            grants = _grants(policy, path)
            first = grants[0][0]
            if id(first) in told:
                continue
            if not isinstance(first, Text) or is_everything(first.value):
                # Whoever allows everything, or everything but, need not be told so for each category.
                told.add(id(first))
            yield self._finding(path, grants)

    def _finding(self, path: EscalationPath, grants: list[tuple[Text | Listing, str]]) -> Finding:
        from jfml_policies.privilege.escalation_paths import CATEGORIES

        first, _ = grants[0]
        actions = " and ".join(f"`{action}`" for action in path.permissions)
        return self.finding(
            first,
            f"{actions} {'lets' if len(path.permissions) == 1 else 'let'} whoever has this policy "
            f"{CATEGORIES[path.category]}",
            hint=f"it can {path.effect}; name the resources of `{path.permissions[0]}`, or leave it out",
            related=tuple([related(entry, f"allows `{action}`") for entry, action in grants[1:] if entry is not first]),
        )


def _may_grant(statement: Statement) -> bool:
    """Whether a statement may allow an action of the services in question, told from how its entries begin."""
    if statement.action is None:
        return statement.not_action is not None
    return any(
        value.value[:4].lower() in _SERVICES or "*" in value.value[:4] or "?" in value.value[:4]
        for value in statement.action.values
    )


def _grants(policy: Policy, path: EscalationPath) -> list[tuple[Text | Listing, str]]:
    """For each permission of a path the first entry that allows it, with the action."""
    found = []
    for action in path.permissions:
        found += [(entry, action) for entry in _entries(policy, action)][:1]
    return found


def _entries(policy: Policy, action: str) -> Iterator[Text | Listing]:
    for statement in policy.statements:
        if not statement.allows:
            continue
        if statement.action is not None:
            for value in statement.action.values:
                if matches(value.value, action, fold_case=True):
                    yield value
        elif statement.not_action is not None and not any(
            matches(value.value, action, fold_case=True) for value in statement.not_action.values
        ):
            yield statement.not_action

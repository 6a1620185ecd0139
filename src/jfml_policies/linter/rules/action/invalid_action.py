"""INVALID_ACTION."""

from __future__ import annotations

from jfml_policies.linter.fixes.quick_fix import replace_text
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.nodes import Statement, Text
from jfml_policies.text.suggest import nearest

__all__ = ["InvalidAction"]


class InvalidAction(Rule):
    """An action does not exist in its service.

    ## Why is this bad?

    In an Allow the permission is missing, and the workload fails with AccessDenied.
    In a Deny the action that should be refused stays open to everyone whom another statement lets in.

    ## Example

    ```json
    {"Effect": "Allow", "Action": "s3:GetObjct", "Resource": "arn:aws:s3:::acme-features/train/*"}
    ```

    ## Use instead

    ```json
    {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::acme-features/train/*"}
    ```

    A pattern is reported when it matches no action.
    Actions that AWS has retired are not reported: old policies name them, and they grant nothing.
    An action that is newer than the catalogue is reported as well: `jfml-policies catalog` shows its date,
    `jfml-policies catalog build` makes a fresher one.

    ## References

    - [Service Authorization Reference](https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html)
    - [Access Analyzer: Invalid action](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-invalid-action)
    """

    code = "INVALID_ACTION"
    severity = "error"
    fixes = ("unsafe",)

    def check_action(self, action: Text, statement: Statement, context: Context) -> Findings:
        """Reports an entry whose service is known and whose name is not."""
        prefix, colon, name = action.value.partition(":")
        catalog = context.catalog
        # Of a retired service the catalogue may know no action at all; a variable is another rule's subject.
        if not colon or not catalog.is_service(prefix) or catalog.is_retired_service(prefix) or "${" in name:
            return
        if catalog.matches_any(action.value):
            return
        near = nearest(name, catalog.action_names(prefix))
        yield self.finding(
            action,
            f"`{action.value}` is not an action of {prefix}",
            hint=f"did you mean `{prefix}:{near}`?" if near else f"the catalogue is of {catalog.date}",
            fix=replace_text(action, f"{prefix}:{near}") if near else None,
        )

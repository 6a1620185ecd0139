"""MISSING_ARN_ACCOUNT."""

from __future__ import annotations

from typing import Final

from jfml_policies.linter.fixes.quick_fix import replace_text
from jfml_policies.linter.questions.arn_demands import agreed_formats
from jfml_policies.linter.questions.resource_arn import is_everything, resource_arn
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.nodes import Statement, Text
from jfml_policies.record import replace

__all__ = ["MissingArnAccount"]

#: Service -> beginnings of resources that AWS also owns, without an account; the published formats don't say so.
_OWNED_BY_AWS: Final = {
    "resource-explorer-2": ("view/AWS",),
    "ssm": ("automation-definition/", "document/", "parameter/"),
}


class MissingArnAccount(Rule):
    """A resource ARN has no account although ARNs of that type have one.

    ## Why is this bad?

    The entry matches no resource.
    In an Allow the permission is missing, and the workload fails with AccessDenied.
    In a Deny the resource that should be closed stays open to everyone whom another statement lets in.

    ## Example

    ```json
    {"Effect": "Allow", "Action": "iam:GetRole", "Resource": "arn:aws:iam:::role/app"}
    ```

    ## Use instead

    ```json
    {"Effect": "Allow", "Action": "iam:GetRole", "Resource": "arn:aws:iam::111122223333:role/app"}
    ```

    A `*` fills the field.
    An ARN whose resource is only `*` is not reported.
    Nor are documents, automations and parameters of Systems Manager, and `view/AWS...` of Resource Explorer: those that
    AWS owns have no account.

    ## References

    - [IAM User Guide: Identify AWS resources with Amazon Resource Names](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html)
    - [Service Authorization Reference: resource types of each service](https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html)
    - [Access Analyzer: Missing arn account](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-missing-arn-account)
    """

    code = "MISSING_ARN_ACCOUNT"
    severity = "error"
    mentions = ("resource",)

    def check_resource(self, resource: Text, statement: Statement, context: Context) -> Findings:
        """Reports an empty account where every format that fits has one."""
        arn = resource_arn(resource.value)
        if arn is None or arn.account or is_everything(arn.resource):
            return
        if arn.resource.startswith(_OWNED_BY_AWS.get(arn.service, ())):
            return
        if agreed_formats(arn, context.catalog, "account", "required"):
            yield self.finding(
                resource,
                f"`{resource.value}` has no account, but ARNs of this type have one",
                hint="name the account, or write `*` for all of them",
                fix=replace_text(resource, str(replace(arn, account="*"))),
            )

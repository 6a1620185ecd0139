"""MISSING_ARN_ACCOUNT."""

from __future__ import annotations

import re
from typing import Final

from jfml_policies.linter.fixes.quick_fix import replace_text
from jfml_policies.linter.questions.arn_demands import agreed_formats
from jfml_policies.linter.questions.resource_arn import is_everything, resource_arn
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.nodes import Statement, Text
from jfml_policies.record import replace

__all__ = ["MissingArnAccount"]

#: Service -> beginnings of resources that AWS owns, without an account; the published formats don't say so, but the
#: services' own guides and API references write them like this.
_OWNED_BY_AWS: Final = {
    "devicefarm": ("devicepool:",),
    "gamelift": ("",),
    "iot": ("jobtemplate/AWS-",),
    "resource-explorer-2": ("view/AWS",),
    "securityhub": ("product/",),
    "ssm": ("automation-definition/", "document/", "parameter/aws/"),
    "wellarchitected": ("lens/",),
}
#: Where the plain text of a pattern ends.
_OPENING: Final = re.compile(r"[*?]|\$\{")


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
    Nor is what AWS owns, or may own, without an account: documents, automations and `parameter/aws/...` of Systems
    Manager, `view/AWS...` of Resource Explorer, `jobtemplate/AWS-...` of IoT, products of Security Hub, lenses of the
    Well-Architected Tool, device pools of Device Farm, and all of GameLift.

    ## References

    - [IAM User Guide: Identify AWS resources with Amazon Resource Names](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html)
    - [Service Authorization Reference: resource types of each service](https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html)
    - [Access Analyzer: Missing arn account](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-missing-arn-account)
    """

    code = "MISSING_ARN_ACCOUNT"
    severity = "error"
    fixes = ("unsafe",)
    mentions = ("resource",)

    def check_resource(self, resource: Text, statement: Statement, context: Context) -> Findings:
        """Reports an empty account where every format that fits has one."""
        arn = resource_arn(resource.value)
        if arn is None or arn.account or is_everything(arn.resource):
            return
        if any(_reaches(arn.resource, begin) for begin in _OWNED_BY_AWS.get(arn.service, ())):
            return
        if agreed_formats(arn, context.catalog, "account", "required"):
            yield self.finding(
                resource,
                f"`{resource.value}` has no account, but ARNs of this type have one",
                hint="name the account, or write `*` for all of them",
                fix=replace_text(resource, str(replace(arn, account="*"))),
            )


def _reaches(resource: str, begin: str) -> bool:
    """Whether a resource begins so, or may: what stands before its first wildcard or variable leaves it open."""
    plain = _OPENING.split(resource, maxsplit=1)[0]
    return resource.startswith(begin) or (len(plain) < len(resource) and begin.startswith(plain))

"""INVALID_ARN_RESOURCE."""

from __future__ import annotations

from jfml_policies.linter.fixes.quick_fix import replace_text
from jfml_policies.linter.questions.arn_demands import format_index, head_of
from jfml_policies.linter.questions.resource_arn import is_literal, resource_arn
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.nodes import Statement, Text
from jfml_policies.record import replace

__all__ = ["InvalidArnResource"]


class InvalidArnResource(Rule):
    """The last field of a resource ARN is empty, or misspells the resource type.

    ## Why is this bad?

    The entry matches no resource.
    In an Allow the permission is missing, and the workload fails with AccessDenied.
    In a Deny the resource that should be closed stays open to everyone whom another statement lets in.

    ## Example

    ```json
    {"Effect": "Allow", "Action": "iam:GetRole", "Resource": "arn:aws:iam::111122223333:roles/app"}
    ```

    ## Use instead

    ```json
    {"Effect": "Allow", "Action": "iam:GetRole", "Resource": "arn:aws:iam::111122223333:role/app"}
    ```

    AWS documents this check and applies it leniently, and its tables lack some types.
    So only a plain text is judged, only in services all of whose resources begin with a fixed word, and only when its
    first word is nearly one of those words.
    What AWS owns (account `aws`) is not judged.

    ## References

    - [Service Authorization Reference: resource types of each service](https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html)
    - [Access Analyzer: Invalid arn resource](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-invalid-arn-resource)
    """

    code = "INVALID_ARN_RESOURCE"
    severity = "error"
    confidence = "medium"
    mentions = ("resource",)

    def check_resource(self, resource: Text, statement: Statement, context: Context) -> Findings:
        """Reports an empty sixth field, or one that begins with a misspelt resource type."""
        arn = resource_arn(resource.value)
        if arn is None or arn.account == "aws" or not is_literal(arn.resource):
            return
        if not arn.resource:
            yield self.finding(
                resource, f"the ARN `{resource.value}` names no resource", hint="name the resource, or write `*`"
            )
            return
        index = format_index(context.catalog, arn.service)
        head = head_of(arn.resource)
        near = None if not head or head in index.heads else index.near_head(head)
        if near:
            yield self.finding(
                resource,
                f"`{head}` in `{resource.value}` is no resource type of {arn.service}",
                hint=f"did you mean `{near}`?",
                fix=replace_text(resource, str(replace(arn, resource=near + arn.resource[len(head) :]))),
            )

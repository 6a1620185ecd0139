"""INVALID_ARN_RESOURCE."""

from __future__ import annotations

from typing import Final

from jfml_policies.linter.fixes.quick_fix import replace_text
from jfml_policies.linter.questions.arn_demands import FormatIndex, format_index, head_of
from jfml_policies.linter.questions.resource_arn import is_literal, resource_arn
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.patterns.glob import matches
from jfml_policies.policy.nodes import Statement, Text
from jfml_policies.record import replace

__all__ = ["InvalidArnResource"]

#: Resource types that a hint lists.
_MOST_TYPES: Final = 6


class InvalidArnResource(Rule):
    """The last field of a resource ARN is empty, misspells the resource type, or lacks the type or the name.

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
    So only a plain text is judged, and only in services all of whose resources begin with a fixed word.
    It is reported when its first word is nearly one of those words, or when it is a single word, as in
    `arn:aws:dynamodb:eu-west-1:111122223333:orders`, and no resource of the service is.
    Hyphens make no difference: AWS itself writes `contactchannel` here and `contact-channel` there.
    What AWS owns (account `aws`) is not judged.

    ## References

    - [Service Authorization Reference: resource types of each service](https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html)
    - [Access Analyzer: Invalid arn resource](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-invalid-arn-resource)
    """

    code = "INVALID_ARN_RESOURCE"
    severity = "error"
    fixes = ("unsafe",)
    confidence = "medium"
    mentions = ("resource",)

    def check_resource(self, resource: Text, statement: Statement, context: Context) -> Findings:
        """Reports an empty sixth field, one that begins with a misspelt resource type, and a lone word."""
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
        if near and not _differ_in_hyphens(head, near):
            yield self.finding(
                resource,
                f"`{head}` in `{resource.value}` is no resource type of {arn.service}",
                hint=f"did you mean `{near}`?",
                fix=replace_text(resource, str(replace(arn, resource=near + arn.resource[len(head) :]))),
            )
        elif head == arn.resource and index.heads and not _fits(head, index):
            is_type = head in index.heads
            yield self.finding(
                resource,
                f"`{resource.value}` has the resource type `{head}` and no name"
                if is_type
                else f"`{head}` in `{resource.value}` has no resource type, which resources of {arn.service} have",
                hint="write the name after the type" if is_type else _example(index),
            )


def _differ_in_hyphens(head: str, near: str) -> bool:
    """Whether AWS may write the type both ways: `contact-channel` in answers, `contactchannel` in the reference."""
    return head.replace("-", "") == near.replace("-", "")


def _fits(resource: str, index: FormatIndex) -> bool:
    """Whether some resource type's ARNs can end with the text."""
    return any(matches(entry.resource_pattern, resource) for entry in index.candidates(resource))


def _example(index: FormatIndex) -> str:
    """How a resource of the service can be written, when it has few types."""
    heads = sorted(index.heads)
    return (
        f"write the type before the name: {', '.join(heads)}" if len(heads) <= _MOST_TYPES else "write the type first"
    )

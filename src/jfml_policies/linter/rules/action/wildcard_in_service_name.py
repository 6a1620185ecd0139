"""WILDCARD_IN_SERVICE_NAME."""

from __future__ import annotations

from jfml_policies.linter.questions.resource_arn import is_everything, resource_arn
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.patterns.arn import has_wildcard
from jfml_policies.policy.nodes import Statement, Text

__all__ = ["WildcardInServiceName"]


class WildcardInServiceName(Rule):
    """A service name in an action or an ARN holds a wildcard.

    ## Why is this bad?

    The statement reaches every service whose name fits, also those that AWS will add, and readers don't see which.
    AWS documents that wildcards are not meant for this place.

    ## Example

    ```json
    {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s*:::acme-features/train/*"}
    ```

    ## Use instead

    ```json
    {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::acme-features/train/*"}
    ```

    A service name that is only `*` is not reported: it plainly says every service.

    ## References

    - [IAM User Guide: IAM JSON policy elements: Resource](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html)
    - [Access Analyzer: Wildcard in service name](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-suggestion-wildcard-in-service-name)
    """

    code = "WILDCARD_IN_SERVICE_NAME"
    severity = "suggestion"
    mentions = ("*", "?")

    def check_action(self, action: Text, statement: Statement, context: Context) -> Findings:
        """Reports an action whose prefix has a wildcard beside other characters."""
        prefix, colon, _ = action.value.partition(":")
        if colon and _is_partly_wild(prefix):
            yield self.finding(
                action, f"the service name `{prefix}` has a wildcard", hint="name each service in an entry of its own"
            )

    def check_resource(self, resource: Text, statement: Statement, context: Context) -> Findings:
        """Reports a resource whose service field has a wildcard beside other characters."""
        arn = resource_arn(resource.value)
        if arn is not None and _is_partly_wild(arn.service):
            yield self.finding(
                resource,
                f"the service name `{arn.service}` has a wildcard",
                hint="name each service in an ARN of its own",
            )


def _is_partly_wild(name: str) -> bool:
    return has_wildcard(name) and not is_everything(name) and "${" not in name

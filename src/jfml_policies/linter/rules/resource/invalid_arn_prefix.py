"""INVALID_ARN_PREFIX."""

from __future__ import annotations

from jfml_policies.linter.questions.resource_arn import is_everything
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.nodes import Statement, Text

__all__ = ["InvalidArnPrefix"]


class InvalidArnPrefix(Rule):
    """A resource does not begin with `arn:`.

    ## Why is this bad?

    AWS refuses the document: a resource is `*` or an ARN.
    Until it is mended nobody has the permissions that the policy should give.

    ## Example

    ```json
    {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "acme-features/train/*"}
    ```

    ## Use instead

    ```json
    {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::acme-features/train/*"}
    ```

    An entry that begins with a policy variable is not reported, nor is `execute-api:/...`, which API Gateway completes
    in its own resource policies.

    ## References

    - [IAM User Guide: Identify AWS resources with Amazon Resource Names](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html)
    - [Access Analyzer: Invalid arn prefix](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-invalid-arn-prefix)
    """

    code = "INVALID_ARN_PREFIX"
    severity = "error"
    mentions = ("resource",)

    def check_resource(self, resource: Text, statement: Statement, context: Context) -> Findings:
        """Reports an entry that is neither `*` nor begins as an ARN."""
        text = resource.value
        if text.startswith(("arn:", "${")) or is_everything(text):
            return
        if context.kind == "resource" and text.startswith("execute-api:/"):
            return
        yield self.finding(
            resource,
            f"the resource `{text}` does not begin with `arn:`" if text else "a resource is empty",
            hint="write it as `arn:partition:service:region:account:resource`",
        )

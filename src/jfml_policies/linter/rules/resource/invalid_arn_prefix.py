"""INVALID_ARN_PREFIX."""

from __future__ import annotations

from jfml_policies.catalog.partitions import PARTITIONS
from jfml_policies.linter.fixes.quick_fix import replace_text
from jfml_policies.linter.questions.resource_arn import is_everything, resource_arn
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.nodes import Statement, Text
from jfml_policies.text.suggest import nearest

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

    ## Fix safety

    The fix writes `arn:` where the rest has all fields of an ARN and begins with a partition.
    It is unsafe: AWS refuses the document as it is.

    ## References

    - [IAM User Guide: Identify AWS resources with Amazon Resource Names](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html)
    - [Access Analyzer: Invalid arn prefix](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-invalid-arn-prefix)
    """

    code = "INVALID_ARN_PREFIX"
    severity = "error"
    fixes = ("unsafe",)
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
            fix=replace_text(resource, meant) if (meant := _meant(text)) else None,
        )


def _meant(text: str) -> str | None:
    """The ARN that a text is but for its beginning: `arn:` is missing or misspelt before a partition."""
    first, _, rest = text.strip().partition(":")
    whole = text.strip() if first in PARTITIONS else rest if nearest(first, ("arn",)) else ""
    is_arn = whole.partition(":")[0] in PARTITIONS and resource_arn(f"arn:{whole}") is not None
    return f"arn:{whole}" if is_arn else None

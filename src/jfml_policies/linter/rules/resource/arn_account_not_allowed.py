"""ARN_ACCOUNT_NOT_ALLOWED."""

from __future__ import annotations

from jfml_policies.linter.fixes.quick_fix import replace_text
from jfml_policies.linter.questions.arn_demands import agreed_formats
from jfml_policies.linter.questions.resource_arn import resource_arn
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.patterns.arn import is_account_id
from jfml_policies.policy.nodes import Statement, Text
from jfml_policies.record import replace

__all__ = ["ArnAccountNotAllowed"]


class ArnAccountNotAllowed(Rule):
    """A resource ARN has an account id although ARNs of that type have none.

    ## Why is this bad?

    S3 buckets and objects, EC2 images and some others have ARNs without an account.
    The entry matches no resource.
    In an Allow the permission is missing, and the workload fails with AccessDenied.
    In a Deny the resource that should be closed stays open to everyone whom another statement lets in.

    ## Example

    ```json
    {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3::111122223333:acme-features/train/*"}
    ```

    ## Use instead

    ```json
    {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::acme-features/train/*"}
    ```

    A `*` in the account is fine.
    To limit access to buckets of an account, add a condition on `aws:ResourceAccount`.

    ## References

    - [IAM User Guide: Identify AWS resources with Amazon Resource Names](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html)
    - [Service Authorization Reference: resource types of each service](https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html)
    - [Access Analyzer: Arn account not allowed](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-arn-account-not-allowed)
    """

    code = "ARN_ACCOUNT_NOT_ALLOWED"
    severity = "error"
    fixes = ("unsafe",)
    mentions = ("resource",)

    def check_resource(self, resource: Text, statement: Statement, context: Context) -> Findings:
        """Reports 12 digits where every format that fits has no account."""
        arn = resource_arn(resource.value)
        if arn is None or not is_account_id(arn.account):
            return
        if agreed_formats(arn, context.catalog, "account", "empty"):
            yield self.finding(
                resource,
                f"`{resource.value}` has an account, but ARNs of this type have none",
                hint="leave the account empty; to limit the account, add a condition on `aws:ResourceAccount`",
                fix=replace_text(resource, str(replace(arn, account=""))),
            )

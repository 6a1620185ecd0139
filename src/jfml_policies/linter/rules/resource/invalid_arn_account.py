"""INVALID_ARN_ACCOUNT."""

from __future__ import annotations

from jfml_policies.linter.fixes.quick_fix import replace_text
from jfml_policies.linter.questions.arn_demands import format_index
from jfml_policies.linter.questions.resource_arn import is_literal, resource_arn
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.patterns.arn import is_account_id
from jfml_policies.policy.nodes import Statement, Text
from jfml_policies.record import replace

__all__ = ["InvalidArnAccount"]


class InvalidArnAccount(Rule):
    """The account of a resource ARN is no account id.

    ## Why is this bad?

    The entry matches no resource.
    In an Allow the permission is missing, and the workload fails with AccessDenied.
    In a Deny the resource that should be closed stays open to everyone whom another statement lets in.

    ## Example

    ```json
    {"Effect": "Allow", "Action": "iam:GetRole", "Resource": "arn:aws:iam::1111-2222-3333:role/app"}
    ```

    ## Use instead

    ```json
    {"Effect": "Allow", "Action": "iam:GetRole", "Resource": "arn:aws:iam::111122223333:role/app"}
    ```

    An account id has 12 digits.
    An empty field, a wildcard, `aws` for what AWS owns, and the few texts that a service documents for this field are
    fine.

    ## References

    - [IAM User Guide: Identify AWS resources with Amazon Resource Names](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html)
    - [Access Analyzer: Invalid arn account](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-invalid-arn-account)
    """

    code = "INVALID_ARN_ACCOUNT"
    severity = "error"
    fixes = ("unsafe",)
    mentions = ("resource",)

    def check_resource(self, resource: Text, statement: Statement, context: Context) -> Findings:
        """Reports a literal fifth field that is neither empty, nor an account id, nor `aws`."""
        arn = resource_arn(resource.value)
        if arn is None or arn.account in ("", "aws") or not is_literal(arn.account) or is_account_id(arn.account):
            return
        formats = format_index(context.catalog, arn.service).candidates(arn.resource)
        if any(entry.account == arn.account for entry in formats):
            return
        digits = arn.account.replace("-", "").replace(" ", "")
        yield self.finding(
            resource,
            f"`{arn.account}` in `{resource.value}` is no account id",
            hint=f"write it as `{digits}`" if is_account_id(digits) else "an account id has 12 digits",
            fix=replace_text(resource, str(replace(arn, account=digits))) if is_account_id(digits) else None,
        )

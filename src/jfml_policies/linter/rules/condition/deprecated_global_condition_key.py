"""DEPRECATED_GLOBAL_CONDITION_KEY."""

from __future__ import annotations

from typing import Final

from jfml_policies.linter.fixes.condition_fixes import rename_key
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.kinds import IDENTITY_KINDS, RESOURCE_KINDS
from jfml_policies.policy.nodes import Statement, Test

__all__ = ["DeprecatedGlobalConditionKey"]

_OLD: Final = "aws:arn"
_NEW: Final = "aws:PrincipalArn"


class DeprecatedGlobalConditionKey(Rule):
    """The old key `aws:ARN` is used.

    ## Why is this bad?

    AWS no longer describes the key and may stop to supply it: then an Allow grants nothing, and a Deny refuses nobody.

    ## Example

    ```json
    {"ArnLike": {"aws:ARN": "arn:aws:iam::111122223333:role/app"}}
    ```

    ## Use instead

    ```json
    {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::111122223333:role/app"}}
    ```

    AWS's validator has two checks of this key and does not say which of them applies where.
    Here SCPs and RCPs get the error of `unsupported-global-condition-key`,
    identity and resource policies the warning of `deprecated-global-condition-key`.
    Where a calling resource is meant, as with a service that acts for a queue, the key is `aws:SourceArn`.

    ## References

    - [IAM User Guide: AWS global condition context keys](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html)
    - [Access Analyzer: Deprecated global condition key](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-general-warning-deprecated-global-condition-key)
    """

    code = "DEPRECATED_GLOBAL_CONDITION_KEY"
    severity = "warning"
    fixes = ("unsafe",)
    confidence = "medium"
    kinds = IDENTITY_KINDS | RESOURCE_KINDS
    mentions = ("aws:arn",)

    def check_test(self, test: Test, statement: Statement, context: Context) -> Findings:
        """Reports the key."""
        if test.key.value.lower() == _OLD:
            yield self.finding(
                test.key,
                f"`{test.key.value}` is an old key that AWS has replaced",
                hint=f"use `{_NEW}`, or `aws:SourceArn` for the resource that calls",
                fix=rename_key(test, statement, _NEW),
            )

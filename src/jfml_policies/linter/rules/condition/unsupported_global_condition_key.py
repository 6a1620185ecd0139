"""UNSUPPORTED_GLOBAL_CONDITION_KEY."""

from __future__ import annotations

from typing import Final

from jfml_policies.linter.fixes.condition_fixes import rename_key
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.nodes import Statement, Test

__all__ = ["UnsupportedGlobalConditionKey"]

_OLD: Final = "aws:arn"
_NEW: Final = "aws:PrincipalArn"


class UnsupportedGlobalConditionKey(Rule):
    """The retired key `aws:ARN` is used in an organization's policy.

    ## Why is this bad?

    AWS does not support the key, so a guard that is built on it guards nothing:
    a Deny for all but one role refuses that role as well, or refuses nobody.

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
    - [Access Analyzer: Unsupported global condition key](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-unsupported-global-condition-key)
    """

    code = "UNSUPPORTED_GLOBAL_CONDITION_KEY"
    severity = "error"
    fixes = ("unsafe",)
    confidence = "medium"
    kinds = frozenset(("scp", "rcp"))
    mentions = ("aws:arn",)

    def check_test(self, test: Test, statement: Statement, context: Context) -> Findings:
        """Reports the key."""
        if test.key.value.lower() == _OLD:
            yield self.finding(
                test.key,
                f"`{test.key.value}` is a key that AWS no longer supports",
                hint=f"use `{_NEW}`, or `aws:SourceArn` for the resource that calls",
                fix=rename_key(test, statement, _NEW),
            )

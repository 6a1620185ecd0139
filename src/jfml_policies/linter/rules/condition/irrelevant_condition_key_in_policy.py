"""IRRELEVANT_CONDITION_KEY_IN_POLICY."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.nodes import Statement, Test

__all__ = ["IrrelevantConditionKeyInPolicy"]

#: Key -> resource types in whose policies it is constant.
_CONSTANT: Final = MappingProxyType({"s3:resourceaccount": ("AWS::S3::Bucket", "AWS::S3::AccessPoint")})


class IrrelevantConditionKeyInPolicy(Rule):
    """A bucket or access point policy tests the account that owns the bucket.

    ## Why is this bad?

    The account is the same for every request on that bucket, so the test always holds or never does.
    It protects nobody, and who reads it may take it for a limit on the caller's account.

    ## Example

    ```json
    {"StringEquals": {"s3:ResourceAccount": "111122223333"}}
    ```

    ## Use instead

    ```json
    {"StringEquals": {"aws:PrincipalAccount": "111122223333"}}
    ```

    It is checked where the resource type is given.
    In an identity policy the key is useful: it keeps the caller to buckets of one account.

    ## References

    - [Amazon S3 User Guide: Amazon S3 condition key examples](https://docs.aws.amazon.com/AmazonS3/latest/userguide/amazon-s3-policy-keys.html)
    - [Access Analyzer: Irrelevant condition key in policy](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-suggestion-irrelevant-condition-key-in-policy)
    """

    code = "IRRELEVANT_CONDITION_KEY_IN_POLICY"
    severity = "suggestion"
    kinds = frozenset(("resource",))
    mentions = ("resourceaccount",)

    def check_test(self, test: Test, statement: Statement, context: Context) -> Findings:
        """Reports the key."""
        resource_type = context.policy.resource_type
        if resource_type is not None and resource_type in _CONSTANT.get(test.key.value.lower(), ()):
            yield self.finding(
                test.key,
                f"`{test.key.value}` is the same for all requests that a policy of `{resource_type}` is about",
                hint="remove the test, or test the caller's account with `aws:PrincipalAccount`",
            )

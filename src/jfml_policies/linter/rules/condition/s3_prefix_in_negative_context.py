"""S3_PREFIX_IN_NEGATIVE_CONTEXT."""

from __future__ import annotations

from typing import Final

from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.kinds import ALL_KINDS
from jfml_policies.policy.nodes import Statement, Test
from jfml_policies.policy.operators import parse_operator

__all__ = ["S3PrefixInNegativeContext"]

_KEY: Final = "s3:prefix"


class S3PrefixInNegativeContext(Rule):
    """`s3:prefix` is used to forbid prefixes, which a shorter prefix escapes.

    ## Why is this bad?

    A caller who lists with `priv`, or with no prefix at all, does not match `private/*` and still sees those keys.
    A Deny of a prefix, or an Allow of all other prefixes, keeps nothing hidden.

    ## Example

    ```json
    {"Effect": "Deny", "Condition": {"StringLike": {"s3:prefix": "private/*"}}}
    ```

    ## Use instead

    ```json
    {"Effect": "Allow", "Condition": {"StringLike": {"s3:prefix": "public/*"}}}
    ```

    Name what may be listed: with `StringLike` in an Allow, or with `StringNotLike` in a Deny.

    ## References

    - [Amazon S3 User Guide: Amazon S3 condition key examples](https://docs.aws.amazon.com/AmazonS3/latest/userguide/amazon-s3-policy-keys.html)
    - [Access Analyzer: S3 prefix in negative context](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-security-warning-s3-prefix-in-negative-context)
    """

    code = "S3_PREFIX_IN_NEGATIVE_CONTEXT"
    severity = "security-warning"
    kinds = ALL_KINDS - {"trust"}
    mentions = ("s3:prefix",)

    def check_test(self, test: Test, statement: Statement, context: Context) -> Findings:
        """Reports the key."""
        if test.key.value.lower() != _KEY:
            return
        operator = parse_operator(test.operator.value)
        if operator is None or operator.family != "String":
            return
        if statement.allows if operator.negated else statement.denies:
            yield self.finding(
                test.key,
                f"a shorter prefix escapes `{test.operator.value}` on `{test.key.value}` "
                f"in {'an Allow' if statement.allows else 'a Deny'}",
                hint="name the prefixes that may be listed: `StringLike` in an Allow, or `StringNotLike` in a Deny",
            )

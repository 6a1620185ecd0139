"""MISSING_PAIRED_CONDITION_KEYS."""

from __future__ import annotations

from typing import Final

from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.nodes import Statement, Test
from jfml_policies.policy.operators import parse_operator

__all__ = ["MissingPairedConditionKeys"]

_KEY: Final = "aws:vpcsourceip"
_PARTNERS: Final = frozenset(("aws:sourcevpc", "aws:sourcevpcarn", "aws:sourcevpce"))


class MissingPairedConditionKeys(Rule):
    """`aws:VpcSourceIp` is used without a key that names the VPC.

    ## Why is this bad?

    Private addresses repeat from VPC to VPC: any AWS customer can give a machine the address that the policy trusts.
    Called through a VPC endpoint of their own, the request passes the test.

    ## Example

    ```json
    {"IpAddress": {"aws:VpcSourceIp": "10.0.0.0/8"}}
    ```

    ## Use instead

    ```json
    {
      "IpAddress": {"aws:VpcSourceIp": "10.0.0.0/8"},
      "StringEquals": {"aws:SourceVpc": "vpc-0a1b2c3d4e5f60718"}
    }
    ```

    `aws:SourceVpc`, `aws:SourceVpce` and `aws:SourceVpcArn` name the VPC; one of them in the same statement is enough.
    A `Null` test trusts no address and needs none of them.

    ## References

    - [IAM User Guide: AWS global condition context keys](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html)
    - [Access Analyzer: Missing paired condition keys](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-security-warning-missing-paired-condition-keys)
    """

    code = "MISSING_PAIRED_CONDITION_KEYS"
    severity = "security-warning"
    mentions = ("vpcsourceip",)

    def check_statement(self, statement: Statement, context: Context) -> Findings:
        """Reports the key."""
        keys = [test.key.value.lower() for test in statement.tests]
        if _KEY not in keys or not _PARTNERS.isdisjoint(keys):
            return
        for test, key in zip(statement.tests, keys, strict=True):
            if key == _KEY and not _asks_for_presence(test):
                yield self.finding(
                    test.key,
                    f"`{test.key.value}` holds an address that any VPC may have",
                    hint="add `aws:SourceVpc` (or `aws:SourceVpce`, `aws:SourceVpcArn`) to the condition",
                )


def _asks_for_presence(test: Test) -> bool:
    operator = parse_operator(test.operator.value)
    return operator is not None and operator.family == "Null"

"""PRIVATE_NOT_IP_ADDRESS."""

from __future__ import annotations

from jfml_policies.linter.questions.source_addresses import private_share
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.nodes import Statement, Test

__all__ = ["PrivateNotIpAddress"]


class PrivateNotIpAddress(Rule):
    """`aws:SourceIp` is compared with private addresses only, so the test always holds.

    ## Why is this bad?

    `aws:SourceIp` is the public address that AWS sees, or absent when the call comes through a VPC endpoint.
    It is never in a private range, so an Allow for all other networks lets in everybody, and a Deny refuses everybody.

    ## Example

    ```json
    {"NotIpAddress": {"aws:SourceIp": "10.20.0.0/16"}}
    ```

    ## Use instead

    ```json
    {"NotIpAddress": {"aws:SourceIp": "203.0.113.0/24"}}
    ```

    Private are 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 and fc00::/7.

    ## References

    - [IAM User Guide: AWS global condition context keys](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html)
    - [IAM User Guide: IAM JSON policy elements: Condition operators](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html)
    - [Access Analyzer: Private NotIpAddress](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-private-not-ip-address)
    """

    code = "PRIVATE_NOT_IP_ADDRESS"
    severity = "error"
    mentions = ("notipaddress",)

    def check_test(self, test: Test, statement: Statement, context: Context) -> Findings:
        """Reports the key."""
        if private_share(test, "NotIpAddress") == "all":
            yield self.finding(
                test.key,
                f"`aws:SourceIp` is never a private address, so `{test.operator.value}` always holds",
                hint="use the public address of the network, or `aws:VpcSourceIp` with `aws:SourceVpc`",
            )

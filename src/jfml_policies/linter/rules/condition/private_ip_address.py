"""PRIVATE_IP_ADDRESS."""

from __future__ import annotations

from jfml_policies.linter.questions.source_addresses import private_share
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.nodes import Statement, Test

__all__ = ["PrivateIpAddress"]


class PrivateIpAddress(Rule):
    """`aws:SourceIp` is compared with private addresses only, so the test never holds.

    ## Why is this bad?

    `aws:SourceIp` is the public address that AWS sees, or absent when the call comes through a VPC endpoint.
    It is never in a private range, so an Allow lets in nobody, and a Deny refuses nobody.

    ## Example

    ```json
    {"IpAddress": {"aws:SourceIp": "10.20.0.0/16"}}
    ```

    ## Use instead

    ```json
    {"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}
    ```

    Private are 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 and fc00::/7.

    ## References

    - [IAM User Guide: AWS global condition context keys](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html)
    - [IAM User Guide: IAM JSON policy elements: Condition operators](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html)
    - [Access Analyzer: Private IP address](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-private-ip-address)
    """

    code = "PRIVATE_IP_ADDRESS"
    severity = "error"
    mentions = ("ipaddress",)

    def check_test(self, test: Test, statement: Statement, context: Context) -> Findings:
        """Reports the key."""
        if private_share(test, "IpAddress") == "all":
            yield self.finding(
                test.key,
                f"`aws:SourceIp` is never a private address, so no value under `{test.operator.value}` matches",
                hint="use the public address of the network, or `aws:VpcSourceIp` with `aws:SourceVpc`",
            )

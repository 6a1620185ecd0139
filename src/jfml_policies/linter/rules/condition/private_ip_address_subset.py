"""PRIVATE_IP_ADDRESS_SUBSET."""

from __future__ import annotations

from jfml_policies.linter.questions.source_addresses import private_share
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.nodes import Statement, Test

__all__ = ["PrivateIpAddressSubset"]


class PrivateIpAddressSubset(Rule):
    """`aws:SourceIp` is compared with private addresses among public ones.

    ## Why is this bad?

    `aws:SourceIp` is the public address that AWS sees, or absent when the call comes through a VPC endpoint.
    It is never in a private range, so the private ones in the list let in nobody.

    ## Example

    ```json
    {"IpAddress": {"aws:SourceIp": ["10.0.0.0/8", "203.0.113.0/24"]}}
    ```

    ## Use instead

    ```json
    {"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}
    ```

    Private are 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 and fc00::/7.

    ## References

    - [IAM User Guide: AWS global condition context keys](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html)
    - [IAM User Guide: IAM JSON policy elements: Condition operators](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html)
    - [Access Analyzer: Private IP address subset](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-suggestion-private-ip-address-subset)
    """

    code = "PRIVATE_IP_ADDRESS_SUBSET"
    severity = "suggestion"
    mentions = ("ipaddress",)

    def check_test(self, test: Test, statement: Statement, context: Context) -> Findings:
        """Reports the key."""
        if private_share(test, "IpAddress") == "some":
            yield self.finding(
                test.key,
                f"private ranges under `{test.operator.value}` do nothing: `aws:SourceIp` is never a private address",
                hint="remove the private ranges, or test them with `aws:VpcSourceIp` and `aws:SourceVpc`",
            )

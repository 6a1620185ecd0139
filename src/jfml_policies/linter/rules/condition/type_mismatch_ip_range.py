"""TYPE_MISMATCH_IP_RANGE."""

from __future__ import annotations

from jfml_policies.linter.questions.ip_ranges import ip_ranges
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.nodes import Statement, Test

__all__ = ["TypeMismatchIpRange"]


class TypeMismatchIpRange(Rule):
    """A value of an IP operator is no address and no range.

    ## Why is this bad?

    AWS refuses the document: addresses are written as `203.0.113.7`, ranges in CIDR form.

    ## Example

    ```json
    {"IpAddress": {"aws:SourceIp": "203.0.113.0/33"}}
    ```

    ## Use instead

    ```json
    {"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}
    ```

    IPv4 and IPv6 are both fine; there are no wildcards and no host names.

    ## References

    - [IAM User Guide: IAM JSON policy elements: Condition operators](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html)
    - [Access Analyzer: Type mismatch IP range](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-type-mismatch-ip-range)
    """

    code = "TYPE_MISMATCH_IP_RANGE"
    severity = "error"
    mentions = ("ipaddress",)

    def check_test(self, test: Test, statement: Statement, context: Context) -> Findings:
        """Reports each wrong value; one with a variable is another rule's business."""
        for value, network in ip_ranges(test):
            if network is None:
                yield self.finding(
                    value,
                    f"`{value.value}` is not an IP address or range",
                    hint="write an address or a CIDR range, such as `203.0.113.0/24` or `2001:db8::/32`",
                )

"""IMPROVE_IP_RANGE."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jfml_policies.linter.fixes.quick_fix import replace_text
from jfml_policies.linter.questions.ip_ranges import ip_ranges
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.nodes import Statement, Test

if TYPE_CHECKING:
    from jfml_policies.policy.values import Network

__all__ = ["ImproveIpRange"]


class ImproveIpRange(Rule):
    """A CIDR range has bits beyond its prefix.

    ## Why is this bad?

    AWS ignores the bits behind the prefix: `203.0.113.25/24` is all of `203.0.113.0/24`.
    Who meant the one address lets in 255 others; who meant the range leaves readers in doubt.

    ## Example

    ```json
    {"IpAddress": {"aws:SourceIp": "203.0.113.25/24"}}
    ```

    ## Use instead

    ```json
    {"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}
    ```

    ## References

    - [IAM User Guide: IAM JSON policy elements: Condition operators](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html)
    - [Access Analyzer: Improve IP range](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-suggestion-improve-ip-range)
    """

    code = "IMPROVE_IP_RANGE"
    severity = "suggestion"
    fixes = ("safe",)
    mentions = ("ipaddress",)

    def check_test(self, test: Test, statement: Statement, context: Context) -> Findings:
        """Reports each such range; the fix writes the range that AWS reads."""
        for value, network in ip_ranges(test):
            if network is not None and not network.is_exact:
                plain = f"{_written(network)}/{value.value.partition('/')[2]}"
                yield self.finding(
                    value,
                    f"`{value.value}` means `{plain}`",
                    hint=f"write `{plain}`, or only the address when that is meant",
                    fix=replace_text(value, plain, safe=True),
                )


def _written(network: Network) -> str:
    """The first address of a range, as one writes it."""
    from ipaddress import IPv4Address, IPv6Address

    return str(IPv4Address(network.first) if network.version == 4 else IPv6Address(network.first))

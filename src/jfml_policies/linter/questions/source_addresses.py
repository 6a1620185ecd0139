"""Private addresses among the values of `aws:SourceIp`, which only ever holds a public one.

Sources: IAM User Guide, "AWS global condition context keys", `aws:SourceIp`; RFC 1918 and RFC 4193 for the ranges.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from jfml_policies.linter.questions.ip_ranges import ip_ranges
from jfml_policies.policy.nodes import Test
from jfml_policies.policy.operators import parse_operator

if TYPE_CHECKING:
    from jfml_policies.policy.values import Network

__all__ = ["private_share"]

_KEY: Final = "aws:sourceip"
#: IP version, first and last address.
_PRIVATE: Final = (
    (4, 0x0A00_0000, 0x0AFF_FFFF),  # 10.0.0.0/8
    (4, 0xAC10_0000, 0xAC1F_FFFF),  # 172.16.0.0/12
    (4, 0xC0A8_0000, 0xC0A8_FFFF),  # 192.168.0.0/16
    (6, 0xFC << 120, (0xFE << 120) - 1),  # fc00::/7
)


def private_share(test: Test, base: str) -> Literal["all", "some"] | None:
    """How many values of a test of `aws:SourceIp` are private ranges.

    None when none is, when the operator's base is another, or when all that are known are private and some are not
    known. Values that are no range are left out: they have a check of their own.

    Args:
        test: the condition test.
        base: `IpAddress` or `NotIpAddress`.

    >>> from jfml_policies.policy.parse import parse_text
    >>> policy = parse_text('{"Statement": {"Condition": {"IpAddress": {"aws:SourceIp": ["10.1.0.0/16", "8.8.8.8"]}}}}')
    >>> private_share(policy.statements[0].tests[0], "IpAddress")
    'some'
    """
    if test.key.value.lower() != _KEY:
        return None
    operator = parse_operator(test.operator.value)
    return _share(test) if operator is not None and operator.base == base else None


def _share(test: Test) -> Literal["all", "some"] | None:
    ranges = ip_ranges(test)
    private = [_is_private(network) for _, network in ranges if network is not None]
    if not any(private):
        return None
    if not all(private):
        return "some"
    return "all" if len(ranges) == len(test.values) else None


def _is_private(network: Network) -> bool:
    return any(
        network.version == version and first <= network.first and network.last <= last
        for version, first, last in _PRIVATE
    )

"""The values of a test with an IP operator, read once for all the rules that ask about them."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from jfml_policies.linter.questions.condition_values import settled_values
from jfml_policies.policy.nodes import Test, Text
from jfml_policies.policy.operators import parse_operator

if TYPE_CHECKING:
    from jfml_policies.policy.values import Network

__all__ = ["ip_ranges"]


def ip_ranges(test: Test) -> tuple[tuple[Text, Network | None], ...]:
    """Each value without a variable and its range, None where it is no address and no range.

    Empty under operators other than `IpAddress` and `NotIpAddress`.

    >>> from jfml_policies.policy.parse import parse_text
    >>> policy = parse_text('{"Statement": {"Condition": {"IpAddress": {"aws:SourceIp": ["10.0.0.0/8", "office"]}}}}')
    >>> [network is not None for _, network in ip_ranges(policy.statements[0].tests[0])]
    [True, False]
    """
    operator = parse_operator(test.operator.value)
    if operator is None or operator.family != "IpAddress":
        return ()
    values = tuple(settled_values(test))
    return tuple(zip(values, _networks(tuple([value.value for value in values])), strict=True))


# By texts and not by test: tests that say the same are equal wherever they stand. All texts of a test at once, because
# a long list asked for text by text pushes out what the next rule will ask for.
@lru_cache(maxsize=32)
def _networks(texts: tuple[str, ...]) -> tuple[Network | None, ...]:
    from jfml_policies.policy.values import read_network

    return tuple([read_network(text) for text in texts])

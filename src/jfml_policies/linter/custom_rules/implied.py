"""What follows from a principal that a policy names: whoever lets in a service need not say that it is one.

The algebra takes the principal and each condition key for independent, so what a named principal implies about keys is
said here, in one more statement beside those for everybody.

Source: IAM User Guide, "AWS global condition context keys", "Properties of the principal".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from jfml_policies.access.conditions import condition_holds
from jfml_policies.access.derived_keys import derived_context
from jfml_policies.access.request import Request
from jfml_policies.access.request_facts import RequestFacts
from jfml_policies.patterns.principal import Principal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jfml_policies.policy.nodes import Policy, Test

__all__ = ["IMPLIED_KEYS", "implied_statements"]

#: Keys, in lower case, whose value may follow from who asks.
IMPLIED_KEYS: Final = frozenset(
    (
        "aws:principalaccount",
        "aws:principalarn",
        "aws:principalisawsservice",
        "aws:principalservicename",
        "aws:username",
    )
)
#: What is true of all that naming an account lets in.
_OF_ACCOUNTS: Final = ("aws:PrincipalAccount", "aws:PrincipalIsAWSService")


def implied_statements(block: tuple[Test, ...], policy: Policy) -> Iterator[dict[str, Any]]:
    """Statements, without actions and resources, for principals of a policy who meet tests of a block by being who
    they are; the other tests of the block stay.

    >>> from jfml_policies.linter.custom_rules.questions import tests_of
    >>> from jfml_policies.policy.read import loads
    >>> policy = loads(
    ...     '{"Statement": {"Effect": "Allow", "Principal": {"Service": "sns.amazonaws.com"}}}', kind="trust"
    ... )
    >>> list(implied_statements(tests_of('{"Bool": {"aws:PrincipalIsAWSService": "true"}}'), policy))
    [{'Principal': {'Service': ['sns.amazonaws.com']}}]
    """
    if not any(_is_implied(test) for test in block):
        return
    named: dict[tuple[int, ...], dict[str, list[str]]] = {}
    for type_, value in dict.fromkeys(_named(policy)):
        left = _left(block, type_, value)
        if left is not None:
            named.setdefault(left, {}).setdefault(type_, []).append(value)
    for places, principals in named.items():
        condition: dict[str, dict[str, list[str]]] = {}
        for place in places:
            test = block[place]
            condition.setdefault(test.operator.value, {})[test.key.value] = [value.value for value in test.values]
        yield {"Principal": principals, **({"Condition": condition} if condition else {})}


def _named(policy: Policy) -> Iterator[tuple[str, str]]:
    for statement in policy.statements:
        for group in statement.principal.groups if statement.allows and statement.principal else ():
            for value in group.values:
                yield group.type.value, value.value


def _left(block: tuple[Test, ...], type_: str, value: str) -> tuple[int, ...] | None:
    """The places of the tests that say something still; None where none follows, or one fails."""
    context = _context(Principal.parse(type_, value))
    facts = RequestFacts.of(Request("sts:AssumeRole", context=context))
    left: list[int] = []
    for place, test in enumerate(block):
        if not _is_implied(test) or not facts.values(test.key.value):
            left.append(place)
        elif not condition_holds(test, facts, has_variables=False):
            return None
    return tuple(left) if len(left) < len(block) else None


def _is_implied(test: Test) -> bool:
    return test.key.value.lower() in IMPLIED_KEYS and not any("${" in value.value for value in test.values)


def _context(principal: Principal) -> dict[str, str]:
    """The keys that follow, as far as they are certain for everybody whom the principal names."""
    if principal.kind == "account":
        owner = f"arn:{principal.partition or 'aws'}:iam::{principal.account}:root"
        found = derived_context(Request("sts:AssumeRole", principal=owner))
        return {key: found[key] for key in _OF_ACCOUNTS}
    if principal.kind in ("role", "user", "service", "assumed-role", "federated-user"):
        return derived_context(Request("sts:AssumeRole", principal=principal.value))
    return {}

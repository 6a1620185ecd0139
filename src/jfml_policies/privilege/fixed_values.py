"""Condition values that tie a request to somebody or to some network, so that a stranger can't have them.

Only keys that AWS fills in count, and only values that a stranger can't come by: written out, or a pattern whose part
that matters is written out (an ARN's account, an organization, the owner of a repository).

Sources: Amazon S3 User Guide, "Blocking public access to your Amazon S3 storage", "The meaning of 'public'"; IAM User
Guide, "AWS global condition context keys" and "IAM and AWS STS condition context keys"; AWS KMS Developer Guide,
"AWS KMS condition keys".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from jfml_policies.patterns.arn import is_account_id
from jfml_policies.policy.operators import parse_operator
from jfml_policies.policy.values import read_network

if TYPE_CHECKING:
    from collections.abc import Callable

    from jfml_policies.policy.nodes import Policy, Test
    from jfml_policies.policy.operators import Family

__all__ = ["SHARED_PROVIDERS", "fixed_values"]

#: Keys whose values name a principal, an account, an organization, a resource or a network.
_KEYS: Final = frozenset(
    (
        "aws:principalaccount",
        "aws:principalarn",
        "aws:principalorgid",
        "aws:principalservicename",
        "aws:sourceaccount",
        "aws:sourcearn",
        "aws:sourceorgid",
        "aws:sourceowner",
        "aws:sourcevpc",
        "aws:sourcevpcarn",
        "aws:sourcevpce",
        "aws:userid",
        "aws:vpceaccount",
        "aws:vpceorgid",
        "kms:calleraccount",
        "s3:dataaccesspointaccount",
        "s3:dataaccesspointarn",
    )
)
#: Keys with several values, each a path below an organization.
_PATHS: Final = frozenset(("aws:principalorgpaths", "aws:sourceorgpaths", "aws:vpceorgpaths"))
_ADDRESS: Final = "aws:sourceip"
#: Shorter prefixes are too broad to pin anybody, by IP version.
_SHORTEST_PREFIX: Final = {4: 8, 6: 32}
_BITS: Final = {4: 32, 6: 128}
_ORGANIZATION: Final = re.compile(r"o-[a-z0-9]+/")
_LITERAL: Final = re.compile(r"[^*?$]*")

#: Providers of web identities that anybody can have, and the claims that tell whose one is; each with the beginning
#: that names its owner, for patterns, or None where only a whole value does.
SHARED_PROVIDERS: Final[dict[str, dict[str, re.Pattern[str] | None]]] = {
    "accounts.google.com": {"aud": None, "oaud": None, "sub": None},
    "app.terraform.io": {"sub": re.compile(r"organization:[^:]+:")},
    "cognito-identity.amazonaws.com": {"aud": None, "sub": None},
    "gitlab.com": {"sub": re.compile(r"project_path:[^/:]+/")},
    "graph.facebook.com": {"app_id": None, "id": None},
    "token.actions.githubusercontent.com": {"sub": re.compile(r"repo:[^/:]+/")},
    "www.amazon.com": {"app_id": None, "user_id": None},
}


def fixed_values(policy: Policy) -> dict[str, dict[str, list[str]]]:
    """Conditions that hold for requests that have none of the values that a policy fixes.

    >>> from jfml_policies.policy.read import loads
    >>> text = '{"Statement": {"Condition": {"IpAddress": {"aws:SourceIp": ["192.0.2.0/24", "0.0.0.0/0"]}}}}'
    >>> fixed_values(loads(text))
    {'NotIpAddress': {'aws:sourceip': ['192.0.2.0/24']}}
    """
    conditions: dict[str, dict[str, dict[str, None]]] = {}
    for statement in policy.statements:
        for test in statement.tests:
            for operator, value in _fixed(test):
                conditions.setdefault(operator, {}).setdefault(test.key.value.lower(), {})[value] = None
    return {operator: {key: list(values) for key, values in keys.items()} for operator, keys in conditions.items()}


def _fixed(test: Test) -> list[tuple[str, str]]:
    """The fixed values of a test, each under the operator that is true for requests without it."""
    operator = parse_operator(test.operator.value)
    if operator is None:
        return []
    key, family = test.key.value.lower(), operator.family
    values = [value.value for value in test.values]
    if key == _ADDRESS and family == "IpAddress":
        return [("NotIpAddress", value) for value in values if _is_narrow(value)]
    if family not in ("String", "Arn"):
        return []
    if key in _PATHS:
        return [("ForAllValues:StringNotLike", value) for value in values if _ORGANIZATION.match(_literal(value))]
    names_somebody = _test_of(key, family)
    if names_somebody is None:
        return []
    fixed = []
    for value in values:
        if _literal(value) == value:
            fixed.append(("StringNotEqualsIgnoreCase", value))
        elif operator.facts.patterns and "$" not in value and names_somebody(value):
            fixed.append(("ArnNotLike" if family == "Arn" else "StringNotLike", value))
    return fixed


def _test_of(key: str, family: Family) -> Callable[[str], bool] | None:
    """What tells whether a pattern of a key names somebody; None when no value of the key does."""
    if key in _KEYS:
        return lambda value: _names_account(value, family)
    provider, _, claim = key.rpartition(":")
    claims = SHARED_PROVIDERS.get(provider, {})
    if claim not in claims:
        return None
    owner = claims[claim]
    return lambda value: owner is not None and owner.match(_literal(value)) is not None


def _names_account(value: str, family: Family) -> bool:
    """Whether an ARN pattern holds for one account alone."""
    fields = value.split(":", 5)
    if len(fields) < 6 or not is_account_id(fields[4]):
        return False
    # Under a string operator a wildcard crosses colons, so that what seems to be the account might be something else.
    return family == "Arn" or len(_literal(value)) > len(":".join(fields[:5]))


def _literal(value: str) -> str:
    """What stands before the first wildcard or policy variable."""
    found = _LITERAL.match(value)
    return found[0] if found else ""


def _is_narrow(value: str) -> bool:
    network = read_network(value)
    if network is None:
        return False
    free_bits = (network.last - network.first).bit_length()
    return _BITS[network.version] - free_bits >= _SHORTEST_PREFIX[network.version]

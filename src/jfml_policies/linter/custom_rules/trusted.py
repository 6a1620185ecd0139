"""Who may be let in: the statements that a list of principals and organizations stands for, beside a policy.

Principal elements have no wildcards, so a pattern of ARNs counts in two ways: for principals that the policy names and
that fit it, and for whoever the policy lets in only with an `aws:PrincipalArn` that fits it. Accounts, services and
organizations likewise count by name and by the keys that tell them.

Source: IAM User Guide, "AWS JSON policy elements: Principal" and "AWS global condition context keys"; AWS Key
Management Service Developer Guide, "kms:CallerAccount".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from jfml_policies.patterns.arn import has_wildcard, is_account_id
from jfml_policies.patterns.arn_pattern import arn_like
from jfml_policies.patterns.glob import matches
from jfml_policies.patterns.principal import WEB_IDENTITY_PROVIDERS, Principal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jfml_policies.policy.nodes import Policy

__all__ = ["COMPARED_KEYS", "is_principal", "trusted_statements"]

#: Condition keys by which a policy may name whom it lets in.
COMPARED_KEYS: Final = frozenset(
    (
        "aws:principalaccount",
        "aws:principalarn",
        "aws:principalisawsservice",
        "aws:principalorgid",
        "aws:principalorgpaths",
        "aws:principalservicename",
        "kms:calleraccount",
    )
)
_ALL_SERVICES: Final = "*.amazonaws.com"
_SERVICE: Final = re.compile(r"[a-z0-9.*?-]+\.amazonaws\.(com|com\.cn|eu)")
_HOST: Final = re.compile(r"[a-z0-9.-]+\.[a-z]+(/.+)?")
_CANONICAL: Final = re.compile(r"[0-9a-f]{64}")


def is_principal(text: str) -> bool:
    """Whether a text can stand for principals: an account, an ARN or pattern of ARNs, a service, a provider.

    >>> [is_principal(text) for text in ("111122223333", "*.amazonaws.com", "arn:aws:iam::111122223333:role/*", "me")]
    [True, True, True, False]
    """
    if text.startswith("arn:"):
        if has_wildcard(text):
            return text.count(":") >= 5
        return any(Principal.parse(type_, text).is_valid for type_ in ("AWS", "Federated"))
    return is_account_id(text) or any(form.fullmatch(text) for form in (_SERVICE, _HOST, _CANONICAL))


def trusted_statements(
    principals: tuple[str, ...], organizations: tuple[str, ...], policy: Policy
) -> list[dict[str, Any]]:
    """Statements, without actions and resources, that together let in exactly those who may be.

    >>> from jfml_policies.policy.read import loads
    >>> policy = loads(
    ...     '{"Statement": {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:role/ci-1"}}}'
    ... )
    >>> trusted_statements(("arn:aws:iam::*:role/ci-*",), (), policy)[0]
    {'Principal': {'AWS': ['arn:aws:iam::111122223333:role/ci-1']}}
    """
    named: dict[str, dict[str, None]] = {}
    for type_, text in _by_name(principals, policy):
        named.setdefault(type_, {})[text] = None
    statements: list[dict[str, Any]] = []
    if named:
        statements.append({"Principal": {type_: list(texts) for type_, texts in named.items()}})
    return statements + [
        {"Principal": "*", "Condition": {operator: {key: values}}}
        for operator, key, values in _by_condition(principals, organizations)
    ]


def _by_name(principals: tuple[str, ...], policy: Policy) -> Iterator[tuple[str, str]]:
    """Types and values of Principal elements."""
    for text in principals:
        if has_wildcard(text):
            continue
        if text in WEB_IDENTITY_PROVIDERS:
            yield "Federated", text
        elif _SERVICE.fullmatch(text):
            yield "Service", text
        elif _CANONICAL.fullmatch(text):
            yield "CanonicalUser", text
        elif is_account_id(text) or Principal.parse("AWS", text).is_valid:
            yield "AWS", text
        else:
            yield "Federated", text
    patterns = [text for text in principals if has_wildcard(text)]
    if not patterns:
        return
    for statement in policy.statements:
        for group in statement.principal.groups if statement.principal else ():
            for value in group.values:
                if any(_fits(pattern, group.type.value, value.value) for pattern in patterns):
                    yield group.type.value, value.value


def _fits(pattern: str, type_: str, value: str) -> bool:
    """Whether a named principal fits a pattern; a session of a role does where the role does."""
    if not pattern.startswith("arn:"):
        return type_ == "Service" and matches(pattern, value)
    principal = Principal.parse(type_, value)
    if principal.kind in ("everyone", "invalid"):
        return False
    if principal.kind == "account":
        value = f"arn:{principal.partition or 'aws'}:iam::{principal.account}:root"
        # Naming an account lets in all that is in it, so a pattern of some of its roles does not reach so far.
        return pattern.rpartition(":")[2] in ("*", "root") and arn_like(pattern, value)
    session = f"arn:{principal.partition}:iam::{principal.account}:role/{principal.name}"
    return arn_like(pattern, value) or (principal.kind == "assumed-role" and arn_like(pattern, session))


def _by_condition(
    principals: tuple[str, ...], organizations: tuple[str, ...]
) -> Iterator[tuple[str, str, list[str] | str]]:
    """Operators, keys and values that tell whoever may be let in, each enough."""
    accounts = [text for text in principals if is_account_id(text)]
    if accounts:
        yield "StringEquals", "aws:PrincipalAccount", accounts
        yield "StringEquals", "kms:CallerAccount", accounts
    callers = [f"arn:*:{service}::{account}:*" for account in accounts for service in ("iam", "sts")]
    callers += [text for text in principals if text.startswith("arn:") and "-provider/" not in text]
    if callers:
        yield "ArnLike", "aws:PrincipalArn", callers
    services = [text for text in principals if _SERVICE.fullmatch(text) and text not in WEB_IDENTITY_PROVIDERS]
    if services:
        yield "StringLike", "aws:PrincipalServiceName", services
    if _ALL_SERVICES in services:
        yield "Bool", "aws:PrincipalIsAWSService", "true"
    if organizations:
        yield "StringEquals", "aws:PrincipalOrgID", list(organizations)
        yield "ForAnyValue:StringLike", "aws:PrincipalOrgPaths", [f"{one}/*" for one in organizations]

"""Can anybody at all use a resource?

A request is a stranger's when nothing in it is *fixed* by the policy: its principal is not one that the policy names,
and none of the keys that AWS fills in and that tie a request to somebody or to some network has a value that the
policy writes out. A policy is public when it allows a stranger's request. In doubt a value counts as not fixed.

Sources: Amazon S3 User Guide, "Blocking public access to your Amazon S3 storage", "The meaning of 'public'"; IAM User
Guide, "AWS global condition context keys".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jfml_policies.errors import UsageError
from jfml_policies.policy.kinds import KINDS
from jfml_policies.policy.parse import parse_document
from jfml_policies.privilege.fixed_values import SHARED_PROVIDERS, fixed_values
from jfml_policies.privilege.overlap import Overlap, overlap

if TYPE_CHECKING:
    from jfml_policies.policy.kinds import Kind
    from jfml_policies.policy.nodes import Policy, Principals

__all__ = ["MAY_BE_PUBLIC", "access_of_strangers"]

#: Kinds that are attached to something others may ask for.
MAY_BE_PUBLIC: Final[tuple[Kind, ...]] = ("resource", "trust")


def access_of_strangers(policy: Policy) -> Overlap:
    """What a policy allows to others than those whom it names or pins by a condition.

    Raises:
        UsageError: the policy is of a kind that is not attached to a resource or role.

    >>> from jfml_policies.policy.read import loads
    >>> text = '''{"Statement": {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject",
    ...     "Resource": "arn:aws:s3:::b/*", "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}}}'''
    >>> access_of_strangers(loads(text)).regions
    ()
    >>> access_of_strangers(loads(text.replace("StringEquals", "StringEqualsIfExists"))).regions[0].actions
    ('s3:GetObject',)
    """
    if policy.kind not in MAY_BE_PUBLIC:
        raise UsageError(
            f"no {KINDS[policy.kind].title} can be public",
            hint="resource policies and role trust policies can; --kind says what a document is",
        )
    return overlap(policy, _for_strangers(policy))


def _for_strangers(policy: Policy) -> Policy:
    """A document that allows everything to everybody whom the policy does not name or pin."""
    statement: dict[str, object] = {"Effect": "Allow", "Action": "*", "Resource": "*"}
    named = _named(policy)
    statement |= {"NotPrincipal": named} if named else {"Principal": "*"}
    conditions = fixed_values(policy)
    if conditions:
        statement["Condition"] = conditions
    # Without a version `${` is literal text: values with policy variables are not fixed.
    return parse_document({"Statement": [statement]}, kind="resource")


def _named(policy: Policy) -> dict[str, list[str]]:
    """The principals that are named one by one, by type."""
    named: dict[str, dict[str, None]] = {}
    for statement in policy.statements:
        for element in (statement.principal, statement.not_principal):
            for type_, value in _values(element):
                if "*" not in value and not _is_shared(type_, value):
                    named.setdefault(type_, {})[value] = None
    return {type_: list(values) for type_, values in named.items()}


def _values(element: Principals | None) -> list[tuple[str, str]]:
    if element is None:
        return []
    return [(group.type.value, value.value) for group in element.groups for value in group.values]


def _is_shared(type_: str, value: str) -> bool:
    """Whether a principal is a provider of web identities that anybody can have."""
    return type_ == "Federated" and value.rpartition("oidc-provider/")[2].lower() in SHARED_PROVIDERS

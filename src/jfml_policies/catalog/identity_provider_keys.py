"""Claims that any OpenID Connect provider's tokens bring into a request, as keys `PROVIDER:claim`.

Source: "Available keys for AWS OIDC federation" on
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html.
The prefix is the provider's address as IAM stores it, so no table can list these keys; further claims of the
providers that AWS knows by name (GitHub, GitLab, Google ...) are in the catalogue, with `sts`.
"""

from __future__ import annotations

from types import MappingProxyType

from jfml_policies.catalog.condition_key import ConditionKey

__all__ = ["CLAIMS", "find"]

#: Claim -> type of its key.
CLAIMS = MappingProxyType(
    {"amr": "ArrayOfString", "aud": "String", "email": "String", "oaud": "String", "sub": "String"}
)


def find(name: str) -> ConditionKey | None:
    """The key for a common claim of the provider that `name` names, or None.

    >>> find("oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE:sub").type
    'String'
    >>> find("s3:sub") is None
    True
    """
    provider, _, claim = name.rpartition(":")
    # A provider is a host, with or without a path; a service prefix has no dot.
    host = provider.partition("/")[0]
    kind = CLAIMS.get(claim.lower())
    if kind is None or not all(host.split(".")) or "." not in host:
        return None
    return ConditionKey(f"{provider}:{claim.lower()}", kind)

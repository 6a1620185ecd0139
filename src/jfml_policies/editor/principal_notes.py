"""Who a principal is, as far as vendors and AWS publish it, in Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jfml_policies.catalog.service_principals import is_known_service_principal
from jfml_policies.catalog.token_issuers import issuer_of
from jfml_policies.catalog.vendor_accounts import vendor_of
from jfml_policies.patterns.principal import Principal

if TYPE_CHECKING:
    from jfml_policies.patterns.principal import PrincipalKind

__all__ = ["principal_note"]

_KINDS: Final[dict[PrincipalKind, str]] = {
    "everyone": "everyone, anonymous callers included",
    "account": "an account: everyone in it to whom its own policies give the permission",
    "role": "a role",
    "user": "an IAM user",
    "assumed-role": "one session of a role",
    "federated-user": "a federated user",
    "service": "an AWS service",
    "saml-provider": "a SAML provider",
    "oidc-provider": "an OIDC provider",
    "canonical-user": "an account, by its canonical user id",
    "cloudfront-identity": "an origin access identity of CloudFront",
    "unique-id": "the unique id of a role or user that has been deleted",
}


def principal_note(type_name: str, value: str) -> str | None:
    """What a value under a type of principal stands for, and whose account it is; None when it is no principal.

    >>> print(principal_note("AWS", "arn:aws:iam::464622532012:root"))
    **an account: everyone in it to whom its own policies give the permission**
    <BLANKLINE>
    Account `464622532012` is of Datadog; its external id is required. Source: AWS Manual Setup Guide, \
https://docs.datadoghq.com/integrations/guide/aws-manual-setup/
    """
    principal = Principal.parse(type_name, value)
    said = _KINDS.get(principal.kind)
    if said is None:
        return None
    lines = [f"**{said}**"]
    vendor = vendor_of(principal.account)
    if vendor is not None:
        external = "" if vendor.external_id == "not offered" else f"; its external id is {vendor.external_id}"
        lines.append(f"Account `{vendor.account}` is of {vendor.name}{external}. Source: {vendor.source}")
    if principal.kind == "service":
        known = is_known_service_principal(value)
        lines.append(
            "AWS's guides name this service principal." if known else "AWS's guides do not name this service principal."
        )
    issuer = issuer_of(principal.name) if principal.kind == "oidc-provider" else None
    if issuer is not None:
        lines.append(
            f"Tokens of {issuer.name}; the same provider vouches for {issuer.everyone}, so compare the subject, "
            f"as in `{issuer.example}`. Source: {issuer.source}"
        )
    return "\n\n".join(lines)

"""Who makes a request: the principal of a request, as opposed to those that policies name.

A session of a role is not the role: its ARN holds the role's name without the path. Who asks is never a role itself,
but a role's ARN is taken as "some session of that role", for then the path is known.

Source: IAM User Guide, "AWS JSON policy elements: Principal" and "IAM identifiers".
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final, Literal

from jfml_policies.patterns.principal import WEB_IDENTITY_PROVIDERS, Principal
from jfml_policies.record import record

__all__ = ["ANONYMOUS", "Requester", "RequesterKind"]

ANONYMOUS: Final = "anonymous"
_SERVICE_LINKED: Final = "AWSServiceRoleFor"
_SERVICE_HOSTS: Final = (".amazonaws.com", ".amazonaws.com.cn", ".amazonaws.eu")

RequesterKind = Literal[
    "root", "user", "session", "federated-user", "service", "provider", "canonical-user", "anonymous", "unknown"
]

_IAM_KINDS: Final[dict[str, RequesterKind]] = {
    "account": "root",
    "user": "user",
    "assumed-role": "session",
    "role": "session",
    "federated-user": "federated-user",
}


@record
class Requester:
    """Who makes a request.

    Attributes:
        text: the principal as the request states it; empty when it states none.
        kind: what it is; `unknown` when it is nothing that can make requests, or not stated.
        account: the account that it belongs to, 12 digits; empty for whoever belongs to none.
        name: of the user, or of the role that the session is of.
        role_path: the role's path with both slashes when it is known, else empty.

    >>> session = Requester.of("arn:aws:sts::111122223333:assumed-role/Reader/ann")
    >>> session.kind, session.account, session.name
    ('session', '111122223333', 'Reader')
    """

    text: str
    kind: RequesterKind
    account: str = ""
    partition: str = ""
    name: str = ""
    role_path: str = ""

    @staticmethod
    def of(principal: str | None) -> Requester:
        """The requester that a request's principal states."""
        return _of(principal or "")

    @property
    def is_service_linked(self) -> bool:
        """Whether it is a session of a service-linked role, which organizations' policies do not bind."""
        return self.kind == "session" and self.name.startswith(_SERVICE_LINKED)


@lru_cache(maxsize=512)
def _of(text: str) -> Requester:
    if text == ANONYMOUS:
        return Requester(text, "anonymous")
    found = Principal.parse("AWS", text)
    kind = _IAM_KINDS.get(found.kind)
    if kind is not None:
        role_path = found.path if found.kind == "role" else ""
        return Requester(text, kind, found.account, found.partition, found.name, role_path)
    if found.kind == "cloudfront-identity" or Principal.parse("CanonicalUser", text).is_valid:
        return Requester(text, "canonical-user")
    if text not in WEB_IDENTITY_PROVIDERS and text.endswith(_SERVICE_HOSTS):
        return Requester(text, "service")
    return Requester(text, "provider" if Principal.parse("Federated", text).is_valid else "unknown")

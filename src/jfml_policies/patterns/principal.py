"""Principals: every form a Principal element may hold, told apart.

A principal is a type (`AWS`, `Service`, `Federated`, `CanonicalUser`, or None for a bare text) and a value. Values
are taken literally: wildcards and variables have no effect in principals.

Sources: "AWS JSON policy elements: Principal" and "IAM identifiers" of the IAM user guide.
"""

from __future__ import annotations

from typing import Literal, final

from jfml_policies.patterns.arn import Arn, has_wildcard, is_account_id
from jfml_policies.record import record

__all__ = [
    "PRINCIPAL_TYPES",
    "WEB_IDENTITY_PROVIDERS",
    "Principal",
    "PrincipalKind",
    "PrincipalProblem",
    "PrincipalProblemCode",
]

PrincipalKind = Literal[
    "everyone",
    "account",
    "role",
    "user",
    "assumed-role",
    "federated-user",
    "service",
    "saml-provider",
    "oidc-provider",
    "canonical-user",
    "cloudfront-identity",
    "unique-id",
    "unknown",
    "invalid",
]

PrincipalProblemCode = Literal[
    "bare-text",
    "unknown-type",
    "wildcard",
    "malformed-account",
    "malformed-arn",
    "malformed-service",
    "malformed-provider",
    "malformed-canonical-user",
    "not-a-principal",
    "wrong-type",
]

#: The keys of a Principal object.
PRINCIPAL_TYPES = ("AWS", "Service", "Federated", "CanonicalUser")

#: Web identity providers that need no OIDC provider in the account.
WEB_IDENTITY_PROVIDERS = (
    "cognito-identity.amazonaws.com",
    "accounts.google.com",
    "graph.facebook.com",
    "www.amazon.com",
)

# Resource types of IAM and STS ARNs that name principals.
_IAM_KINDS: dict[str, PrincipalKind] = {"role": "role", "user": "user"}
_STS_KINDS: dict[str, PrincipalKind] = {"assumed-role": "assumed-role", "federated-user": "federated-user"}
_PROVIDER_KINDS: dict[str, PrincipalKind] = {"saml-provider": "saml-provider", "oidc-provider": "oidc-provider"}

_NEVER_PRINCIPALS = {
    "group": "a group",
    "instance-profile": "an instance profile",
    "policy": "a policy",
    "mfa": "an MFA device",
    "server-certificate": "a server certificate",
}

# What the first four letters of an IAM unique id tell. Only roles and users can be left behind in a policy.
_ID_OWNERS = {"AROA": "role", "AIDA": "user"}
_ID_OTHERS = {
    "AGPA": "a group",
    "AIPA": "an instance profile",
    "ANPA": "a managed policy",
    "ANVA": "a policy version",
    "AKIA": "an access key",
    "ASIA": "a temporary access key",
    "ABIA": "a bearer token",
    "ACCA": "a context credential",
    "APKA": "a public key",
    "ASCA": "a certificate",
}
_ID_LENGTHS = range(16, 129)

_CLOUDFRONT_ACCOUNT = "cloudfront"
_CLOUDFRONT_NAME = "CloudFront Origin Access Identity "
_CANONICAL_LENGTH = 64
_HEX_DIGITS = frozenset("0123456789abcdefABCDEF")
_HOST_CHARACTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-.")


@final
@record
class PrincipalProblem:
    """Why a value is no principal.

    Attributes:
        code: which fault it is.
        message: the fault in words, without the value.
        hint: the remedy, or None.
    """

    code: PrincipalProblemCode
    message: str
    hint: str | None = None


@final
@record
class Principal:
    """One principal. Equal principals are written the same; use `meaning` to compare across spellings.

    Attributes:
        kind: which form it is; `unknown` for values that only deployment knows.
        type: the key it stands under, or None for a bare text.
        value: the text as written.
        partition: from its ARN, else empty.
        account: 12 digits, else empty.
        path: of roles and users, with both slashes; `/` when there is none, empty for other kinds.
        name: of the role, user, provider, service (its full host name) or canonical user; the id of a unique id.
        session: of an assumed role, else empty.
        problem: why it is no principal; None unless `kind` is `invalid`.

    >>> role = Principal.parse("AWS", "arn:aws:iam::111122223333:role/team/Reader")
    >>> role.kind, role.account, role.path, role.name
    ('role', '111122223333', '/team/', 'Reader')
    """

    kind: PrincipalKind
    type: str | None
    value: str
    partition: str = ""
    account: str = ""
    path: str = ""
    name: str = ""
    session: str = ""
    problem: PrincipalProblem | None = None

    @staticmethod
    def parse(type_name: str | None, value: str) -> Principal:
        """Return the principal that `value` names under the key `type_name`; never raises.

        Args:
            type_name: `AWS`, `Service`, `Federated`, `CanonicalUser`, or None for a bare text as in `"Principal": "*"`.
            value: one value of that key.
        """
        if type_name is None:
            return _parse_bare(value)
        if type_name not in PRINCIPAL_TYPES:
            return _invalid(type_name, value, "unknown-type", f"`{type_name}` is not a type of principal")
        if type_name == "AWS" and value == "*":
            return Principal("everyone", type_name, value)
        if has_wildcard(value):
            hint = (
                "name the account and narrow it with a condition on `aws:PrincipalArn`" if type_name == "AWS" else None
            )
            return _invalid(type_name, value, "wildcard", "a wildcard has no effect inside a principal", hint)
        if type_name == "AWS":
            return _parse_aws(value)
        if type_name == "Service":
            return _parse_service(value)
        if type_name == "Federated":
            return _parse_federated(value)
        return _parse_canonical(value)

    @staticmethod
    def unknown(type_name: str | None, value: str) -> Principal:
        """Return a principal whose value only deployment knows; `value` is what the template says."""
        return Principal("unknown", type_name, value)

    @property
    def is_valid(self) -> bool:
        """False when AWS would refuse the value, or accept it without it matching anybody."""
        return self.kind != "invalid"

    @property
    def unique_id_owner(self) -> str:
        """What a unique id belonged to, `role` or `user`; empty for other kinds."""
        return _ID_OWNERS[self.name[:4]] if self.kind == "unique-id" else ""

    @property
    def meaning(self) -> tuple[str, ...]:
        """A key that is equal for principals that mean the same, however they are written.

        >>> root = Principal.parse("AWS", "arn:aws:iam::111122223333:root")
        >>> root.meaning == Principal.parse("AWS", "111122223333").meaning
        True
        """
        if self.kind == "everyone":
            return (self.kind,)
        if self.kind == "account":
            # Account ids are unique across partitions, and the bare id names none.
            return (self.kind, self.account)
        if self.kind in ("unknown", "invalid"):
            return (self.kind, self.type or "", self.value)
        return (self.kind, self.partition, self.account, self.path, self.name, self.session)

    def __str__(self) -> str:
        return self.value if self.type is None else f"{self.type}: {self.value}"


def _invalid(
    type_name: str | None, value: str, code: PrincipalProblemCode, message: str, hint: str | None = None
) -> Principal:
    return Principal("invalid", type_name, value, problem=PrincipalProblem(code, message, hint))


def _parse_bare(value: str) -> Principal:
    if value == "*":
        return Principal("everyone", None, value)
    hint = 'write `{"AWS": ...}`, or `{"Service": ...}` for a service'
    return _invalid(None, value, "bare-text", "only `*` may stand without a type of principal", hint)


def _parse_aws(value: str) -> Principal:
    if is_account_id(value):
        return Principal("account", "AWS", value, account=value)
    if value.isascii() and value.replace("-", "").isdigit():
        return _invalid("AWS", value, "malformed-account", "an account id has 12 digits")
    if value.startswith("arn:"):
        return _parse_aws_arn(value)
    if len(value) in _ID_LENGTHS and value.isascii() and value.isalnum() and value.upper() == value:
        if value[:4] in _ID_OWNERS:
            return Principal("unique-id", "AWS", value, name=value)
        if value[:4] in _ID_OTHERS:
            return _invalid("AWS", value, "not-a-principal", f"{_ID_OTHERS[value[:4]]} cannot be a principal")
    if value in WEB_IDENTITY_PROVIDERS:
        return _invalid("AWS", value, "wrong-type", "an identity provider is not an AWS principal", "write `Federated`")
    if value.endswith((".amazonaws.com", ".amazonaws.com.cn")):
        return _invalid("AWS", value, "wrong-type", "a service is not an AWS principal", "write `Service`")
    return _invalid("AWS", value, "malformed-arn", "an AWS principal is an account id or an ARN")


def _parse_aws_arn(value: str) -> Principal:
    arn = Arn.try_parse(value)
    if arn is None or not arn.partition.startswith("aws") or arn.region or arn.service not in ("iam", "sts"):
        return _invalid("AWS", value, "malformed-arn", "the ARN of a principal reads arn:aws:iam::ACCOUNT:... or sts")
    word, _, rest = arn.resource.partition("/")
    if word in _NEVER_PRINCIPALS:
        return _invalid("AWS", value, "not-a-principal", f"{_NEVER_PRINCIPALS[word]} cannot be a principal")
    if word in _PROVIDER_KINDS:
        message = "an identity provider is not an AWS principal"
        return _invalid("AWS", value, "wrong-type", message, "write `Federated`")
    if arn.account == _CLOUDFRONT_ACCOUNT and rest.startswith(_CLOUDFRONT_NAME):
        name = rest.removeprefix(_CLOUDFRONT_NAME)
        return Principal("cloudfront-identity", "AWS", value, partition=arn.partition, name=name)
    if not is_account_id(arn.account):
        return _invalid("AWS", value, "malformed-account", "an account id has 12 digits")
    if arn.service == "iam" and arn.resource == "root":
        return Principal("account", "AWS", value, partition=arn.partition, account=arn.account)
    kind = (_IAM_KINDS if arn.service == "iam" else _STS_KINDS).get(word)
    if kind is None:
        return _invalid("AWS", value, "malformed-arn", "the ARN names neither root, a role, a user nor a session")
    path, name, session = _take_apart(kind, rest)
    if not name or (kind == "assumed-role" and not session):
        return _invalid("AWS", value, "malformed-arn", f"the ARN of a principal of kind {kind} lacks a name")
    return Principal(kind, "AWS", value, arn.partition, arn.account, path, name, session)


def _take_apart(kind: PrincipalKind, rest: str) -> tuple[str, str, str]:
    """Return path, name and session."""
    if kind == "assumed-role":
        name, _, session = rest.partition("/")
        return "", name, "" if "/" in session else session
    if kind == "federated-user":
        return "", rest, ""
    path, _, name = rest.rpartition("/")
    return f"/{path}/" if path else "/", name, ""


def _parse_service(value: str) -> Principal:
    if not _is_host(value):
        message = "a service principal reads like `ec2.amazonaws.com`, in lower case"
        return _invalid("Service", value, "malformed-service", message)
    return Principal("service", "Service", value, name=value)


def _parse_federated(value: str) -> Principal:
    arn = Arn.try_parse(value)
    if arn is None:
        # Federation by web identity without a provider resource names the provider's host.
        host, _, _ = value.partition("/")
        if value.startswith("arn:") or not _is_host(host):
            return _invalid(
                "Federated", value, "malformed-provider", "a federated principal is a provider's ARN or host name"
            )
        return Principal("oidc-provider", "Federated", value, name=value)
    word, _, name = arn.resource.partition("/")
    kind = _PROVIDER_KINDS.get(word)
    if kind is None or not name or arn.service != "iam" or arn.region or not arn.partition.startswith("aws"):
        return _invalid(
            "Federated",
            value,
            "malformed-provider",
            "the ARN names neither a SAML provider nor an OpenID Connect provider",
        )
    if not is_account_id(arn.account):
        return _invalid("Federated", value, "malformed-account", "an account id has 12 digits")
    return Principal(kind, "Federated", value, arn.partition, arn.account, name=name)


def _parse_canonical(value: str) -> Principal:
    if len(value) != _CANONICAL_LENGTH or not _HEX_DIGITS.issuperset(value):
        message = "a canonical user id has 64 hexadecimal digits"
        return _invalid("CanonicalUser", value, "malformed-canonical-user", message)
    return Principal("canonical-user", "CanonicalUser", value, name=value)


def _is_host(text: str) -> bool:
    return len(text) <= 253 and "." in text and _HOST_CHARACTERS.issuperset(text) and all(text.split("."))

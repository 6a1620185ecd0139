"""One table: what each kind of policy may hold, and how large it may be.

Sources: IAM User Guide, "IAM JSON policy element reference", "Grammar of the IAM JSON policy language" and
"IAM and AWS STS quotas"; AWS Organizations User Guide, "SCP syntax", "RCP syntax" and "Quotas for AWS Organizations";
Access Analyzer policy check reference.
"""

from __future__ import annotations

from typing import Final, Literal, get_args

from jfml_policies.record import record

__all__ = [
    "ALL_KINDS",
    "DOCUMENT_ELEMENTS",
    "EFFECTS",
    "IDENTITY_KINDS",
    "KINDS",
    "PRINCIPAL_TYPES",
    "RESOURCE_KINDS",
    "RESOURCE_TYPE_SIZES",
    "STATEMENT_ELEMENTS",
    "VERSIONS",
    "Counting",
    "Kind",
    "KindFacts",
    "Negations",
    "Presence",
]

Kind = Literal["identity", "trust", "resource", "scp", "rcp", "boundary", "session", "endpoint"]
Presence = Literal["required", "optional", "forbidden"]
#: Which characters count towards a quota.
Counting = Literal["without-whitespace", "all"]

ALL_KINDS: Final[frozenset[Kind]] = frozenset(get_args(Kind))
#: Kinds attached to a principal and written in the grammar of identity policies.
IDENTITY_KINDS: Final[frozenset[Kind]] = frozenset(("identity", "boundary", "session"))
#: Kinds attached to a resource and written in the grammar of resource policies; trust policies are apart.
RESOURCE_KINDS: Final[frozenset[Kind]] = frozenset(("resource", "endpoint"))

#: Elements of a document, in canonical order.
DOCUMENT_ELEMENTS: Final = ("Version", "Id", "Statement")
#: Elements of a statement, in canonical order.
STATEMENT_ELEMENTS: Final = (
    "Sid",
    "Effect",
    "Principal",
    "NotPrincipal",
    "Action",
    "NotAction",
    "Resource",
    "NotResource",
    "Condition",
)
PRINCIPAL_TYPES: Final = ("AWS", "CanonicalUser", "Federated", "Service")
EFFECTS: Final = ("Allow", "Deny")
#: Versions of the policy language, the current one first; only that one has policy variables.
VERSIONS: Final = ("2012-10-17", "2008-10-17")


@record
class Negations:
    """Which elements may be negated: NotAction, NotPrincipal (NotResource may stand wherever Resource may)."""

    action: bool = True
    principal: bool = True


@record
class KindFacts:
    """What a kind of policy may hold.

    Attributes:
        title: the kind's name in a sentence.
        principal: whether statements name principals.
        resource: whether statements name resources.
        quota: most characters of a document.
        counting: which characters count.
        quota_note: where the number comes from and what it leaves out.
        unique_sids: whether AWS refuses a repeated Sid.
        strict_sids: whether a Sid may hold ASCII letters and digits only.
        negations: which elements may be negated.
    """

    title: str
    principal: Presence
    resource: Presence
    quota: int
    counting: Counting
    quota_note: str
    unique_sids: bool
    strict_sids: bool
    negations: Negations = Negations()


KINDS: Final[dict[Kind, KindFacts]] = {
    "identity": KindFacts(
        "identity policy",
        principal="forbidden",
        resource="required",
        quota=10_240,
        counting="without-whitespace",
        quota_note="10,240 is what a role's inline policies may hold together; a managed policy may hold 6,144",
        unique_sids=True,
        strict_sids=True,
    ),
    "boundary": KindFacts(
        "permissions boundary",
        principal="forbidden",
        resource="required",
        quota=6_144,
        counting="without-whitespace",
        quota_note="a permissions boundary is a managed policy",
        unique_sids=True,
        strict_sids=True,
    ),
    "session": KindFacts(
        "session policy",
        principal="forbidden",
        resource="required",
        quota=2_048,
        counting="all",
        quota_note="plain text of all session policies together; a packed size limit applies as well",
        unique_sids=True,
        strict_sids=True,
    ),
    "trust": KindFacts(
        "role trust policy",
        principal="required",
        resource="forbidden",
        quota=2_048,
        counting="without-whitespace",
        quota_note="the default; it can be raised to 8,192",
        unique_sids=True,
        strict_sids=False,
        negations=Negations(principal=False),
    ),
    "resource": KindFacts(
        "resource policy",
        principal="required",
        resource="required",
        quota=20_480,
        counting="all",
        quota_note="an S3 bucket policy; other resource types differ",
        unique_sids=False,
        strict_sids=False,
    ),
    "endpoint": KindFacts(
        "VPC endpoint policy",
        principal="required",
        resource="required",
        quota=20_480,
        counting="all",
        quota_note="whitespace counts",
        unique_sids=False,
        strict_sids=False,
    ),
    "scp": KindFacts(
        "service control policy",
        principal="forbidden",
        resource="required",
        quota=10_240,
        counting="all",
        quota_note="raised from 5,120 on 15 May 2026",
        unique_sids=True,
        strict_sids=True,
    ),
    "rcp": KindFacts(
        "resource control policy",
        principal="required",
        resource="required",
        quota=5_120,
        counting="all",
        quota_note="whitespace counts",
        unique_sids=False,
        strict_sids=False,
        negations=Negations(action=False, principal=False),
    ),
}

#: Most characters of a resource policy by resource type; whitespace counts.
RESOURCE_TYPE_SIZES: Final[dict[str, int]] = {
    "AWS::S3::Bucket": 20_480,
    "AWS::S3::AccessPoint": 20_480,
    "AWS::S3::MultiRegionAccessPoint": 20_480,
    "AWS::S3ObjectLambda::AccessPoint": 20_480,
    "AWS::DynamoDB::Table": 20_480,
    "AWS::KMS::Key": 32_768,
    "AWS::SNS::Topic": 30_720,
    "AWS::SQS::Queue": 8_192,
    "AWS::Lambda::Function": 20_480,
}

"""Condition keys that any service's requests may carry: the `aws:` keys, and keys of one service seen in others.

Source: "AWS global condition context keys",
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html (text of October 2026).
The types use the words of the Service Authorization Reference, so that they compare with those of `ConditionKey`.
"""

from __future__ import annotations

from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from jfml_policies.catalog.condition_key import ConditionKey, KeyTable
from jfml_policies.record import record

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "CALLER_CONTROLLED_KEYS",
    "CROSS_SERVICE_KEYS",
    "GLOBAL_KEYS",
    "RETIRED_KEYS",
    "SENSITIVE_KEYS",
    "TAG_FAMILIES",
    "GlobalKey",
    "Presence",
    "find",
]

#: In which requests a key is: all of them, all signed ones, or only those that `when` describes.
Presence = Literal["always", "signed", "conditional"]


@record
class GlobalKey:
    """One key of the page.

    Attributes:
        name: as published, families with a placeholder: `aws:PrincipalTag/${TagKey}`.
        type: String, ARN, Bool, Numeric, Date or IPAddress; `ArrayOf` before it for keys with several values.
        presence: in which requests the key is.
        when: what a request must be to carry it, for a key that is not always there.
        other_types: further types whose operators AWS accepts with it, or for which the page is not clear.
    """

    name: str
    type: str
    presence: Presence
    when: str = ""
    other_types: tuple[str, ...] = ()

    @property
    def is_multivalued(self) -> bool:
        """True when a request may carry several values."""
        return self.condition_key.is_multivalued

    @property
    def condition_key(self) -> ConditionKey:
        """The same key in the form that services' own keys have."""
        return ConditionKey(self.name, self.type)


_TEMPORARY = "calls with temporary credentials"
_IN_ORGANIZATION = "the caller's account belongs to an organization"
_RESOURCE_IN_ORGANIZATION = "the resource's account belongs to an organization"
_BY_SERVICE = "calls by an AWS service principal"
_FOR_RESOURCE = "calls by an AWS service principal on behalf of a resource"
_FORWARDED = "calls that an AWS service forwards with the caller's credentials"
_THROUGH_ENDPOINT = "calls through a VPC endpoint"
_THROUGH_SOME_ENDPOINTS = "calls through a VPC endpoint, of the services that supply the key"
_ON_INSTANCE = "calls with the credentials of an EC2 instance's role"
_OVER_MCP = "calls that an AWS-managed MCP server makes"

#: The `aws:` keys that AWS documents, by section of the page: principal, session, network, resource, request.
GLOBAL_KEYS = (
    GlobalKey("aws:PrincipalArn", "ARN", "signed"),
    GlobalKey("aws:PrincipalAccount", "String", "always"),
    GlobalKey("aws:PrincipalOrgPaths", "ArrayOfString", "conditional", _IN_ORGANIZATION),
    GlobalKey("aws:PrincipalOrgID", "String", "conditional", _IN_ORGANIZATION),
    GlobalKey("aws:PrincipalTag/${TagKey}", "String", "conditional", "the caller or its session has the tag"),
    GlobalKey("aws:PrincipalIsAWSService", "Bool", "signed"),
    GlobalKey("aws:PrincipalServiceName", "String", "conditional", _BY_SERVICE),
    GlobalKey("aws:PrincipalServiceNamesList", "ArrayOfString", "conditional", _BY_SERVICE),
    GlobalKey("aws:PrincipalType", "String", "always"),
    GlobalKey("aws:userid", "String", "always"),
    GlobalKey("aws:username", "String", "conditional", "calls by IAM users"),
    GlobalKey("aws:AssumedRoot", "String", "conditional", "sessions made with sts:AssumeRoot", ("Bool",)),
    GlobalKey("aws:FederatedProvider", "String", "conditional", "sessions of federated principals"),
    GlobalKey("aws:TokenIssueTime", "Date", "conditional", _TEMPORARY),
    GlobalKey("aws:MultiFactorAuthAge", "Numeric", "conditional", "calls whose caller used MFA"),
    GlobalKey("aws:MultiFactorAuthPresent", "Bool", "conditional", _TEMPORARY),
    GlobalKey("aws:ChatbotSourceArn", "ARN", "conditional", "sessions that a chat application's configuration made"),
    GlobalKey("aws:Ec2InstanceSourceVpc", "String", "conditional", _ON_INSTANCE),
    GlobalKey("aws:Ec2InstanceSourcePrivateIPv4", "IPAddress", "conditional", _ON_INSTANCE),
    GlobalKey("aws:SourceIdentity", "String", "conditional", "sessions with a source identity"),
    GlobalKey("aws:SignInSessionArn", "ARN", "conditional", "sessions that started with AWS Sign-In"),
    GlobalKey("aws:SourceIp", "IPAddress", "conditional", "calls that do not come through a VPC endpoint"),
    GlobalKey("aws:SourceVpc", "String", "conditional", _THROUGH_ENDPOINT),
    GlobalKey("aws:SourceVpcArn", "ARN", "conditional", _THROUGH_SOME_ENDPOINTS),
    GlobalKey("aws:SourceVpce", "String", "conditional", _THROUGH_ENDPOINT),
    GlobalKey("aws:VpceAccount", "String", "conditional", _THROUGH_SOME_ENDPOINTS),
    GlobalKey("aws:VpceOrgID", "String", "conditional", _THROUGH_SOME_ENDPOINTS),
    GlobalKey("aws:VpceOrgPaths", "ArrayOfString", "conditional", _THROUGH_SOME_ENDPOINTS),
    GlobalKey("aws:VpcSourceIp", "IPAddress", "conditional", _THROUGH_ENDPOINT),
    GlobalKey("aws:ResourceAccount", "String", "conditional", "the action supplies it, as nearly all do"),
    GlobalKey("aws:ResourceOrgPaths", "ArrayOfString", "conditional", _RESOURCE_IN_ORGANIZATION),
    GlobalKey("aws:ResourceOrgID", "String", "conditional", _RESOURCE_IN_ORGANIZATION),
    GlobalKey("aws:ResourceTag/${TagKey}", "String", "conditional", "the resource has the tag, the action reads it"),
    GlobalKey("aws:CalledVia", "ArrayOfString", "conditional", _FORWARDED),
    GlobalKey("aws:CalledViaFirst", "String", "conditional", _FORWARDED),
    GlobalKey("aws:CalledViaLast", "String", "conditional", _FORWARDED),
    GlobalKey("aws:ViaAWSService", "Bool", "always"),
    GlobalKey("aws:ViaAWSMCPService", "Bool", "conditional", _OVER_MCP),
    GlobalKey("aws:IsMcpServiceAction", "Bool", "conditional", "actions of an AWS-managed MCP server itself"),
    GlobalKey("aws:CalledViaAWSMCP", "String", "conditional", _OVER_MCP),
    GlobalKey("aws:CurrentTime", "Date", "always"),
    GlobalKey("aws:EpochTime", "Date", "always", "", ("Numeric",)),
    GlobalKey("aws:referer", "String", "conditional", "the caller sent the header"),
    GlobalKey("aws:RequestedRegion", "String", "always"),
    GlobalKey("aws:RequestTag/${TagKey}", "String", "conditional", "the request passes the tag"),
    GlobalKey("aws:TagKeys", "ArrayOfString", "conditional", "the request passes tags"),
    GlobalKey("aws:SecureTransport", "Bool", "always"),
    GlobalKey("aws:SourceAccount", "String", "conditional", _FOR_RESOURCE),
    GlobalKey("aws:SourceArn", "ARN", "conditional", _FOR_RESOURCE),
    GlobalKey("aws:SourceOrgID", "String", "conditional", _FOR_RESOURCE + " in an organization"),
    GlobalKey("aws:SourceOrgPaths", "ArrayOfString", "conditional", _FOR_RESOURCE + " in an organization"),
    GlobalKey("aws:UserAgent", "String", "conditional", "the caller sent the header"),
)

#: Keys with one service's prefix that requests to other services carry too.
CROSS_SERVICE_KEYS = (
    GlobalKey("codebuild:BuildArn", "ARN", "conditional", "calls from a CodeBuild build"),
    GlobalKey("codebuild:ProjectArn", "ARN", "conditional", "calls from a CodeBuild build"),
    GlobalKey("ec2:RoleDelivery", "Numeric", "conditional", _ON_INSTANCE, ("String",)),
    GlobalKey("ec2:SourceInstanceArn", "ARN", "conditional", _ON_INSTANCE),
    GlobalKey("glue:CredentialIssuingService", "String", "conditional", "calls from a Glue job"),
    GlobalKey("glue:RoleAssumedBy", "String", "conditional", "calls from a Glue job"),
    GlobalKey("identitystore:UserId", "String", "conditional", "sessions with an Identity Center user's identity"),
    GlobalKey("lambda:SourceFunctionArn", "ARN", "conditional", "calls from a Lambda function"),
    GlobalKey("ssm:SourceInstanceArn", "ARN", "conditional", "calls from an instance that Systems Manager manages"),
)

#: Keys that policies still hold and the page does not describe -> what replaces them, or None.
#: `aws:SourceOwner`, in the policy that every new SNS topic gets, is deprecated by the SNS Developer Guide, "Example
#: cases for Amazon SNS access control".
RETIRED_KEYS: Mapping[str, str | None] = MappingProxyType(
    {"aws:ARN": "aws:PrincipalArn", "aws:PrincipalOrgMasterAccountId": None, "aws:SourceOwner": None}
)

#: Families with a tag's name after the slash; without it the key means nothing.
TAG_FAMILIES = ("aws:PrincipalTag/", "aws:RequestTag/", "aws:ResourceTag/")

#: Keys that name an account, an organization or a network: a wildcard or a variable in the value defeats them.
#: Source: the checks "Wildcard usage too permissive" and "Variable usage too permissive" on
#: https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html.
SENSITIVE_KEYS = (
    "aws:PrincipalAccount",
    "aws:PrincipalOrgID",
    "aws:ResourceAccount",
    "aws:ResourceOrgID",
    "aws:SourceAccount",
    "aws:SourceOrgID",
    "aws:SourceVpc",
    "aws:SourceVpce",
    "aws:VpceAccount",
    "aws:VpceOrgID",
)

#: Keys whose value the caller chooses: no protection.
CALLER_CONTROLLED_KEYS = ("aws:referer", "aws:UserAgent")


def find(name: str) -> GlobalKey | None:
    """The global or cross-service key that `name` writes (any letter case, tag families with any tag), or None.

    >>> find("aws:principaltag/team").name
    'aws:PrincipalTag/${TagKey}'
    >>> find("aws:PrincipalArn").presence
    'signed'
    """
    table, by_name = _tables()
    found = table.find(name)
    return None if found is None else by_name[found.name]


@lru_cache(maxsize=1)
def _tables() -> tuple[KeyTable, dict[str, GlobalKey]]:
    keys = GLOBAL_KEYS + CROSS_SERVICE_KEYS
    return KeyTable(key.condition_key for key in keys), {key.name: key for key in keys}

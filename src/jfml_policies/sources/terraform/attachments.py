"""What Terraform attaches by name: managed policies, boundaries, whom policies are for, and permissions of functions.

Source: the documentation of the resources of the AWS provider.
"""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from jfml_policies.record import record
from jfml_policies.sources.attached import Attached, Attachments, Name, is_harmless_policy
from jfml_policies.sources.denying import policy_may_deny
from jfml_policies.sources.terraform.configured import configured, resource_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import TypeGuard

    from jfml_policies.sources.attached import Bearing
    from jfml_policies.sources.found import Unread
    from jfml_policies.sources.source import Source
    from jfml_policies.sources.terraform.resource import Resource
    from jfml_policies.text.skim import Skimmed

__all__ = ["Grounds", "attachments"]

_LATER: Final = "known only after apply"
#: Attributes that name managed policies.
_ARNS: Final = frozenset({"managed_policy_arn", "policy_arn", "policy_arns"})
#: Attributes by resource type.
_ATTRIBUTES: Final[dict[str, dict[str, Bearing]]] = {
    "aws_iam_group_policy": {"group": "target"},
    "aws_iam_role": {"managed_policy_arns": "grant", "permissions_boundary": "limit"},
    "aws_iam_role_policy": {"role": "target"},
    "aws_iam_user": {"permissions_boundary": "limit"},
    "aws_iam_user_policy": {"user": "target"},
    "aws_kms_key_policy": {"key_id": "target"},
    "aws_s3_bucket_policy": {"bucket": "target"},
    "aws_secretsmanager_secret_policy": {"secret_arn": "target"},
    "aws_sns_topic_policy": {"arn": "target"},
    "aws_sqs_queue_policy": {"queue_url": "target"},
}
#: Attributes of resources that are a grant as a whole: a change of any is another grant.
_WHOLE: Final[dict[str, tuple[str, ...]]] = {
    "aws_iam_group_membership": ("group", "users"),
    "aws_iam_group_policy_attachment": ("group", "policy_arn"),
    "aws_iam_group_policy_attachments_exclusive": ("group_name", "policy_arns"),
    "aws_iam_policy_attachment": ("groups", "policy_arn", "roles", "users"),
    "aws_iam_role_policy_attachment": ("policy_arn", "role"),
    "aws_iam_role_policy_attachments_exclusive": ("policy_arns", "role_name"),
    "aws_iam_user_group_membership": ("groups", "user"),
    "aws_iam_user_policy_attachment": ("policy_arn", "user"),
    "aws_iam_user_policy_attachments_exclusive": ("policy_arns", "user_name"),
    "aws_kms_grant": ("constraints", "grantee_principal", "key_id", "operations"),
    "aws_lambda_layer_version_permission": ("action", "layer_name", "organization_id", "principal"),
    "aws_lambda_permission": (
        "action",
        "function_name",
        "function_url_auth_type",
        "principal",
        "principal_org_id",
        "source_account",
        "source_arn",
    ),
    "aws_ssoadmin_account_assignment": ("permission_set_arn", "principal_id", "target_id"),
    "aws_ssoadmin_customer_managed_policy_attachment": ("customer_managed_policy_reference", "permission_set_arn"),
    "aws_ssoadmin_managed_policy_attachment": ("managed_policy_arn", "permission_set_arn"),
}
#: Likewise, of resources that hold access back.
_LIMITS: Final[dict[str, tuple[str, ...]]] = {
    "aws_organizations_policy_attachment": ("policy_id", "target_id"),
    "aws_ssoadmin_permissions_boundary_attachment": ("permission_set_arn", "permissions_boundary"),
}


#: Grants that deny nothing: permissions of functions, uses of keys, and sessions of which alone a Deny holds.
_NEVER_DENY: Final = frozenset(
    {
        "aws_kms_grant",
        "aws_lambda_layer_version_permission",
        "aws_lambda_permission",
        "aws_ssoadmin_account_assignment",
    }
)
#: By which attributes one may refer to a resource.
_IDENTITIES: Final[dict[str, tuple[str, ...]]] = {
    "aws_iam_role": ("id", "name"),
    "aws_iam_user": ("id", "name"),
    "aws_kms_key": ("arn", "id", "key_id"),
    "aws_s3_bucket": ("bucket", "id"),
    "aws_secretsmanager_secret": ("arn", "id"),
    "aws_sns_topic": ("arn", "id"),
    "aws_sqs_queue": ("id", "url"),
}
#: Which attributes of a resource name those that its policies are for, and the types of these; a group's users stay
#: where the group is gone.
_HOLDERS: Final[dict[str, dict[str, str]]] = {
    "aws_iam_group_membership": {"users": "aws_iam_user"},
    "aws_iam_role_policy": {"role": "aws_iam_role"},
    "aws_iam_role_policy_attachment": {"role": "aws_iam_role"},
    "aws_iam_role_policy_attachments_exclusive": {"role_name": "aws_iam_role"},
    "aws_iam_user_group_membership": {"user": "aws_iam_user"},
    "aws_iam_user_policy": {"user": "aws_iam_user"},
    "aws_iam_user_policy_attachment": {"user": "aws_iam_user"},
    "aws_iam_user_policy_attachments_exclusive": {"user_name": "aws_iam_user"},
    "aws_kms_key_policy": {"key_id": "aws_kms_key"},
    "aws_s3_bucket_policy": {"bucket": "aws_s3_bucket"},
    "aws_secretsmanager_secret_policy": {"secret_arn": "aws_secretsmanager_secret"},
    "aws_sns_topic_policy": {"arn": "aws_sns_topic"},
    "aws_sqs_queue_policy": {"queue_url": "aws_sqs_queue"},
}


_POLICY: Final = "aws_iam_policy"
_OF_INTEREST: Final = frozenset({_POLICY, *_ATTRIBUTES, *_HOLDERS, *_IDENTITIES, *_LIMITS, *_WHOLE})


@record(eq=False)
class Grounds:
    """What a file says beside its resources.

    Attributes:
        stamp: stands for all that values which only apply tells may come from: with another one they may be others.
        configuration: the root module of the configuration, or None.
        forgotten: resources that stay and are no longer looked after.
    """

    stamp: str
    configuration: Skimmed | None
    forgotten: Sequence[Resource]


def attachments(
    resources: Iterable[Resource], policies: Iterable[tuple[str, Source | Unread]], grounds: Grounds
) -> Attachments:
    """What a plan or state attaches.

    Args:
        resources: its resources.
        policies: their policies, each with the address of its resource.
        grounds: what the file says beside them.
    """
    may_deny: dict[str, bool] = {}
    for address, policy in policies:
        may_deny[address] = may_deny.get(address, False) or policy_may_deny(policy)
    listed = [one for one in resources if one.type in _OF_INTEREST]
    managed: dict[str, bool] = {}
    for one in listed:
        arn = one.values.get("arn") if one.type == _POLICY else None
        if arn is not None:
            managed[str(arn.value())] = may_deny.get(one.address, True) or managed.get(str(arn.value()), False)
    given = configured(grounds.configuration)
    places: dict[str, Attached] = {}
    holders: dict[str, frozenset[str]] = {}
    for one in listed:
        reader = _Reader(one, grounds.stamp, managed, may_deny=may_deny.get(one.address, True))
        places |= dict(reader.attached(None if given is None else given.get(resource_key(one.address), frozenset())))
        holders[one.address] = reader.holders
    present = [name for one in (*listed, *grounds.forgotten) for name in _identities(one)]
    return Attachments(places, frozenset(present), bearers=holders)


def _identities(resource: Resource) -> Iterator[str]:
    """The names by which one may refer to a resource: its address, and those that its attributes give it."""
    yield resource.address
    for attribute in _IDENTITIES.get(resource.type, ()):
        value = resource.values.get(attribute)
        if value is not None:
            yield f"{resource.type} {value.value()}"


class _Reader:
    """Tells what is attached in one resource."""

    def __init__(self, resource: Resource, stamp: str, managed: Mapping[str, bool], *, may_deny: bool) -> None:
        self._resource = resource
        self._stamp = stamp
        self._managed = managed
        self._may_deny = may_deny
        unknown, sensitive = resource.unknown, resource.sensitive
        self._known = {member.name: member.value() for member in resource.values.members()}
        self._later = {name: one for name, one in unknown.items() if _is_later(one)} if _is_object(unknown) else {}
        self._hidden = sensitive if _is_object(sensitive) else dict.fromkeys(self._known, bool(sensitive))
        self.holders = self._holders()

    def _holders(self) -> frozenset[str]:
        """Whom the policies of the resource are for; nobody where that is not known."""
        if self._resource.type in _IDENTITIES:
            return frozenset({self._resource.address})
        found: set[str] = set()
        for attribute, holder_type in _HOLDERS.get(self._resource.type, {}).items():
            names = [] if attribute in self._later else _listed(self._known.get(attribute))
            if not names or not all(isinstance(one, str) for one in names):
                return frozenset()
            found |= {f"{holder_type} {one}" for one in names}
        return frozenset(found)

    def attached(self, given: frozenset[str] | None) -> Iterator[tuple[str, Attached]]:
        """What is attached, by address; places that hold nothing are there, too.

        Args:
            given: the attributes for which the configuration has an expression; None where that is not known.
        """
        address, resource_type = self._resource.address, self._resource.type
        whole = _WHOLE.get(resource_type) or _LIMITS.get(resource_type)
        if whole:
            yield (
                address,
                Attached("limit" if resource_type in _LIMITS else "grant", (self._whole(whole),), is_apart=True),
            )
        for name, bearing in _ATTRIBUTES.get(resource_type, {}).items():
            is_given = given is None or name in given
            yield f"{address}.{name}", Attached(bearing, tuple(self._names(name, bearing, is_given=is_given)))

    def _whole(self, attributes: tuple[str, ...]) -> Name:
        """The name of a resource that is attached as a whole."""
        told = {name: self._value(name, self._known.get(name)) for name in attributes}
        told |= {name: _LATER for name in attributes if self._later.get(name)}
        said = json.dumps({name: shown for name, shown in told.items() if shown is not None})
        key = f"{said} {self._stamp}" if any(self._later.get(name) for name in attributes) else said
        named = [name for name in attributes if name in _ARNS]
        arns = [arn for name in named for arn in ([None] if name in self._later else _listed(self._known.get(name)))]
        is_harmless = self._resource.type in _NEVER_DENY or (bool(arns) and all(map(self._is_harmless, arns)))
        return Name(key, said, is_harmless, self.holders)

    def _names(self, attribute: str, bearing: Bearing, *, is_given: bool) -> Iterator[Name]:
        """The names in an attribute."""
        for item in _listed(self._known.get(attribute)):
            shown = self._value(attribute, item)
            if shown is not None:
                is_harmless = self._is_harmless(item) if bearing == "grant" else not self._may_deny
                yield Name(str(shown), str(shown), is_harmless, self.holders)
        # A computed list that nobody gave says nothing, and is known later as a whole; with some of its items, somebody
        # did.
        later = self._later.get(attribute)
        if later and (bearing != "grant" or isinstance(later, list) or is_given):
            yield Name(f"{_LATER} {self._stamp}", _LATER, bearing == "target" and not self._may_deny, self.holders)

    def _is_harmless(self, arn: object) -> bool:
        """Whether a managed policy is known to deny nothing."""
        return isinstance(arn, str) and (is_harmless_policy(arn) or not self._managed.get(arn, True))

    def _value(self, name: str, value: object) -> object:
        """A value to show; a digest of one that must not be shown."""
        if value is not None and self._hidden.get(name):
            return f"sensitive value {sha256(json.dumps(value).encode()).hexdigest()[:8]}"
        return value or None


def _is_object(value: object) -> TypeGuard[dict[str, object]]:
    return isinstance(value, dict)


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [value] if value else []


def _is_later(unknown: object) -> bool:
    """Whether a value, or some of it, is known only after apply."""
    if isinstance(unknown, dict):
        return any(map(_is_later, unknown.values()))
    return any(map(_is_later, unknown)) if isinstance(unknown, list) else unknown is True

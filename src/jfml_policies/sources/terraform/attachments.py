"""What Terraform attaches by name: managed policies, boundaries, whom policies are for, and permissions of functions.

Source: the documentation of the resources of the AWS provider.
"""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from jfml_policies.sources.attached import Attached

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from jfml_policies.sources.attached import Bearing
    from jfml_policies.text.skim import Skimmed

__all__ = ["attachments"]

_LATER: Final = "known only after apply"
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


def attachments(
    address: str, resource_type: str, values: Skimmed, sensitive: object, unknown: object, *, stamp: str = ""
) -> Iterator[tuple[str, Attached]]:
    """What is attached in a resource, by address; places that hold nothing are there, too.

    Args:
        address: the resource's address.
        resource_type: its type.
        values: its attributes.
        sensitive: which of them are, in the form of `sensitive_values`.
        unknown: which are known only after apply, in the form of `after_unknown`.
        stamp: stands for what these depend on: with another one they may be others.
    """
    whole = _WHOLE.get(resource_type) or _LIMITS.get(resource_type)
    attributes = _ATTRIBUTES.get(resource_type, {})
    if not whole and not attributes:
        return
    known = {member.name: member.value() for member in values.members()}
    later = {name: one for name, one in unknown.items() if _is_later(one)} if isinstance(unknown, dict) else {}
    hidden = sensitive if isinstance(sensitive, dict) else dict.fromkeys(known, bool(sensitive))
    if whole:
        told = {name: _value(name, known, later, hidden) for name in whole}
        said = json.dumps({name: shown for name, shown in told.items() if shown is not None})
        key = f"{said} {stamp}" if any(later.get(name) for name in whole) else said
        yield address, Attached("limit" if resource_type in _LIMITS else "grant", ((key, said),))
    for name, bearing in attributes.items():
        value = known.get(name)
        # A computed attribute that nobody gave says nothing.
        items = value if isinstance(value, list) else [value] if value else []
        names = [str(shown) for item in items if (shown := _value(name, {name: item}, {}, hidden)) is not None]
        pairs = [(shown, shown) for shown in names]
        # A list as a whole is known later where nobody gave one; with some of its items, somebody did.
        if later.get(name) and (bearing != "grant" or isinstance(later[name], list)):
            pairs.append((f"{_LATER} {stamp}", _LATER))
        yield f"{address}.{name}", Attached(bearing, tuple(pairs))


def _is_later(unknown: object) -> bool:
    """Whether a value, or some of it, is known only after apply."""
    if isinstance(unknown, dict):
        return any(map(_is_later, unknown.values()))
    return any(map(_is_later, unknown)) if isinstance(unknown, list) else unknown is True


def _value(name: str, known: Mapping[str, object], later: Mapping[str, object], hidden: Mapping[str, object]) -> object:
    """A value to show; a digest of one that must not be shown."""
    if later.get(name):
        return _LATER
    value = known.get(name)
    if value is not None and hidden.get(name):
        return f"sensitive value {sha256(json.dumps(value).encode()).hexdigest()[:8]}"
    return value or None

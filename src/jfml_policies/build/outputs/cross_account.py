"""What the other account has to add when the data is not in the role's: bucket policies, statements for key policies.

Across accounts both sides have to allow a call ("Cross-account policy evaluation logic",
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html).
Within the role's account its own policies are enough: a bucket needs no policy, and a key none that names the role, as
long as the key's policy leaves access to IAM ("Default key policy" in the KMS Developer Guide,
https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, Literal

from jfml_policies.build.identifiers import account_id_problem
from jfml_policies.build.outputs.role_documents import RoleDocuments
from jfml_policies.build.statements import Document
from jfml_policies.errors import ParameterError

__all__ = ["Named", "bucket_policies", "key_policy_statements", "named", "role_arn"]

_BUCKET: Final = re.compile(r"arn:[a-z-]+:s3:::([a-z0-9.-]+)(?:/.*)?", re.DOTALL)
_KEY: Final = re.compile(r"arn:[a-z-]+:kms:[a-z0-9-]+:([0-9]{12}):key/[A-Za-z0-9-]+")
_OWNER: Final = "aws:ResourceAccount"
_ACCESS_POINT: Final = "s3:DataAccessPointArn"


@dataclass(frozen=True, slots=True)
class Named:
    """A bucket or key that a role's permissions name.

    Attributes:
        kind: which of the two.
        name: the bucket's name, or the key's ARN.
        account: the account that it must belong to, or None when the permissions do not tell.
    """

    kind: Literal["bucket", "key"]
    name: str
    account: str | None


def named(role: RoleDocuments) -> tuple[Named, ...]:
    """The buckets and keys that a role may use, each once; of those that are named by patterns nothing is told.

    >>> document = {"Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}]}
    >>> named(RoleDocuments("reader", document, (document,)))
    (Named(kind='bucket', name='b', account=None),)
    """
    found: dict[Named, None] = {}
    for document in role.permissions:
        for statement in _list(document["Statement"]):
            if statement["Effect"] == "Allow":
                for resource in _list(statement.get("Resource", ())):
                    bucket, key = _BUCKET.fullmatch(resource), _KEY.fullmatch(resource)
                    if bucket is not None and not _is_through_access_point(statement):
                        found[Named("bucket", bucket[1], _owner(statement))] = None
                    elif key is not None:
                        found[Named("key", resource, key[1])] = None
    return tuple(found)


def role_arn(role: RoleDocuments, *, account: str) -> str:
    """The ARN that the role has in an account, in the partition of all the ARNs of its policies.

    Args:
        role: the role, which has a name and no path.
        account: the account that the role is made in.

    Raises:
        ParameterError: the role has no name, the account is not one, or the policies name no partition or several.

    >>> document = {"Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}]}
    >>> role_arn(RoleDocuments("reader", document, (document,)), account="111122223333")
    'arn:aws:iam::111122223333:role/reader'
    """
    problems: list[str] = []
    if role.name is None:
        problems.append("role_name: policies of another account name the role, so it needs a name")
    problem = account_id_problem(account)
    if problem:
        problems.append(f"role_account: {problem}")
    # No call crosses partitions, so those of all ARNs are the same.
    partitions = {text.split(":")[1] for text in role.texts() if text.startswith("arn:")}
    if len(partitions) != 1:
        problems.append(f"the policies name {len(partitions)} partitions instead of one")
    if problems:
        raise ParameterError(tuple(problems))
    (partition,) = partitions
    return f"arn:{partition}:iam::{account}:role/{role.name}"


def bucket_policies(role: RoleDocuments, *, principal: str) -> dict[str, Document]:
    """For each bucket that the role may use, a bucket policy that lets the role do there what its own policies allow.

    Buckets that must belong to the role's own account have none, and none is for calls through an access point, which
    has a policy of its own. Add its statements to the policy that the bucket has. When the role is deleted and made
    again, set the policy again: AWS keeps the id of the role that was ("AWS JSON policy elements: Principal" in the IAM
    User Guide).

    Args:
        role: the role's name and documents.
        principal: the role's ARN.

    Raises:
        ParameterError: a statement does not name its buckets one by one.
    """
    found: dict[str, list[Document]] = {}
    account = _account_of(principal)
    for statement, actions in _allowed(role, "s3:"):
        if account in {_owner(statement)} - {None} or _is_through_access_point(statement):
            continue
        by_bucket: dict[str, list[str]] = {}
        for resource in _list(statement.get("Resource", "*")):
            if account is not None and _account_of(resource) == account:
                continue
            match = _BUCKET.fullmatch(resource)
            if match is None:
                raise ParameterError((f"`{resource}` does not name one bucket, so no bucket policy goes with it",))
            by_bucket.setdefault(match[1], []).append(resource)
        for bucket, resources in by_bucket.items():
            found.setdefault(bucket, []).append(_granted(statement, principal, actions, resources))
    return {bucket: {"Version": "2012-10-17", "Statement": statements} for bucket, statements in found.items()}


def key_policy_statements(role: RoleDocuments, *, principal: str) -> dict[str, tuple[Document, ...]]:
    """For each KMS key of another account that the role may use, the statements to add to its policy, by the key's ARN.

    They are no whole policy: one without the statements that administer the key would lock its owner out.

    Args:
        role: the role's name and documents.
        principal: the role's ARN.

    Raises:
        ParameterError: a statement does not name its keys one by one.
    """
    found: dict[str, tuple[Document, ...]] = {}
    for statement, actions in _allowed(role, "kms:"):
        for resource in _list(statement.get("Resource", "*")):
            if not _KEY.fullmatch(resource):
                raise ParameterError((f"`{resource}` does not name one KMS key, so no key policy goes with it",))
            if _account_of(resource) == _account_of(principal):
                continue
            # In a key's policy `*` stands for the key itself ("Key policies in AWS KMS" in the KMS Developer Guide).
            granted = _granted(statement, principal, actions, ["*"])
            found[resource] = (*found.get(resource, ()), granted)
    return found


def _allowed(role: RoleDocuments, prefix: str) -> Iterator[tuple[Document, list[str]]]:
    """The Allow statements with actions of a service, and those actions."""
    for document in role.permissions:
        for statement in _list(document["Statement"]):
            if statement["Effect"] != "Allow":
                continue
            if "Action" not in statement:
                raise ParameterError(
                    ("a statement does not list its actions, so nothing of another account goes with it",)
                )
            actions = [action for action in _list(statement["Action"]) if action.lower().startswith(prefix)]
            if actions:
                yield statement, actions


def _owner(statement: Document) -> str | None:
    """The account that what a statement is about must belong to."""
    accounts = _list(statement.get("Condition", {}).get("StringEquals", {}).get(_OWNER, ()))
    return accounts[0] if len(accounts) == 1 else None


def _is_through_access_point(statement: Document) -> bool:
    return _ACCESS_POINT in statement.get("Condition", {}).get("StringEquals", {})


def _account_of(arn: str) -> str | None:
    """The account in an ARN; None where it holds none, as that of a bucket."""
    parts = arn.split(":", 5)
    return parts[4] or None if len(parts) == 6 else None


def _granted(statement: Document, principal: str, actions: list[str], resources: list[str]) -> Document:
    written: Document = {"Sid": statement["Sid"]} if "Sid" in statement else {}
    written |= {"Effect": "Allow", "Principal": {"AWS": principal}}
    written |= {"Action": _one_or_list(actions), "Resource": _one_or_list(resources)}
    if "Condition" in statement:
        written["Condition"] = statement["Condition"]
    return written


def _list(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [value]


def _one_or_list(values: list[str]) -> str | list[str]:
    return values[0] if len(values) == 1 else values

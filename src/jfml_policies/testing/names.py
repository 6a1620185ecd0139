"""Strategies for the names in a policy: accounts, actions, ARNs, principals."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from jfml_policies.linter.questions.vendor_roles import near_vendor
from jfml_policies.policy.kinds import Kind

__all__ = ["account_ids", "actions", "arn_patterns", "arns", "principals"]

_ACTIONS = (
    "s3:GetObject",
    "s3:PutObject",
    "s3:ListBucket",
    "s3:GetBucketLocation",
    "kms:Decrypt",
    "kms:GenerateDataKey",
    "sqs:SendMessage",
    "ec2:DescribeInstances",
    "iam:PassRole",
    "logs:PutLogEvents",
    "dynamodb:GetItem",
)
_ACTION_PATTERNS = ("*", "s3:*", "s3:Get*", "ec2:Describe*", "kms:?ecrypt", "dynamodb:*Item")
_TRUST_ACTIONS = ("sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity")
_RESOURCES = (
    ("s3", "", "", "bucket-a"),
    ("s3", "", "", "bucket-a/folder/key"),
    ("sqs", "eu-west-1", "111122223333", "jobs"),
    ("dynamodb", "us-east-1", "111122223333", "table/orders"),
    ("iam", "", "111122223333", "role/path/worker"),
    ("kms", "eu-west-1", "111122223333", "key/0f0b6a5e-5d3e-4f6c-9a60-2f1f4b0c7d11"),
)


def account_ids() -> SearchStrategy[str]:
    """Account ids: 12 digits, mostly a few well-known example accounts, so that two of them may be equal.

    None is a vendor's account with a slip of one or two digits, which `check` warns of.
    """
    some = st.sampled_from(["111122223333", "444455556666", "377488441568"])
    others = st.text(alphabet="0123456789", min_size=12, max_size=12)
    return some | others.filter(lambda account: near_vendor(account) is None)


def actions(*, patterns: bool = True, kind: Kind = "identity") -> SearchStrategy[str]:
    """Actions that exist, in any letter case.

    Args:
        patterns: whether actions with wildcards may come as well.
        kind: for "trust" the actions that assume a role.
    """
    if kind == "trust":
        return st.sampled_from(_TRUST_ACTIONS)
    plain = st.sampled_from(_ACTIONS)
    cased = plain.map(lambda name: name.swapcase())
    choices = plain | plain | cased
    if not patterns:
        return choices
    some = _ACTION_PATTERNS[1:] if kind == "rcp" else _ACTION_PATTERNS
    return choices | st.sampled_from(some)


def arns() -> SearchStrategy[str]:
    """ARNs of resources, without wildcards and variables."""
    return st.sampled_from(_RESOURCES).map(lambda fields: "arn:aws:" + ":".join(fields))


def arn_patterns() -> SearchStrategy[str]:
    """What may stand under Resource: ARNs, ARNs with wildcards or policy variables, and `*`."""
    tails = st.sampled_from(["*", "/*", "?", "/${aws:username}/*", "/${aws:PrincipalTag/team, 'none'}", "-*-b"])
    with_tail = st.builds("{}{}".format, arns(), tails)
    return st.just("*") | arns() | with_tail


def principals(*, kind: Kind = "resource") -> SearchStrategy[object]:
    """What may stand under Principal.

    Args:
        kind: "trust" knows identity providers and no bare `*`; "rcp" only `*`.
    """
    if kind == "rcp":
        return st.just("*")
    entries = st.one_of(
        account_ids(),
        st.builds("arn:aws:iam::{}:root".format, account_ids()),
        st.builds("arn:aws:iam::{}:role/service/{}".format, account_ids(), st.sampled_from(["worker", "reader"])),
        st.builds("arn:aws:iam::{}:user/{}".format, account_ids(), st.sampled_from(["ann", "bob"])),
        st.builds("arn:aws:sts::{}:assumed-role/worker/{}".format, account_ids(), st.sampled_from(["s1", "s2"])),
    )
    services = st.sampled_from(["ec2.amazonaws.com", "lambda.amazonaws.com", "s3.amazonaws.com"])
    by_type: dict[str, SearchStrategy[object]] = {"AWS": _one_or_more(entries), "Service": _one_or_more(services)}
    if kind == "trust":
        providers = st.sampled_from(
            ["arn:aws:iam::111122223333:saml-provider/idp", "cognito-identity.amazonaws.com"],
        )
        by_type["Federated"] = _one_or_more(providers)
        return _some_of(by_type)
    return st.just("*") | st.just({"AWS": "*"}) | _some_of(by_type)


def _some_of(by_type: dict[str, SearchStrategy[object]]) -> SearchStrategy[object]:
    some = st.fixed_dictionaries({}, optional=by_type).filter(bool)
    return some.map(dict)


def _one_or_more(entries: SearchStrategy[str]) -> SearchStrategy[object]:
    return entries | st.lists(entries, min_size=1, max_size=3, unique=True)

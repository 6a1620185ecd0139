from __future__ import annotations

from collections.abc import Callable

import pytest

from jfml_policies.access.evaluate import decide
from jfml_policies.diff.granted_access import not_granted
from jfml_policies.errors import UsageError
from jfml_policies.policy.nodes import Policy

Make = Callable[..., Policy]

OBJECTS = {
    "Effect": "Allow",
    "Action": ["s3:Get*", "s3:DeleteObject"],
    "Resource": ["arn:aws:s3:::a/*", "arn:aws:s3:::b/*"],
}
ROLES = {"Effect": "Allow", "NotAction": "s3:*", "Resource": "*", "Condition": {"Bool": {"aws:ViaAWSService": "true"}}}


@pytest.mark.parametrize(
    ("actions", "resources", "granted"),
    [
        (["s3:PutObject"], [], []),
        (["s3:deleteobject"], [], [(("s3:deleteobject",), ("arn:aws:s3:::a/*", "arn:aws:s3:::b/*"))]),
        (["s3:*"], [], [(("s3:Get*", "s3:DeleteObject"), ("arn:aws:s3:::a/*", "arn:aws:s3:::b/*"))]),
        (["s3:*Acl", "s3:PutObject"], [], [(("s3:Get*",), ("arn:aws:s3:::a/*", "arn:aws:s3:::b/*"))]),
        (["s3:DeleteObject"], ["arn:aws:s3:::b/*"], [(("s3:DeleteObject",), ("arn:aws:s3:::b/*",))]),
        (
            ["s3:DeleteObject"],
            ["arn:aws:s3:::b/x", "arn:aws:s3:::c/x"],
            [(("s3:DeleteObject",), ("arn:aws:s3:::b/x",))],
        ),
        (["s3:DeleteObject"], ["arn:aws:s3:::c/*"], []),
        (["iam:PassRole"], [], [(("iam:PassRole",), ("*",))]),
        ([], ["arn:aws:s3:::c/*"], [(("*",), ("arn:aws:s3:::c/*",))]),
    ],
)
def test_what_is_granted(
    policy: Make, actions: list[str], resources: list[str], granted: list[tuple[tuple[str, ...], tuple[str, ...]]]
) -> None:
    """A region names the narrower of what was asked and what is written, under whatever condition it is granted."""
    document = policy(OBJECTS, ROLES, kind="identity")
    outcome = not_granted(document, actions=actions, resources=resources)

    assert granted == [(region.actions, region.resources) for region in outcome.regions]
    assert outcome.verdict == ("fail" if granted else "pass")
    assert all(decide(document, region.witness) == "allow" for region in outcome.regions)


def test_what_is_denied_is_not_granted(policy: Make) -> None:
    """A Deny takes away what another statement allows."""
    deny = {"Effect": "Deny", "Action": "s3:Delete*", "Resource": "arn:aws:s3:::a/*"}
    document = policy(OBJECTS, deny, kind="identity")

    assert not_granted(document, actions=["s3:DeleteObject"], resources=["arn:aws:s3:::a/*"]).verdict == "pass"
    assert not_granted(document, actions=["s3:DeleteObject"]).verdict == "fail"


def test_policies_with_principals(policy: Make) -> None:
    """Resource and trust policies grant to whomever they name; a trust policy has no resources to ask about."""
    trust = policy({"Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "sts:AssumeRole"}, kind="trust")

    assert not_granted(policy({**OBJECTS, "Principal": "*"}), actions=["s3:GetObject"]).verdict == "fail"
    assert not_granted(trust, actions=["sts:AssumeRole"]).regions[0].principals == ("AWS: 111122223333",)
    with pytest.raises(UsageError, match="a role trust policy has no resources"):
        not_granted(trust, resources=["arn:aws:s3:::a/*"])


def test_an_invalid_policy_is_unknown(policy: Make) -> None:
    """What AWS would refuse grants nothing, but passes nothing either."""
    outcome = not_granted(policy({"Effect": "Allow"}, kind="identity"), actions=["s3:GetObject"])

    assert outcome.verdict == "unknown"
    assert outcome.unknown[0].code == "invalid"


@pytest.mark.parametrize(
    ("actions", "resources", "message"),
    [
        ([], [], "neither an action nor a resource is named"),
        (["GetObject"], [], "`GetObject` is no action"),
        (["s3:"], [], "`s3:` is no action"),
        ([], ["bucket"], "`bucket` is no ARN"),
        ([], ["arn:aws:s3"], "`arn:aws:s3` is no ARN"),
    ],
)
def test_mistakes(policy: Make, actions: list[str], resources: list[str], message: str) -> None:
    """What can't be an action or an ARN would never be granted, so it is a mistake rather than a pass."""
    with pytest.raises(UsageError, match=message):
        not_granted(policy(OBJECTS, kind="identity"), actions=actions, resources=resources)

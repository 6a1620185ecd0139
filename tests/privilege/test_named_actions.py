from __future__ import annotations

import pytest

from jfml_policies.policy.parse import parse_document
from jfml_policies.privilege.named_actions import NamedActions

NAMES = ["iam:passrole", "iam:getuser", "s3:getobject"]


@pytest.mark.parametrize(
    ("element", "entries", "expected"),
    [
        ("Action", ["iam:PassRole"], ["iam:passrole"]),
        ("Action", ["IAM:P*", "s3:Get?bject"], ["iam:passrole", "s3:getobject"]),
        ("Action", "*", NAMES),
        ("Action", ["?am:*"], ["iam:passrole", "iam:getuser"]),
        ("NotAction", ["iam:*"], ["s3:getobject"]),
        ("NotAction", ["s3:GetObject", "iam:Get*"], ["iam:passrole"]),
        ("Principal", "*", []),
    ],
)
def test_names_decide(element: str, entries: object, expected: list[str]) -> None:
    """A statement is about what Action names, or what NotAction does not; without either about nothing."""
    document = {"Statement": {"Effect": "Allow", element: entries, "Resource": "*"}}
    named = NamedActions(parse_document(document, kind="identity").statements[0])

    assert expected == [name for name in NAMES if name in named]

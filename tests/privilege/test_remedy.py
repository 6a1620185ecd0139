from __future__ import annotations

import json
from typing import Any

import pytest

from jfml_policies.privilege.excess import gap
from jfml_policies.privilege.remedy import how_to_add, how_to_remove


def document(actions: Any, resources: Any, effect: str = "Allow") -> dict[str, Any]:
    return {"Effect": effect, "Action": actions, "Resource": resources}


def text(*statements: dict[str, Any]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


@pytest.mark.parametrize(
    ("granted", "remedy"),
    [
        (document("sqs:SendMessage", "*"), "remove the statement"),
        (document(["s3:GetObject", "s3:PutObject"], "arn:aws:s3:::a/*"), "remove `s3:PutObject` from its actions"),
        (
            document("s3:GetObject", ["arn:aws:s3:::a/*", "arn:aws:s3:::b/*"]),
            "remove `arn:aws:s3:::b/*` from its resources",
        ),
        (document("s3:Get*", "arn:aws:s3:::a/*"), "narrow the statement to the part that is needed"),
        (
            document(["s3:Get*", "iam:PassRole"], "*"),
            "remove `iam:PassRole`, and narrow the statement to the part that is needed",
        ),
    ],
)
def test_what_to_remove(granted: dict[str, Any], remedy: str) -> None:
    """The remedy names what no part of the need has to do with, and says to narrow the rest."""
    (excess,) = gap([text(granted)], [text(document("s3:GetObject", "arn:aws:s3:::a/*"))]).excess

    assert remedy == how_to_remove(excess)


@pytest.mark.parametrize(
    ("granted", "remedy"),
    [
        ([document("s3:PutObject", "*")], "allow `s3:GetObject` on `arn:aws:s3:::a/*`"),
        (
            [document("s3:GetObject", "*"), document("s3:*", "*", "Deny")],
            "except this from the Deny that takes it away",
        ),
    ],
)
def test_what_to_add(granted: list[dict[str, Any]], remedy: str) -> None:
    """The remedy names what to allow, or that a Deny stands in the way."""
    (shortage,) = gap([text(*granted)], [text(document("s3:GetObject", "arn:aws:s3:::a/*"))]).shortage

    assert remedy == how_to_add(shortage)

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

NAME = "05_audit_an_account.py"


def about(said: str) -> dict[str, list[str]]:
    """What is said of each principal."""
    found: dict[str, list[str]] = {}
    for line in said.partition("== Who could become what\n")[2].splitlines():
        if line.startswith("    "):
            found[[*found][-1]].append(line.strip())
        else:
            found[line.partition(":")[0]] = []
    return found


def test_mistakes_and_stakes_of_an_account(example: Callable[..., str]) -> None:
    """A group's permissions count for its members, a boundary closes ways, and a trust policy may let in strangers."""
    said = example(NAME)
    found = about(said)

    assert re.search(
        r"^account\.json:\d+:\d+: error\[invalid-action\]: `s3:GetObjekt` .*RoleDetailList\[reader\]",
        said,
        re.MULTILINE,
    )
    assert "security-warning[public-role]: everyone who has an AWS account may assume the role" in said
    assert ["user ada", "role pipeline", "role reader"] == [*found]
    assert any("iam:PassRole" in line for line in found["user ada"])
    assert found["role pipeline"]
    assert not any("iam:PassRole" in line for line in found["role pipeline"])
    assert ["strangers may take it on"] == found["role reader"]


def test_an_account_of_others(example: Callable[..., str], tmp_path: Path) -> None:
    """Documents may be URL-encoded, as the API has them; what is not in the file is named instead of left out."""
    policy = {
        "Version": "2012-10-17",
        "Statement": {"Effect": "Allow", "Action": "iam:CreateAccessKey", "Resource": "*"},
    }
    user = {
        "UserName": "bob",
        "GroupList": ["gone"],
        "UserPolicyList": [{"PolicyName": "keys", "PolicyDocument": quote(json.dumps(policy))}],
        "AttachedManagedPolicies": [{"PolicyName": "ReadOnly", "PolicyArn": "arn:aws:iam::aws:policy/ReadOnly"}],
    }
    (tmp_path / "bob.json").write_text(json.dumps({"UserDetailList": [user]}), encoding="utf-8")

    found = about(example(NAME, str(tmp_path / "bob.json"), code=1))["user bob"]

    assert "not looked at: the group gone is not in the file" in found
    assert "not looked at: arn:aws:iam::aws:policy/ReadOnly is not in the file" in found
    assert any("iam:CreateAccessKey" in line for line in found)

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

NAME = "08_audit_on_dask.py"


def test_a_cluster_checks_accounts(example: Callable[..., str]) -> None:
    """What was found is told in the order of the accounts; the cluster is on loopback."""
    expected = """\
account-1.json: 10 findings in 30 policies
account-2.json: 20 findings in 60 policies
account-3.json: 30 findings in 90 policies
    60  invalid-action
"""

    assert expected == example(NAME)


def test_accounts_of_others(example: Callable[..., str], tmp_path: Path) -> None:
    """A file that can't be read is told, and the others are checked."""
    statement = {"Effect": "Allow", "Action": "s3:GetObjekt", "Resource": "*"}
    policy = {"PolicyName": "p", "PolicyDocument": {"Version": "2012-10-17", "Statement": statement}}
    (tmp_path / "accounts").mkdir()
    (tmp_path / "accounts" / "a.json").write_bytes(b"\xff\xfe{")
    (tmp_path / "accounts" / "b.json").write_text(json.dumps({"RoleDetailList": [{"RolePolicyList": [policy]}]}))
    expected = """\
a.json: a.json: UTF-16 text
b.json: 1 findings in 1 policies
     1  invalid-action
"""

    assert expected == example(NAME, str(tmp_path / "accounts"), code=1).replace(f"{tmp_path}/accounts/", "")

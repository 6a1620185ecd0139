from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path


def test_a_dask_cluster_checks_accounts(root: Path, tmp_path: Path) -> None:
    """The example tells what is found, in the order of the accounts, with a local cluster on loopback."""
    statement = {"Effect": "Allow", "Action": "s3:GetObjct", "Resource": "*"}
    policies = [
        {"PolicyName": f"p{number}", "PolicyDocument": {"Version": "2012-10-17", "Statement": statement}}
        for number in range(3)
    ]
    for name, count in (("a.json", 3), ("b.json", 2)):
        (tmp_path / name).write_text(json.dumps({"RoleDetailList": [{"RolePolicyList": policies[:count]}]}))
    (tmp_path / "c.json").write_bytes(b"\xff\xfe{")

    done = subprocess.run(
        [sys.executable, str(root / "examples" / "audit_on_dask.py"), str(tmp_path)],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(root / "src"), "HOME": str(tmp_path)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )
    expected = """\
a.json: 3 findings in 3 policies
b.json: 2 findings in 2 policies
c.json: c.json: UTF-16 text
     5  invalid-action
"""

    assert expected == done.stdout.replace(f"{tmp_path}/", ""), done.stderr
    assert 1 == done.returncode

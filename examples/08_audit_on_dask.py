"""For organizations with more policies than one machine should look at: all accounts, checked by a Dask cluster.

`jfml_policies.lint_files` hands its work to any `concurrent.futures.Executor`; that of a Dask client is one. The
cluster here is this process, for the demonstration. `Client("tcp://scheduler:8786")` takes a real one: its workers need
jfml-policies and none of the files.

    python examples/08_audit_on_dask.py             # accounts that are made here
    python examples/08_audit_on_dask.py accounts    # a folder of `aws iam get-account-authorization-details` answers
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from distributed import Client, LocalCluster

import jfml_policies as jp

if TYPE_CHECKING:
    from concurrent.futures import Executor


def audit(accounts: list[Path], executor: Executor) -> int:
    """Prints how much was found in each account, in their order, and by which rules; gives how much in all."""
    rules: Counter[str] = Counter()
    for account in jp.lint_files(accounts, executor=executor):
        rules.update(finding.rule for finding in account.findings)
        found = account.problem or f"{len(account.findings):,} findings in {account.policies:,} policies"
        print(f"{Path(account.file).name}: {found}")
    for rule, count in sorted(rules.items()):
        print(f"{count:6,}  {rule}")
    return rules.total()


def make_accounts(folder: Path) -> None:
    """Three accounts, each with more roles than the last, and a mistake in every third role."""
    for number in (1, 2, 3):
        roles: list[dict[str, Any]] = []
        for role in range(number * 30):
            action = "s3:GetObjekt" if role % 3 == 0 else "s3:GetObject"
            statement = {"Effect": "Allow", "Action": action, "Resource": f"arn:aws:s3:::acme-{role}/*"}
            policy = {"PolicyName": "read", "PolicyDocument": {"Version": "2012-10-17", "Statement": [statement]}}
            roles.append({"RoleName": f"reader-{role}", "RolePolicyList": [policy]})
        (folder / f"account-{number}.json").write_text(
            json.dumps({"RoleDetailList": roles}, indent=2), encoding="utf-8"
        )


def main(arguments: list[str]) -> int:
    """Audits the accounts in a folder; the exit code is 1 where something was found."""
    with tempfile.TemporaryDirectory() as made:
        if not arguments:
            make_accounts(Path(made))
        accounts = sorted(Path(arguments[0] if arguments else made).glob("*.json"))
        here: dict[str, Any] = {
            "processes": False,
            "protocol": "tcp://",
            "host": "127.0.0.1",
            "dashboard_address": None,
        }
        with LocalCluster(n_workers=1, **here) as cluster, Client(cluster) as client:  # type: ignore[no-untyped-call]
            found = audit(accounts, client.get_executor())
    return 1 if found and arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

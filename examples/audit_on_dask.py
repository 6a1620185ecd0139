"""All accounts of an organization, checked by a Dask cluster.

Needs Dask's `distributed`, which the dependency group `test` has. The cluster here is one of this process, for the
demonstration; `Client("tcp://scheduler:8786")` takes a real one, whose workers need jfml-policies and none of the
files. Any `concurrent.futures.Executor` does instead of Dask's.

    python examples/audit_on_dask.py FOLDER

FOLDER holds what `aws iam get-account-authorization-details` printed, one .json file an account.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from distributed import Client, LocalCluster

import jfml_policies as jp

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from jfml_policies import LintedFile


def audit(accounts: list[Path], executor: Executor | None) -> tuple[list[LintedFile], Counter[str]]:
    """What was found by account, in their order, and how often each rule found something."""
    results = list(jp.lint_files(accounts, executor=executor))
    return results, Counter(finding.rule for result in results for finding in result.findings)


def main(folder: str) -> int:
    """Prints what was found, and returns 1 where something was."""
    accounts = sorted(Path(folder).glob("*.json"))
    here = {"processes": False, "protocol": "tcp://", "host": "127.0.0.1", "dashboard_address": None}
    with LocalCluster(n_workers=1, **here) as cluster, Client(cluster) as client:  # type: ignore[no-untyped-call]
        results, rules = audit(accounts, client.get_executor())
    for result in results:
        found = result.problem or f"{len(result.findings):,} findings in {result.policies:,} policies"
        print(f"{Path(result.file).name}: {found}")
    for rule, count in rules.most_common():
        print(f"{count:6,}  {rule}")
    return 1 if rules else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))

"""For whoever runs Terraform in a pipeline: a step between `plan` and `apply` that knows what a plan would allow.

    terraform show -json > state.json
    terraform plan -out tfplan && terraform show -json tfplan > plan.json

`check` finds mistakes in the policies of the plan; `diff` says what the plan allows that the state does not, for each
resource. A plan with a mistake is stopped; one that only adds access waits for a person; all others are applied.

    python examples/04_terraform_gate.py                         # three plans that are made here
    python examples/04_terraform_gate.py state.json plan.json    # yours; exit code 0: apply, 1: ask a person, 2: stop
"""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

PROGRAM = (sys.executable, "-m", "jfml_policies")  # where it is installed: jfml-policies
APPLY, ASK, STOP = range(3)
SAID = {APPLY: "apply", ASK: "ask a person", STOP: "stop"}


def gate(state: Path, plan: Path) -> int:
    """What the pipeline does with a plan: `APPLY`, `ASK` or `STOP`; says why."""
    if run("check", "--output-format", "concise", plan) != 0:
        return STOP
    # 1 is new access, or a doubt about it; 2 is a file that could not be compared, which must never pass.
    return {0: APPLY, 1: ASK}.get(run("diff", state, plan), STOP)


def run(verb: str, *arguments: str | Path) -> int:
    """The exit code of the program; what it finds goes to the log of the pipeline."""
    done = subprocess.run([*PROGRAM, verb, "--quiet", *map(str, arguments)], stdin=subprocess.DEVNULL, check=False)  # noqa: S603
    return done.returncode


def resource(kind: str, name: str, values: dict[str, Any]) -> dict[str, Any]:
    """A resource as `terraform show -json` prints it."""
    return {"address": f"{kind}.{name}", "mode": "managed", "type": kind, "name": name, "values": values}


def module(*actions: str) -> dict[str, Any]:
    """A bucket, and a policy that allows some actions in one of its folders, as Terraform knows them."""
    statement = {"Effect": "Allow", "Action": actions, "Resource": "arn:aws:s3:::acme-features/train/*"}
    policy = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    known = {"policy": policy} if actions else {}
    return {
        "root_module": {
            "resources": [
                resource("aws_s3_bucket", "features", {"bucket": "acme-features"}),
                resource("aws_iam_policy", "reader", {"name": "reader", **known}),
            ]
        }
    }


def main() -> None:
    """Asks the gate about some plans for one state."""
    plans = {
        "another tag of the bucket": module("s3:GetObject"),
        "the reader writes, too": module("s3:GetObject", "s3:PutObject"),
        "a policy that only `apply` will know": module(),
        "a typing error": module("s3:GetObjekt"),
    }
    head = {"format_version": "1.0", "terraform_version": "1.13.0"}
    unknown = [{"address": "aws_iam_policy.reader", "change": {"after_unknown": {"policy": True}}}]
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        state, plan = Path("state.json"), Path("plan.json")
        state.write_text(json.dumps(head | {"values": module("s3:GetObject")}, indent=2), encoding="utf-8")
        for what, planned in plans.items():
            changes = unknown if planned == module() else []
            document = head | {"planned_values": planned, "resource_changes": changes}
            plan.write_text(json.dumps(document, indent=2), encoding="utf-8")
            print(f"== {what}", flush=True)
            print(f"== {what}: {SAID[gate(state, plan)]}", flush=True)


if __name__ == "__main__":
    if len(sys.argv) == 3:
        raise SystemExit(gate(Path(sys.argv[1]), Path(sys.argv[2])))
    main()

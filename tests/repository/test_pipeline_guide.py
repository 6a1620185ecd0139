"""What the guide to pipelines tells people to copy is valid, complete, and does what it says."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from check_jsonschema import main as check_jsonschema
from click.testing import CliRunner

POLICY = (
    '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:ListAllMyBuckets", "Resource": "*"}]}\n'
)


@pytest.fixture(scope="module")
def guide(root: Path) -> str:
    """The guide."""
    return (root / "docs" / "in_your_pipeline.md").read_text(encoding="utf-8")


def file_in(guide: str, name: str) -> str:
    """The file that the guide shows under a name."""
    found = re.search(rf"^```yaml\n# {re.escape(name)}\n(.*?)^```", guide, re.DOTALL | re.MULTILINE)
    assert found is not None
    return found[1]


def test_the_workflow_is_valid(guide: str, tmp_path: Path) -> None:
    """It is a workflow by the schema for such files."""
    (tmp_path / "shown.yml").write_text(file_in(guide, ".github/workflows/policies.yml"), encoding="utf-8")

    done = CliRunner().invoke(
        check_jsonschema, ["--builtin-schema", "vendor.github-workflows", str(tmp_path / "shown.yml")]
    )

    assert 0 == done.exit_code, done.output


def test_the_shown_hooks_are_there(guide: str, root: Path) -> None:
    """Under the names that the guide tells."""
    shown = yaml.safe_load(file_in(guide, ".pre-commit-config.yaml"))["repos"][0]["hooks"]
    offered = yaml.safe_load((root / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))

    assert {hook["id"] for hook in shown} < {hook["id"] for hook in offered}


def test_inputs_and_outputs_are_told(guide: str, root: Path) -> None:
    """The guide has a row for each input and output of the action, and no other; the workflow uses no other."""
    action: dict[str, Any] = yaml.safe_load((root / "action.yml").read_text(encoding="utf-8"))
    inputs, outputs = (
        re.findall(r"^\| `([\w-]+)` \|", guide.partition(head)[2].partition("\n\n")[0], re.MULTILINE)
        for head in ("| input |", "| output |")
    )
    steps = yaml.safe_load(file_in(guide, ".github/workflows/policies.yml"))["jobs"]["policies"]["steps"]
    used = next(step["with"] for step in steps if step.get("id") == "policies")

    assert [*action["inputs"]] == inputs
    assert [*action["outputs"]] == outputs
    assert {*used} <= {*inputs}
    assert {*re.findall(r"steps\.policies\.outputs\.([\w-]+)", guide)} <= {*outputs}


def test_the_workflow_tells_what_a_pull_request_adds(guide: str, tmp_path: Path, scripts: Path, root: Path) -> None:
    """Compared with what the merge commit that GitHub checks out merges into, in the job's summary."""
    steps = yaml.safe_load(file_in(guide, ".github/workflows/policies.yml"))["jobs"]["policies"]["steps"]
    (script,) = [step["run"] for step in steps if "run" in step]
    work, summary = tmp_path / "work", tmp_path / "summary.md"
    work.mkdir()
    person = {f"GIT_{who}_{what}": "a@example.com" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "PYTHONPATH": str(root / "src"), **person}

    def run(*command: str, **more: str) -> int:
        return subprocess.run(
            command, cwd=work, env=environment | more, stdin=subprocess.DEVNULL, check=False
        ).returncode

    def commit(name: str, text: str) -> None:
        (work / name).write_text(text, encoding="utf-8")
        assert 0 == run("git", "add", ".") == run("git", "commit", "--quiet", "--message=a change")

    run("git", "init", "--quiet", "--initial-branch=main")
    commit("policy.json", POLICY)
    run("git", "checkout", "--quiet", "-b", "feature")
    commit("policy.json", POLICY.replace('"s3:ListAllMyBuckets"', '["s3:ListAllMyBuckets", "iam:CreateUser"]'))
    run("git", "checkout", "--quiet", "main")
    commit("of_others.json", POLICY.replace("s3:ListAllMyBuckets", "iam:DeleteUser"))
    assert 0 == run("git", "merge", "--quiet", "--no-ff", "--message=as GitHub merges", "feature")

    done = run(
        "bash", "-e", "-c", script, COMMAND=str(scripts / "jfml-policies"), GITHUB_STEP_SUMMARY=os.fspath(summary)
    )

    assert 1 == done
    assert "iam:CreateUser" in summary.read_text(encoding="utf-8")
    assert "iam:DeleteUser" not in summary.read_text(encoding="utf-8")

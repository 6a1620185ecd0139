"""The jobs for GitLab: their scripts are run as GitLab's runner runs them, with a stand-in for pip."""

from __future__ import annotations

import json
import os
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest
import yaml
from check_jsonschema import main as check_jsonschema
from click.testing import CliRunner

GOOD = (
    '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:ListAllMyBuckets", "Resource": "*"}]}\n'
)
BAD = GOOD.replace("s3:ListAllMyBuckets", "s3:ListAllMyBukets")
WIDER = GOOD.replace('"s3:ListAllMyBuckets"', '["s3:ListAllMyBuckets", "iam:CreateUser"]')
FILE = Path("examples", "gitlab-ci.yml")


@pytest.fixture(scope="module")
def jobs(root: Path) -> dict[str, Any]:
    """The file that a team copies."""
    read: dict[str, Any] = yaml.safe_load((root / FILE).read_text(encoding="utf-8"))
    return read


def run_job(jobs: dict[str, Any], name: str, work: Path, scripts: Path, root: Path, **variables: str) -> int:
    """The exit code of a job's script, in a shell that ends at the first command that fails, as a runner has it."""
    job = jobs[jobs[name]["extends"]] | jobs[name]
    stand_in = work.parent / "bin" / "python"
    stand_in.parent.mkdir(exist_ok=True)
    stand_in.write_text('#!/bin/sh\nfor last; do :; done\necho "$last" >"$OUT"\n', encoding="utf-8")
    stand_in.chmod(0o755)
    program = stand_in.with_name("jfml-policies")
    program.unlink(missing_ok=True)
    program.symlink_to(scripts / "jfml-policies")
    return subprocess.run(
        ["sh", "-e", "-c", "\n".join([*job["before_script"], *job["script"]])],
        cwd=work,
        env={
            "PATH": f"{stand_in.parent}{os.pathsep}/usr/bin{os.pathsep}/bin",
            "PYTHONPATH": str(root / "src"),
            "OUT": str(work.parent / "installed"),
            **jobs["variables"],
            **job.get("variables", {}),
            **variables,
        },
        stdin=subprocess.DEVNULL,
        check=False,
    ).returncode


@pytest.fixture
def work(tmp_path: Path) -> Path:
    """A repository."""
    folder = tmp_path / "work"
    folder.mkdir()
    return folder


def git(work: Path, *arguments: str) -> str:
    """What git says in a repository."""
    person = [f"{who}_{what}=a@example.com" for who in ("GIT_AUTHOR", "GIT_COMMITTER") for what in ("NAME", "EMAIL")]
    done = subprocess.run(
        ["env", *person, "git", *arguments],
        cwd=work,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def test_the_file_is_valid(root: Path) -> None:
    """It is a pipeline by GitLab's own schema."""
    done = CliRunner().invoke(check_jsonschema, ["--builtin-schema", "vendor.gitlab-ci", str(root / FILE)])

    assert 0 == done.exit_code, done.output


@pytest.mark.parametrize(("text", "code"), [(GOOD, 0), (BAD, 1)], ids=["good", "bad"])
def test_policies_are_checked(
    jobs: dict[str, Any], work: Path, scripts: Path, root: Path, text: str, code: int
) -> None:
    """The job passes or fails, and leaves what it names as artifacts, with as many findings in each."""
    (work / "policy.json").write_text(text, encoding="utf-8")

    done = run_job(jobs, "policies", work, scripts, root)
    artifacts = jobs["policies"]["artifacts"]
    quality = json.loads((work / artifacts["reports"]["codequality"]).read_text(encoding="utf-8"))
    results = ET.parse(work / artifacts["reports"]["junit"]).getroot()  # noqa: S314  our own

    assert code == done
    assert [("policy.json", 1)] * code == [
        (one["location"]["path"], one["location"]["lines"]["begin"]) for one in quality
    ]
    assert code == len(results.findall(".//failure"))
    assert all((work / path).is_file() for path in artifacts["paths"])
    assert jobs["variables"]["JFML_POLICIES"] == (work.parent / "installed").read_text(encoding="utf-8").strip()


def test_names_of_files_are_no_commands(jobs: dict[str, Any], work: Path, scripts: Path, root: Path) -> None:
    """Several paths may be given, and none is an option, a pattern or a command."""
    for name in ("a.json", "-b.json", "c.json"):
        (work / name).write_text(GOOD if name == "a.json" else BAD, encoding="utf-8")

    assert 0 == run_job(jobs, "policies", work, scripts, root, POLICY_PATHS="a.json a.json")
    assert 1 == run_job(jobs, "policies", work, scripts, root, POLICY_PATHS="a.json -b.json")
    assert 2 == run_job(jobs, "policies", work, scripts, root, POLICY_PATHS="*.json $(touch;pwned)")
    assert not (work / "pwned").exists()


@pytest.mark.parametrize(("text", "code"), [(GOOD, 0), (WIDER, 1)], ids=["same", "wider"])
def test_access_that_is_added_is_told(
    jobs: dict[str, Any], work: Path, scripts: Path, root: Path, text: str, code: int
) -> None:
    """The second job warns, with exit code 1, of what a merge request allows that was not allowed before."""
    git(work, "init", "--quiet")
    (work / "policy.json").write_text(GOOD, encoding="utf-8")
    git(work, "add", ".")
    git(work, "commit", "--quiet", "--message=before")
    (work / "policy.json").write_text(text.replace("}]}", "} ] }"), encoding="utf-8")

    before = git(work, "rev-parse", "HEAD")
    done = run_job(jobs, "policy-access", work, scripts, root, CI_MERGE_REQUEST_DIFF_BASE_SHA=before)
    artifacts = jobs["policy-access"]["artifacts"]
    results = ET.parse(work / artifacts["reports"]["junit"]).getroot()  # noqa: S314  our own

    assert code == done
    assert {"exit_codes": 1} == jobs["policy-access"]["allow_failure"]
    assert code == len(results.findall(".//failure"))
    assert all((work / path).is_file() for path in artifacts["paths"])

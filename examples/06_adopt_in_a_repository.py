"""For a team with policies in Terraform, CloudFormation and JSON, some with findings that nobody can mend this week.

A git repository is made and the team adopts `jfml-policies` in it: settings, a baseline of what is there today, a hook.
From then on everything is green, until somebody makes a bad change: the hook stops the commit, and in the pipeline that
one change is reported, at its place, in every format, while old findings stay quiet although their lines have moved.

    python examples/06_adopt_in_a_repository.py           # in a temporary folder
    python examples/06_adopt_in_a_repository.py FOLDER    # leaves the repository and the reports in a new folder
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

SETTINGS = """\
fail-on = "warning"
baseline = ".jfml-policies-baseline.json"
trusted-accounts = ["111122223333"]

[kinds]
"policies/guardrails/**" = "scp"
"""
#: What pre-commit would do; docs/in_your_pipeline.md has the lines for it.
HOOK = f"""\
#!/bin/sh
git diff --cached --name-only --diff-filter=ACMR -z | xargs -0 -r '{sys.executable}' -m jfml_policies check --hook
"""
TEMPLATE = """\
AWSTemplateFormatVersion: "2010-09-09"
Parameters:
  Bucket: {Type: String}
Resources:
  Scoring:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}
      Policies:
        - PolicyName: work
          PolicyDocument:
            Version: "2012-10-17"
            Statement:
              - Sid: Read
                Effect: Allow
                Action: s3:GetObject
                Resource: !Sub "arn:aws:s3:::${Bucket}/*"
              - Sid: Deploy
                Effect: Allow
                Action: iam:PassRole
                Resource: "*"
"""
READER = """\
{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "Read",
      "Effect": "Allow",
      "Action": "s3:GetObject",
      "Resource": "arn:aws:s3:::acme-features"
    }
  ]
}
"""
GUARDRAIL = """\
{
  "Version": "2012-10-17",
  "Statement": [
    {"Sid": "Stay", "Effect": "Deny", "Action": "organizations:LeaveOrganization", "Resource": "*"}
  ]
}
"""
#: The policy of the plan, a string that holds JSON as Terraform has it.
PLANNED = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": [
            {"Sid": "Write", "Effect": "Allow", "Action": "s3:PutObject", "Resource": "arn:aws:s3:::acme-scores"},
        ],
    }
)
#: (the file, what stands there, what somebody makes of it): lines above old findings come in, and one mistake.
CHANGES = (
    (
        "template.yaml",
        "              - Sid: Read\n",
        """\
              - Sid: List
                Effect: Allow
                Action: s3:ListBuckett
                Resource: !Sub "arn:aws:s3:::${Bucket}"
              - Sid: Read
""",
    ),
    (
        "policies/reader.json",
        '    {\n      "Sid": "Read",\n',
        """\
    {
      "Sid": "List",
      "Effect": "Allow",
      "Action": "s3:ListBuckett",
      "Resource": "arn:aws:s3:::acme-features"
    },
    {
      "Sid": "Read",
""",
    ),
    ("plan.json", r"\"s3:PutObject\"", r"[\"s3:PutObject\", \"s3:PutObjectt\"]"),
)
FORMATS = {
    "full": "txt",
    "sarif": "sarif",
    "github": "github.txt",
    "gitlab": "gitlab.json",
    "junit": "xml",
    "markdown": "md",
    "html": "html",
    "json": "json",
}


def adopt(repository: Path) -> None:
    """Makes the repository as it was, then adds settings, hook and baseline."""
    resource = {"address": "aws_iam_policy.writer", "mode": "managed", "type": "aws_iam_policy", "name": "writer"}
    values = {"name": "writer", "policy": PLANNED}
    plan = {"root_module": {"resources": [resource | {"values": values}]}}
    for name, text in {
        "template.yaml": TEMPLATE,
        "policies/reader.json": READER,
        "policies/guardrails/stay.json": GUARDRAIL,
        "plan.json": json.dumps(
            {"format_version": "1.2", "terraform_version": "1.13.0", "planned_values": plan}, indent=2
        ),
        "package.json": '{"name": "no policy at all"}\n',
        "jfml-policies.toml": SETTINGS,
        "hooks/pre-commit": HOOK,
    }.items():
        file = repository / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    (repository / "hooks" / "pre-commit").chmod(0o755)
    git(repository, "init", "--quiet", "--initial-branch=main")
    git(repository, "config", "core.hooksPath", "hooks")
    program(repository, "baseline", "write", ".")
    git(repository, "add", ".")
    git(repository, "commit", "--quiet", "--message=The linter comes in, with what is there today")


def change(repository: Path, reports: Path, file: str, old: str, new: str) -> None:
    """Makes one bad change, tries to commit it, reports it in every format, and takes it back."""
    before = (repository / file).read_text(encoding="utf-8")
    (repository / file).write_text(before.replace(old, new), encoding="utf-8")
    git(repository, "add", file)
    print(f"\n# a bad change in {file}", flush=True)
    stopped = git(repository, "commit", "--quiet", "--message=A bad change", may_fail=True)
    print(f"the hook: {'the commit is stopped' if stopped else 'the commit passes'}", flush=True)
    reports.mkdir(parents=True)
    also = [f"--also={name}={reports / f'report.{ending}'}" for name, ending in FORMATS.items()]
    code = program(repository, "check", "--output-format=concise", *also, ".")
    print(f"the pipeline: exit code {code}, reports in {', '.join(FORMATS)}", flush=True)
    git(repository, "reset", "--quiet", "--hard")


def program(repository: Path, *arguments: str) -> int:
    """Runs jfml-policies in the repository; its exit code."""
    return run(repository, sys.executable, "-m", "jfml_policies", *arguments)


def git(repository: Path, *arguments: str, may_fail: bool = False) -> int:
    """Runs git there, as somebody who is known to nobody else's settings; its exit code."""
    code = run(repository, "git", "-c", "user.name=Ada", "-c", "user.email=ada@example.com", *arguments)
    if code and not may_fail:
        raise SystemExit(f"git {arguments[0]} ended with {code}")
    return code


def run(folder: Path, *command: str) -> int:
    """Runs a program in a folder; its exit code."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return subprocess.run(command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, check=False).returncode  # noqa: S603


def main(folder: Path) -> None:
    """Adopts the linter in a repository below a folder, then makes the bad changes one after another."""
    repository = folder / "repository"
    adopt(repository)
    print("\n# the next day", flush=True)
    print(f"the pipeline: exit code {program(repository, 'check', '.')}", flush=True)
    for file, old, new in CHANGES:
        change(repository, folder / "reports" / Path(file).stem, file, old, new)


if __name__ == "__main__":
    if len(sys.argv) == 2:
        main(Path(sys.argv[1]).absolute())
    else:
        with tempfile.TemporaryDirectory() as temporary:
            main(Path(temporary))

"""For organizations: what you demand of everybody's policies, as a file of settings without a line of code.

A repository is made with the settings and four policies. Each breaks one demand, although it looks as if it kept it:
an operator that lets requests without the key pass, a Deny of too little, a list of tags that may be empty, an account
too many. Then the policies are mended, and nothing is found.

    python examples/09_rules_without_code.py           # in a temporary folder
    python examples/09_rules_without_code.py FOLDER    # leaves settings and policies in a new folder
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

SETTINGS = """\
select = ["custom"]

[[custom-rules]]
code = "acme-lake-endpoint"
kind = "required-condition"
message = "the lake is read through our VPC endpoint only"
resources = ["arn:aws:s3:::acme-lake/*"]
condition = {StringEquals = {"aws:SourceVpce" = ["vpce-0a1b2c3d"]}}
severity = "error"
url = "https://wiki.example.com/lake"

[[custom-rules]]
code = "acme-no-users"
kind = "forbidden-access"
message = "users come from the directory"
actions = ["iam:CreateUser", "iam:CreateLoginProfile"]

[[custom-rules]]
code = "acme-team-tag"
kind = "required-tags"
message = "whatever is created belongs to a team"
actions = ["ec2:RunInstances"]
request-tags = {team = []}

[[custom-rules]]
code = "acme-trust"
kind = "allowed-principals"
message = "strangers stay out"
principals = ["111122223333", "*.amazonaws.com"]
"""
READER = """\
{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "ReadLake",
      "Effect": "Allow",
      "Action": ["s3:GetObject", "s3:DeleteObject"],
      "Resource": "arn:aws:s3:::acme-lake/*",
      "Condition": {"StringEqualsIfExists": {"aws:SourceVpce": "vpce-0a1b2c3d"}}
    }
  ]
}
"""
HELPDESK = """\
{
  "Version": "2012-10-17",
  "Statement": [
    {"Sid": "Users", "Effect": "Allow", "Action": "iam:*User*", "Resource": "*"},
    {"Sid": "NoNewOnes", "Effect": "Deny", "Action": "iam:CreateLoginProfile", "Resource": "*"}
  ]
}
"""
TRUST = """\
{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Principal": {"AWS": ["111122223333", "444455556666"]},
      "Action": "sts:AssumeRole"
    }
  ]
}
"""
TEMPLATE = """\
AWSTemplateFormatVersion: "2010-09-09"
Parameters:
  Image: {Type: String}
Resources:
  Starter:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Sid: Start
            Effect: Allow
            Action: ec2:RunInstances
            Resource: "*"
            Condition:
              "ForAllValues:StringEquals": {"aws:TagKeys": [team]}
"""
#: (the file, what is wrong in it, what it should be)
MENDS = (
    ("reader.json", "StringEqualsIfExists", "StringEquals"),
    ("helpdesk.json", '"Action": "iam:CreateLoginProfile"', '"Action": ["iam:CreateLoginProfile", "iam:CreateUser"]'),
    ("trust.json", ', "444455556666"', ""),
    (
        "template.yaml",
        '"ForAllValues:StringEquals": {"aws:TagKeys": [team]}',
        '"Null": {"aws:RequestTag/team": "false"}',
    ),
)


def main(folder: Path) -> None:
    """Makes the repository, shows what breaks the demands, mends it, and shows that nothing is left."""
    folder.mkdir(exist_ok=True)
    for name, text in {
        "jfml-policies.toml": SETTINGS,
        "reader.json": READER,
        "helpdesk.json": HELPDESK,
        "trust.json": TRUST,
        "template.yaml": TEMPLATE,
    }.items():
        (folder / name).write_text(text, encoding="utf-8")
    print("# what a demand says, in the words of its rule", flush=True)
    program(folder, "explain", "acme-lake-endpoint")
    print("\n# four policies that look as if they kept the demands", flush=True)
    print(f"exit code {program(folder, 'check', '.')}", flush=True)
    for name, wrong, right in MENDS:
        file = folder / name
        file.write_text(file.read_text(encoding="utf-8").replace(wrong, right), encoding="utf-8")
    print("\n# the same policies, mended", flush=True)
    print(f"exit code {program(folder, 'check', '--verbose', '.')}", flush=True)


def program(folder: Path, *arguments: str) -> int:
    """Runs jfml-policies in a folder; its exit code."""
    command = [sys.executable, "-m", "jfml_policies", *arguments]
    done = subprocess.run(  # noqa: S603
        command, cwd=folder, env=os.environ, stdin=subprocess.DEVNULL, stderr=subprocess.STDOUT, check=False
    )
    return done.returncode


if __name__ == "__main__":
    if len(sys.argv) == 2:
        main(Path(sys.argv[1]).absolute())
    else:
        with tempfile.TemporaryDirectory() as temporary:
            main(Path(temporary))

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from jfml_policies.build import RoleDocuments, jfrog_ml
from jfml_policies.build.outputs.cloudformation import cloudformation, cloudformation_json
from jfml_policies.errors import ParameterError

DOCUMENT = {"Version": "2012-10-17", "Statement": []}


def test_cfn_lint_finds_nothing(tmp_path: Path) -> None:
    """Neither in YAML nor in JSON, for a role with a name, one without, and one with two policies."""
    role = jfrog_ml.role(bucket="acme-features", prefix="it's a: %folder/", write_prefix="out/")
    keys = [f"arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-{number:012}" for number in range(50)]
    split = jfrog_ml.role(bucket="acme-features", prefix="x" * 900, kms_keys=keys, role_name="reader")
    assert 2 == len(split.permission_documents)
    for number, documents in enumerate((role.documents, split.documents)):
        (tmp_path / f"{number}.yaml").write_text(cloudformation(documents), encoding="utf-8")
        (tmp_path / f"{number}.json").write_text(cloudformation_json(documents), encoding="utf-8")
    files = [str(path) for path in sorted(tmp_path.iterdir())]
    done = subprocess.run(
        [sys.executable, "-c", "from cfnlint.runner import main; main()", "--regions", "us-east-1", "--", *files],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )

    assert (0, "", "") == (done.returncode, done.stdout, done.stderr)


def test_what_yaml_would_not_take_for_a_string_is_quoted() -> None:
    """Words that are truth values, dates and versions; policy variables need no function and stay literal."""
    statement = {
        "Sid": "Yes",
        "Effect": "Allow",
        "Action": "s3:GetObject",
        "Resource": "arn:aws:s3:::b/${aws:username}",
    }
    text = cloudformation(RoleDocuments("on", DOCUMENT, ({"Version": "2012-10-17", "Statement": [statement]},)))

    assert 'RoleName: "on"' in text
    assert 'Version: "2012-10-17"' in text
    assert '- Sid: "Yes"' in text
    assert 'Resource: "arn:aws:s3:::b/${aws:username}"' in text
    assert "Action: s3:GetObject" in text


@pytest.mark.parametrize(
    "statement",
    [
        {"Resource": "arn:aws:s3:::b/{{resolve:secretsmanager:x}}"},
        {"Resource": "arn:aws:s3:::b/日/*"},
        {"Condition": {"StringEquals": {"Fn::Sub": "x"}}},
        {"Condition": {"Ref": {"a": "x"}}},
    ],
)
def test_what_cloudformation_would_replace_is_refused(statement: dict[str, Any]) -> None:
    """In both forms of the template."""
    documents = RoleDocuments("reader", DOCUMENT, ({"Version": "2012-10-17", "Statement": [statement]},))
    for write in (cloudformation, cloudformation_json):
        with pytest.raises(ParameterError):
            write(documents)

"""Settings in files, as the verbs heed them that compare and ask."""

from __future__ import annotations

import json
import subprocess
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from jfml_policies.cli.asked_settings import AskedSettings, ReadAs

Run = Callable[..., Any]

GUARD = '{"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Action": "%s", "Resource": "*"}}\n'
BUCKET = """{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"AWS": "777788889999"},
 "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}}
"""


OUTSIDER = "lets in the account `777788889999`, which the settings do not trust and which is no known vendor's"


@pytest.fixture(autouse=True)
def files(tmp_path: Path) -> None:
    (tmp_path / "jfml-policies.toml").write_text(
        'trusted-accounts = ["111122223333"]\nrules-from = ["no_such_module"]\n[kinds]\n'
        '"guardrails" = "scp"\n"bucket.json" = {kind = "resource", resource-type = "AWS::S3::Bucket"}\n'
    )
    (tmp_path / "guardrails").mkdir()
    (tmp_path / "guardrails" / "old.json").write_text(GUARD % "s3:*")
    (tmp_path / "guardrails" / "new.json").write_text(GUARD % "s3:Delete*")
    (tmp_path / "other.json").write_text(GUARD % "s3:Delete*")
    (tmp_path / "bucket.json").write_text(BUCKET)


def answer(run: Run, *arguments: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run(*arguments, "--output-format", "json").out)
    return found


def test_no_public_access_takes_the_kind_and_tells_of_outsiders(run: Run) -> None:
    """A bucket policy is read as one, and an account that the settings do not trust is noted, not failed."""
    found = run("no-public-access", "bucket.json", "--output-format", "json")
    remarks = json.loads(found.out)["remarks"]

    assert found.code == 0
    assert [(one["code"], one["file"], one["line"]) for one in remarks] == [("outsider", "bucket.json", 1)]
    assert remarks[0]["message"] == OUTSIDER
    assert answer(run, "no-public-access", "bucket.json", "--isolated")["remarks"] == []


def test_risks_tells_of_outsiders_and_takes_kinds(run: Run) -> None:
    """A service control policy by the settings takes no part, and outsiders of a bucket policy are noted."""
    found = answer(run, "risks", "bucket.json", "guardrails/new.json")

    assert found["notes"][:2] == [
        f"bucket.json: Statement: {OUTSIDER}",
        "guardrails/new.json takes no part: it is read as a service control policy",
    ]
    assert run("risks", "guardrails/new.json").code == 2
    assert run("risks", "guardrails/new.json", "--isolated").code == 0


def test_a_kind_counts_for_both_documents(run: Run) -> None:
    """A document without a kind of its own in the settings is read like the one that it is compared with."""
    settings = AskedSettings(Namespace(config=None, isolated=False, kind=None, resource_type=None))
    both = run("diff", "guardrails/old.json", "bucket.json")

    assert settings.read_as("guardrails/old.json", "other.json") == ReadAs("scp")
    assert settings.read_as("other.json", "guardrails/old.json") == ReadAs("scp")
    assert settings.read_as("bucket.json") == ReadAs("resource", "AWS::S3::Bucket")
    assert settings.read_as("other.json", "-") == ReadAs()
    assert both.code == 2
    assert "the settings read the two documents as `scp` and `resource`" in both.err
    assert "--kind says as what both are read" in both.err
    assert run("diff", "guardrails/old.json", "bucket.json", "--isolated").code != 2


@pytest.mark.parametrize(
    "arguments",
    [
        ["diff", "other.json", "other.json"],
        ["no-new-access", "other.json", "other.json"],
        ["not-granted", "other.json", "--action", "iam:*"],
        ["no-public-access", "bucket.json"],
        ["needs", "other.json", "--needed", "other.json"],
        ["risks", "other.json"],
        ["schema", "--validate", "other.json"],
    ],
    ids=lambda arguments: str(arguments[0]),
)
def test_options_of_files(run: Run, tmp_path: Path, arguments: list[str]) -> None:
    """Each verb takes `--config` and `--isolated`, tells what is wrong with settings, and imports no code."""
    assert run(*arguments).code in (0, 1)
    (tmp_path / "odd.toml").write_text("kind = {}\n")
    wrong = run(*arguments, "--config", "odd.toml")

    assert (wrong.code, wrong.err) == (
        2,
        "error: odd.toml:1:1: there is no setting `kind`\n  help: did you mean `kinds`?\n",
    )
    assert run(*arguments, "--isolated").code in (0, 1)


def test_needs_reads_policies_in_folders_as_settings_say(run: Run) -> None:
    """Also those in folders: service control policies are no policies of a principal."""
    assert run("needs", "guardrails/", "--needed", "other.json").code == 2
    assert run("needs", "guardrails/", "--needed", "other.json", "--isolated").code in (0, 1)


def test_schema_validates_as_settings_say(run: Run, tmp_path: Path) -> None:
    """A kind in the settings counts, and one on the command line sets it aside."""
    (tmp_path / "guardrails" / "new.json").write_text(BUCKET)

    assert run("schema", "--validate", "guardrails/new.json").code == 1
    assert run("schema", "resource", "--validate", "guardrails/new.json").code == 0
    assert run("schema", "--validate", "guardrails/new.json", "--isolated").code == 0


def test_revisions_have_the_settings_of_their_path(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of a revision is read as the file of that path would be, from whatever folder it is named."""

    def git(*arguments: str) -> None:
        subprocess.run(["git", "-c", "user.name=n", "-c", "user.email=n@example.com", *arguments], check=True)

    for name in ("GIT_DIR", "GIT_WORK_TREE"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "guardrails" / "bucket.json").write_text(BUCKET)
    git("init", "--quiet", str(tmp_path))
    git("add", ".")
    git("commit", "--quiet", "--message=1")
    for name in ("HEAD:bucket.json", "HEAD:./bucket.json", ":bucket.json"):
        assert [one["code"] for one in answer(run, "no-public-access", name)["remarks"]] == ["outsider"], name
    monkeypatch.chdir(tmp_path / "guardrails")

    assert run("no-public-access", "HEAD:bucket.json").code == 0
    assert "no service control policy can be public" in run("no-public-access", "HEAD:./bucket.json").err
    assert run("no-public-access", "HEAD:../bucket.json").code == 0
    (tmp_path / "guardrails" / "bucket.json").write_text(BUCKET.replace("Get", "Put"))
    assert run("diff", "--git", "HEAD", "--kind", "resource").err == "compared 1 policy: 1 incomparable\n"
    (tmp_path / "guardrails" / "bucket.json").write_text(GUARD % "s3:*")
    (tmp_path / "resource.toml").write_text('kinds = {"guardrails" = "resource"}')
    assert run("diff", "--git", "HEAD").err == "compared 1 policy: 1 narrower\n"
    assert run("diff", "--git", "HEAD", "--config", "../resource.toml").err == "compared 1 policy: 1 unknown\n"


@pytest.mark.parametrize("verb", [["risks"], ["needs", "--needed", "other.json"]], ids=["risks", "needs"])
def test_yaml_in_a_folder(run: Run, tmp_path: Path, verb: list[str]) -> None:
    """Other tools' YAML and templates are passed over; a policy in YAML is not, as it would be missed."""
    folder = tmp_path / "roles"
    folder.mkdir()
    (folder / "role.json").write_text(GUARD % "s3:*")
    (folder / "k8s.yaml").write_text("kind: List\nitems: []\n")
    (folder / "t.yaml").write_text(
        "Resources:\n  P:\n    Type: AWS::IAM::ManagedPolicy\n    Properties:\n      PolicyDocument: {Statement: []}\n"
    )
    passed = run(*verb, "roles").code
    (folder / "policy.yaml").write_text("Statement:\n- {Effect: Allow, Action: 's3:*', Resource: '*'}\n")
    told = run(*verb, "roles")

    assert passed in (0, 1)
    assert told.code == 2
    assert "roles/policy.yaml: is a policy in YAML, and only JSON is read here" in told.err

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from jfml_policies.report.change_schema import NEEDS_OUTPUT_SCHEMA

Run = Callable[..., Any]

GRANTED = """\
{"Version": "2012-10-17", "Statement": [
  {"Sid": "Read", "Effect": "Allow", "Action": "s3:Get*", "Resource": "arn:aws:s3:::acme/*"},
  {"Sid": "Pass", "Effect": "Allow", "Action": "iam:PassRole", "Resource": "*"}
]}
"""
NEEDED = """\
{"Version": "2012-10-17", "Statement":
  {"Effect": "Allow", "Action": ["s3:GetObject", "s3:PutObject"], "Resource": "arn:aws:s3:::acme/train/*"}
}
"""
SAME = '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "*"}}'

TRUST = """{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "sts:AssumeRole",
    "Principal": {"AWS": "arn:aws:iam::111122223333:role/R"}}}"""


@pytest.fixture(autouse=True)
def files(tmp_path: Path) -> None:
    """Policies and a record."""
    (tmp_path / "granted.json").write_text(GRANTED)
    (tmp_path / "needed.json").write_text(NEEDED)
    (tmp_path / "same.json").write_text(SAME)
    (tmp_path / "trust.json").write_text(TRUST)
    call = {
        "eventSource": "s3.amazonaws.com",
        "eventName": "GetObject",
        "requestParameters": {"bucketName": "acme", "key": "a"},
    }
    (tmp_path / "trail.jsonl").write_text(json.dumps(call))


def test_the_report_for_people(run: Run) -> None:
    """Excess before shortage, the riskiest first, each with place, proof and remedy."""
    expected = """\
fail: `granted.json` does not grant exactly the need of `needed.json`: 2 pieces of access beyond the need, 1 lacking

+ not needed: iam:PassRole  (1 Write)
    on *
    at granted.json:3 (Statement[1], Sid `Pass`)
    for example: iam:PassRole
    remedy: remove the statement
"""

    outcome = run("needs", "granted.json", "--needed", "needed.json")

    assert (1, expected, "") == (outcome.code, outcome.out[: len(expected)], outcome.err)
    assert "- lacking: s3:PutObject" in outcome.out
    assert "remedy: allow `s3:PutObject` on `arn:aws:s3:::acme/train/*`" in outcome.out


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["same.json", "--needed", "same.json"], 0),
        (["granted.json", "--needed", "needed.json", "--fail-on", "never"], 0),
        (["granted.json", "same.json", "--needed", "granted.json"], 1),
        (["granted.json", "same.json", "--needed", "granted.json", "--fail-on", "shortage"], 0),
        (["granted.json", "--needed", "granted.json", "--needed", "same.json", "--fail-on", "excess"], 0),
        (["granted.json", "--needed", "granted.json", "--needed", "same.json", "--fail-on", "shortage"], 1),
        (["granted.json", "--used", "trail.jsonl", "--fail-on", "shortage"], 0),
        (["same.json", "--used", "trail.jsonl", "--fail-on", "shortage"], 1),
        (["granted.json", "--task", "s3-read bucket=acme prefix=train", "--fail-on", "shortage"], 1),
    ],
)
def test_the_exit_code_is_that_of_the_gate(run: Run, arguments: list[str], code: int) -> None:
    """What `--fail-on` names decides, whatever else is told."""
    assert code == run("needs", *arguments).code


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "no policy is named"),
        (["same.json"], "nothing says what is needed"),
        (["same.json", "--needed", "absent.json"], "absent.json: no such file"),
        (
            ["same.json", "trust.json", "--needed", "same.json"],
            "`same.json` (identity policy), `trust.json` (role trust",
        ),
        (["same.json", "--needed", "same.json", "--folder-threshold", "3"], "are about --used"),
        (["same.json", "--used", "trail.jsonl", "--folder-threshold", "1"], "from 2 up"),
        (["same.json", "--used", "same.json"], "same.json: record 1: not a CloudTrail record"),
        (["same.json", "--used", "trail.jsonl", "--principal", "nobody"], "no call to grant"),
        (["same.json", "--task", "s3-reed bucket=acme"], "there is no task `s3-reed`"),
        (["same.json", "--task", "s3-read prefix=x size=3"], "`bucket` is missing"),
        (["same.json", "--task", "s3-read bucket=Acme key=x"], "`Acme`"),
        (["same.json", "--task", "read-secrets names=a"], "`region` is missing"),
        (["same.json", "--task", "read-secrets name=a"], "did you mean `names`"),
        (["same.json", "--task", "read-folder bucket=acme bucket=other"], "`bucket` is given twice"),
        (["same.json", "--task", "read-folder bucket"], "`bucket` is not of the form name=value"),
    ],
)
def test_what_cannot_be_done_is_said(run: Run, arguments: list[str], message: str) -> None:
    """Wrong usage and unreadable input give exit code 2 and a line that says why."""
    outcome = run("needs", *arguments)

    assert (2, True) == (outcome.code, message in outcome.err), outcome.err


ROLE = """\
{"Version": "2012-10-17", "Statement": [
  {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::acme/train/*",
   "Condition": {"StringEquals": {"aws:ResourceAccount": "111122223333"}}},
  {"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "arn:aws:s3:::acme",
   "Condition": {"StringEquals": {"aws:ResourceAccount": "111122223333"},
                 "StringLike": {"s3:prefix": ["train", "train/*"]}}},
  {"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {"Bool": {"aws:SecureTransport": "false"}}}
]}
"""


@pytest.mark.parametrize(
    ("account", "prefix", "tls", "lacking"),
    [
        ("111122223333", "train/2026/", "TLSv1.3", set()),
        ("111122223333", "other/", "TLSv1.3", {"s3:ListBucket"}),
        ("111122223333", None, "TLSv1.3", {"s3:ListBucket"}),
        ("444455556666", "train/", "TLSv1.3", {"s3:GetObject", "s3:ListBucket"}),
        (None, "train/", "TLSv1.3", {"s3:GetObject", "s3:ListBucket"}),
        ("111122223333", "train/", None, {"s3:GetObject", "s3:ListBucket"}),
    ],
)
def test_a_recorded_call_meets_the_conditions_that_its_record_shows(
    run: Run, tmp_path: Path, account: str | None, prefix: str | None, tls: str | None, lacking: set[str]
) -> None:
    """What the record does not tell may have been anything, and so is lacking; nothing conditional is excess."""
    rest = {
        "eventSource": "s3.amazonaws.com",
        "awsRegion": "eu-west-1",
        "resources": [
            {"ARN": "arn:aws:s3:::acme", "type": "AWS::S3::Bucket"} | ({"accountId": account} if account else {})
        ],
        "tlsDetails": {"tlsVersion": tls} if tls else None,
    }
    listed = {"bucketName": "acme"} | ({"prefix": prefix} if prefix else {})
    calls = [
        {"eventName": "GetObject", "requestParameters": {"bucketName": "acme", "key": "train/a"}, **rest},
        {"eventName": "ListObjects", "requestParameters": listed, **rest},
    ]
    (tmp_path / "role.json").write_text(ROLE)
    (tmp_path / "calls.jsonl").write_text("\n".join(map(json.dumps, calls)))

    document = json.loads(run("needs", "role.json", "--used", "calls.jsonl", "--output-format", "json").out)

    assert lacking == {action for piece in document["shortage"] for action in piece["actions"]}
    assert {"s3:GetObject"} == {action for piece in document["excess"] for action in piece["actions"]}


@pytest.mark.parametrize(
    ("profile", "outcome"), [("global.m-1", "pass"), ("eu.m-1", "unknown")], ids=["everywhere", "in some regions"]
)
def test_the_policy_for_models_behind_a_profile_serves_calls_through_it(
    run: Run, tmp_path: Path, profile: str, outcome: str
) -> None:
    """The request tells the profile; which regions one for a part of the world may choose, no record does."""
    task = f"invoke-models profiles={profile} profile_models=m-1 region=eu-west-1 account=111122223333"
    (tmp_path / "models.json").write_text(run("suggest", "--task", task).out)
    call = {
        "eventSource": "bedrock.amazonaws.com",
        "eventName": "InvokeModel",
        "awsRegion": "eu-west-1",
        "recipientAccountId": "111122223333",
        "requestParameters": {"modelId": profile},
    }
    (tmp_path / "calls.jsonl").write_text(json.dumps(call))

    document = json.loads(run("needs", "models.json", "--used", "calls.jsonl", "--output-format", "json").out)

    assert (outcome, [], []) == (document["outcome"], document["excess"], document["shortage"])


def test_an_invalid_policy_is_unknown(run: Run, tmp_path: Path) -> None:
    """A policy that AWS would refuse neither grants nor lacks anything."""
    (tmp_path / "invalid.json").write_text(GRANTED.replace("Resource", "Resorce"))

    outcome = run("needs", "invalid.json", "--needed", "needed.json")

    assert (1, True) == (outcome.code, outcome.out.startswith("unknown: "))


@pytest.mark.parametrize("need", [["--needed", "needed.json"], ["--used", "trail.jsonl"], ["--needed", "granted.json"]])
def test_the_json_fits_its_schema(run: Run, need: list[str]) -> None:
    """The document for programs is what its schema says."""
    document = json.loads(run("needs", "granted.json", *need, "--output-format", "json").out)

    jsonschema.Draft7Validator(NEEDS_OUTPUT_SCHEMA).validate(document)
    assert ("needs", document["outcome"] == "fail") == (
        document["check"],
        bool(document["excess"] or document["shortage"]),
    )


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("markdown", "  - remedy: `remove the statement`"),
        ("concise", "granted.json:3: + iam:PassRole (1 Write) on *"),
        ("github", "file=granted.json,line=3"),
    ],
)
def test_other_formats_say_the_same(run: Run, name: str, line: str) -> None:
    """Each format of comparisons serves for needs."""
    outcome = run("needs", "granted.json", "--needed", "needed.json", "--output-format", name)

    assert line in outcome.out


SPEC = """\
account: "111122223333"
region: eu-west-1
uses:
  - use: batch-execution
    source: {bucket: acme-lake, prefix: in/}
    destination:
      bucket: acme-scores
      kms_keys: ["arn:aws:kms:eu-west-1:111122223333:key/0f0b6a5e-5d3e-4f6c-9a60-2f1f4b0c7d11"]
"""


ELSEWHERE = SPEC.replace(
    "{bucket: acme-lake, prefix: in/}", '{bucket: acme-lake, prefix: in/, bucket_account: "444455556666"}'
).replace("uses:", "name: scoring\nuses:")


def test_a_spec_says_what_is_needed(run: Run, tmp_path: Path) -> None:
    """The role that a spec builds grants exactly it; the vendor's page grants the whole bucket, and no key or write."""
    (tmp_path / "role.yaml").write_text(SPEC)
    for folder, asked in (("built", ["--spec", "role.yaml"]), ("page", ["--bucket", "acme-lake", "--as-documented"])):
        assert 0 == run("build", "jfrog-ml", *asked, "--out", folder).code
    exact = run("needs", "built/permissions.json", "--spec", "role.yaml")
    documented = run("needs", "page/permissions.json", "--spec", "role.yaml")

    assert (0, 1) == (exact.code, documented.code)
    assert "+ not needed: s3:GetObject, s3:ListBucket" in documented.out
    assert "- lacking: kms:GenerateDataKey" in documented.out
    assert "- lacking: s3:PutObject" in documented.out


def test_of_a_built_folder_the_policies_of_the_principal_count(run: Run, tmp_path: Path) -> None:
    """Those of the role itself and of buckets and keys of others lie beside them; each that is left out is told."""
    (tmp_path / "role.yaml").write_text(ELSEWHERE)
    assert 0 == run("build", "jfrog-ml", "--spec", "role.yaml", "--out", "built").code
    outcome = run("needs", "built", "--spec", "role.yaml")
    itself = run("needs", "built", "--needed", "built")

    assert {"bucket-policy-acme-lake.json", "permissions.json", "trust.json"} <= {*os.listdir(tmp_path / "built")}
    assert (0, 0) == (outcome.code, itself.code)
    for outcome_ in (outcome, itself):
        assert 2 == outcome_.out.count("is left out")
    assert "built/trust.json: is left out, as a role trust policy is not attached to the principal" in outcome.out


@pytest.mark.parametrize(("written", "file"), [("terraform", "role.tf"), ("cloudformation", "template.yaml")])
def test_a_role_that_is_written_as_something_else_is_told(run: Run, tmp_path: Path, written: str, file: str) -> None:
    """Whether or not policies lie beside it: what is in it is not compared."""
    assert 0 == run("build", "jfrog-ml", "--bucket", "acme", "--role-name", "r", "--as", written, "--out", "role").code
    alone = run("needs", "role", "--task", "s3-read bucket=acme")
    (tmp_path / "role" / "other.json").write_text(
        '{"Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}}'
    )
    beside = run("needs", "role", "--task", "s3-read bucket=acme")

    assert 2 == alone.code
    assert f"`role/{file}` is not read here" in alone.err
    assert f"role/{file}: is not read; `build` without --as writes policies" in beside.out


def test_a_folder_of_policies_of_resources_is_compared(run: Run, tmp_path: Path) -> None:
    """Where nothing of a principal lies beside them, they are what is meant."""
    (tmp_path / "trusts").mkdir()
    (tmp_path / "trusts" / "one.json").write_text(TRUST)
    outcome = run("needs", "trusts", "--needed", "trust.json")

    assert (0, False) == (outcome.code, "left out" in outcome.out)


def test_a_wrong_spec_is_told_at_its_place(run: Run, tmp_path: Path) -> None:
    """As by `build`."""
    (tmp_path / "role.yaml").write_text(SPEC.replace("source:", "sauce:"))
    outcome = run("needs", "granted.json", "--spec", "role.yaml")

    assert 2 == outcome.code
    assert "role.yaml" in outcome.err


def test_a_need_may_be_any_task_of_a_spec(run: Run, tmp_path: Path) -> None:
    """Names, parameters and access are those of a spec's `needs`."""
    granted = {
        "Version": "2012-10-17",
        "Statement": {
            "Effect": "Allow",
            "Action": "secretsmanager:GetSecretValue",
            "Resource": "arn:aws:secretsmanager:eu-west-1:111122223333:secret:ml/token-??????",
        },
    }
    (tmp_path / "secret.json").write_text(json.dumps(granted))
    task = "read-secrets names=ml/token region=eu-west-1 account=111122223333"

    outcome = run("needs", "secret.json", "--task", task, "--fail-on", "shortage")

    assert 0 == outcome.code, outcome.out


def test_the_tasks_are_listed(run: Run) -> None:
    """`--tasks` teaches names and parameters."""
    outcome = run("needs", "--tasks")

    assert 0 == outcome.code
    for line in ("read-folder  ", "invoke-models  ", "    bucket= ", "    services= "):
        assert line in outcome.out


def test_pieces_tell_their_risk_to_programs(run: Run) -> None:
    """A gate can go by access level, breadth and exposure."""
    document = json.loads(run("needs", "granted.json", "--needed", "needed.json", "--output-format", "json").out)

    assert document["excess"]
    for piece in document["excess"]:
        assert {"level", "breadth", "exposure", "actions"} == set(piece["risk"])


def test_standard_input_is_read_once(run: Run) -> None:
    """Records and policies can't both come from it."""
    outcome = run("needs", "-", "--used", "-", stdin=b"{}")

    assert (2, True) == (outcome.code, "standard input can be read only once" in outcome.err)


TLS_ONLY = """\
{"Version": "2012-10-17", "Statement": [
  {"Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "*"},
  {"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {"Bool": {"aws:SecureTransport": "false"}}}
]}
"""
HINT = "pass --assume aws:SecureTransport=true if all calls use it"


def test_a_deny_of_calls_without_tls_is_supposed_away(run: Run, tmp_path: Path) -> None:
    """The hint says how, where that is proved to be all; what was supposed is told."""
    (tmp_path / "tls.json").write_text(TLS_ONLY)

    without = run("needs", "tls.json", "--needed", "same.json")
    assumed = run("needs", "tls.json", "--needed", "same.json", "--assume", "aws:SecureTransport=true")
    otherwise = run("needs", "tls.json", "--needed", "same.json", "--assume", "aws:SecureTransport=false")

    assert (1, True) == (without.code, HINT in without.out)
    assert (0, True) == (assumed.code, "only requests with `aws:SecureTransport` = `true` are" in assumed.out)
    assert (1, False) == (otherwise.code, HINT in otherwise.out)


def test_there_is_no_hint_where_more_is_lacking(run: Run, tmp_path: Path) -> None:
    (tmp_path / "tls.json").write_text(TLS_ONLY)

    outcome = run("needs", "tls.json", "--needed", "same.json", "--needed", "needed.json")

    assert (1, False) == (outcome.code, HINT in outcome.out)


@pytest.mark.parametrize("pair", ["aws:SecureTransport", "aws:SecureTransport=", "=true", "aws:SecureTransport=maybe"])
def test_what_can_not_be_supposed_is_refused(run: Run, pair: str) -> None:
    """A value that no request has would make every answer a good one."""
    assert 2 == run("needs", "same.json", "--needed", "same.json", "--assume", pair).code


@pytest.mark.parametrize("output_format", ["full", "concise", "json", "markdown"])
def test_what_can_not_be_requested_is_a_note(run: Run, tmp_path: Path, output_format: str) -> None:
    """One statement for a bucket and its objects grants exactly the need of two."""
    (tmp_path / "one.json").write_text(
        """{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": ["s3:GetObject", "s3:ListBucket"],
            "Resource": ["arn:aws:s3:::acme", "arn:aws:s3:::acme/*"]}}"""
    )
    (tmp_path / "two.json").write_text(
        """{"Version": "2012-10-17", "Statement": [
            {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::acme/*"},
            {"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "arn:aws:s3:::acme"}]}"""
    )

    outcome = run("needs", "one.json", "--needed", "two.json", "--output-format", output_format)

    assert (0, True) == (outcome.code, "be requested, since AWS asks for none of these actions" in outcome.out)
    if output_format == "json":
        jsonschema.Draft7Validator(NEEDS_OUTPUT_SCHEMA).validate(json.loads(outcome.out))

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]


def call(service: str, name: str, parameters: object = None, **elements: object) -> dict[str, Any]:
    return {
        "eventSource": f"{service}.amazonaws.com",
        "eventName": name,
        "awsRegion": "eu-west-1",
        "recipientAccountId": "111122223333",
        "requestParameters": parameters,
        **elements,
    }


RECORDS = [
    call("s3", "GetObject", {"bucketName": "acme", "key": "a"}),
    call("s3", "GetObject", {"bucketName": "acme", "key": "b"}, errorCode="AccessDenied"),
    call("sts", "GetCallerIdentity"),
    call("nothing", "Nothing\x1b[31m"),
    call("lambda", "CreateFunction20150331", {"functionName": "f", "role": "arn:aws:iam::111122223333:role/x"}),
    call("s3", "PutObject", {"bucketName": "acme", "key": "c"}, userIdentity={"type": "AWSService"}),
]


@pytest.fixture
def trail(tmp_path: Path) -> Path:
    """A folder with one file as CloudTrail delivers it."""
    folder = tmp_path / "trail" / "2026"
    folder.mkdir(parents=True)
    (folder / "one.json.gz").write_bytes(gzip.compress(json.dumps({"Records": RECORDS}).encode()))
    return tmp_path / "trail"


def test_the_policy_is_on_standard_output_and_what_was_left_out_beside(run: Run, trail: Path) -> None:
    """The policy allows what was used; each thing left out is told with the reason."""
    outcome = run("suggest", "--used", trail.name)

    actions = [statement["Action"] for statement in json.loads(outcome.out)["Statement"]]
    assert (0, ["lambda:CreateFunction", "s3:GetObject"]) == (outcome.code, actions)
    role = "arn:aws:iam::111122223333:role/x"
    assert [
        "6 records read, 2 different requests used",
        "left out, as it was denied: s3:GetObject on arn:aws:s3:::acme/b",
        "left out, as s3.amazonaws.com called it: s3:PutObject",
        "left out, as no action of that name is known: nothing:Nothing\\x1b[31m",
        "needs no permission: sts:GetCallerIdentity",
        f"not granted, may be needed as well: iam:PassRole on {role}, for lambda:CreateFunction20150331",
    ] == outcome.err.splitlines()


def test_a_suggestion_is_exactly_what_was_used(run: Run, trail: Path, tmp_path: Path) -> None:
    """`needs` finds neither excess nor shortage in what `suggest` wrote, and `check` finds nothing at all."""
    (tmp_path / "policy.json").write_text(run("suggest", "-q", "--used", trail.name).out)

    outcomes = [run("needs", "policy.json", "--used", trail.name), run("check", "policy.json")]
    assert [0, 0] == [outcome.code for outcome in outcomes]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (gzip.compress(json.dumps(RECORDS).encode(), mtime=0)[:-9], "cut short or damaged"),
        (json.dumps([{"eventSource": 7, "eventName": "GetObject"}]).encode(), "record 1: not a CloudTrail record"),
        (b"[[]]", "should be an object, not a list"),
        (b"", "no call to grant"),
        (b"[" * 500_000, "should be an object|nested too deeply"),
    ],
)
def test_hostile_files_are_one_clear_error(run: Run, tmp_path: Path, data: bytes, message: str) -> None:
    """No file makes the program fail in another way than with exit code 2 and a reason."""
    (tmp_path / "some.json").write_bytes(data)

    outcome = run("suggest", "--used", "some.json")

    assert (2, "") == (outcome.code, outcome.out)
    assert any(part in outcome.err for part in message.split("|")), outcome.err


def test_tasks_are_what_a_workload_does(run: Run, trail: Path) -> None:
    """`--task` writes the policy for tasks, with or without records; a Sid stands for one statement."""
    task = "read-secrets names=ml/token region=eu-west-1 account=111122223333"

    alone = run("suggest", "--task", task, "--task", "s3-read bucket=acme prefix=in")
    both = run("suggest", "--task", task, "--used", trail.name)

    (secret, *_) = json.loads(alone.out)["Statement"]
    assert (0, "") == (alone.code, alone.err)
    assert "secretsmanager:GetSecretValue" == secret["Action"]
    sids = [statement["Sid"] for statement in json.loads(both.out)["Statement"]]
    assert [secret["Sid"], "UseLambda", "UseS3"] == sids
    assert 0 == run("needs", "-", "--task", task, stdin=json.dumps({"Statement": secret}).encode()).code


def test_the_policy_for_tasks_is_exactly_what_they_need(run: Run, tmp_path: Path) -> None:
    tasks = ["--task", "s3-read bucket=acme prefix=in", "--task", "s3-write bucket=acme prefix=out"]
    (tmp_path / "policy.json").write_text(run("suggest", *tasks).out)

    assert 0 == run("needs", "policy.json", *tasks).code


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        ([], "nothing says what the policy is for"),
        (["--task", "read-folder bukcet=acme"], "did you mean `bucket`"),
        (["--task", "s3-read bucket=acme", "--folder-threshold", "3"], "are about --used"),
        (["--task", "nothing", "--used", "no-such-trail"], "there is no task `nothing`"),
    ],
)
def test_what_is_missing_or_wrong_is_told(run: Run, tmp_path: Path, arguments: list[str], problem: str) -> None:
    outcome = run("suggest", *arguments)

    assert (2, "") == (outcome.code, outcome.out)
    assert problem in outcome.err


def test_the_tasks_are_listed_here_as_well(run: Run) -> None:
    assert run("needs", "--tasks").out == run("suggest", "--tasks").out

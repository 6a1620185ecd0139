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
    (tmp_path / "known.jsonl").write_text("\n".join(map(json.dumps, [*RECORDS[:3], RECORDS[5]])))
    (tmp_path / "policy.json").write_text(run("suggest", "-q", "--used", "known.jsonl").out)

    outcomes = [run("needs", "policy.json", "--used", "known.jsonl"), run("check", "policy.json")]
    assert [0, 0] == [outcome.code for outcome in outcomes]


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        (RECORDS[3], "what 1 recorded call needed is not known, so that more may be needed"),
        (
            call("dynamodb", "ExecuteStatement", {"statement": "***"}),
            "what 1 recorded call needed is not known, so that more may be needed",
        ),
        ("{broken", "1 record could not be read, so that more may be needed"),
        ({"eventSource": 7}, "1 record could not be read, so that more may be needed"),
        (RECORDS[4], "calls may have needed iam:PassRole on arn:aws:iam::111122223333:role/x, which is not granted"),
        (
            call(
                *("s3", "PutObject", {"bucketName": "acme", "key": "out"}),
                userIdentity={"type": "AssumedRole", "invokedBy": "athena.amazonaws.com"},
            ),
            "calls may have needed s3:PutObject on arn:aws:s3:::acme/out, which is not granted",
        ),
    ],
    ids=["unknown", "undecided", "broken", "no record", "passing", "through a service"],
)
def test_a_suggestion_is_not_called_exact_where_more_may_be_needed(
    run: Run, tmp_path: Path, more: object, reason: str
) -> None:
    """The answer is unknown, which fails a gate unless it is about excess alone."""
    lines = [json.dumps(RECORDS[0]), more if isinstance(more, str) else json.dumps(more), json.dumps(RECORDS[1])]
    (tmp_path / "trail.jsonl").write_text("\n".join(lines))
    (tmp_path / "policy.json").write_text(run("suggest", "-q", "--used", "trail.jsonl").out)

    codes = [
        run("needs", "policy.json", "--used", "trail.jsonl", "--fail-on", what).code
        for what in ("any", "shortage", "excess", "never")
    ]
    document = json.loads(run("needs", "policy.json", "--used", "trail.jsonl", "--output-format", "json").out)
    assert ([1, 1, 0, 0], "unknown", []) == (codes, document["outcome"], document["excess"] + document["shortage"])
    assert any(text.startswith(reason) for text in document["unknown"]), document["unknown"]


@pytest.mark.parametrize(
    ("service", "outcome"), [("lambda.amazonaws.com", "pass"), ("ec2.amazonaws.com", "unknown")], ids=["it", "other"]
)
def test_what_may_be_needed_is_no_excess(run: Run, tmp_path: Path, service: str, outcome: str) -> None:
    """A role that may have been passed and what a service did may be granted, and then nothing is doubtful."""
    through = call(
        *("s3", "PutObject", {"bucketName": "acme", "key": "out"}),
        userIdentity={"type": "AssumedRole", "invokedBy": "athena.amazonaws.com"},
    )
    (tmp_path / "trail.jsonl").write_text("\n".join(map(json.dumps, [RECORDS[4], through])))
    policy = json.loads(run("suggest", "-q", "--used", "trail.jsonl").out)
    for action, resource in (
        ("iam:PassRole", "arn:aws:iam::111122223333:role/x"),
        ("s3:PutObject", "arn:aws:s3:::acme/out"),
    ):
        statement: dict[str, Any] = {"Effect": "Allow", "Action": action, "Resource": resource}
        if action == "iam:PassRole":
            statement["Condition"] = {"StringEquals": {"iam:PassedToService": service}}
        policy["Statement"].append(statement)
    (tmp_path / "policy.json").write_text(json.dumps(policy))

    document = json.loads(run("needs", "policy.json", "--used", "trail.jsonl", "--output-format", "json").out)
    assert (outcome, []) == (document["outcome"], document["excess"])


@pytest.mark.parametrize(("action", "outcome"), [("ec2:DescribeInstances", "pass"), ("ec2:DescribeImages", "fail")])
def test_what_is_done_to_no_resource_is_sure_to_be_needed(run: Run, tmp_path: Path, action: str, outcome: str) -> None:
    """Its `*` is no sign that a record does not tell something."""
    (tmp_path / "trail.jsonl").write_text(json.dumps(call("ec2", "DescribeInstances", {})))
    policy = {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": action, "Resource": "*"}}
    (tmp_path / "policy.json").write_text(json.dumps(policy))

    document = json.loads(run("needs", "policy.json", "--used", "trail.jsonl", "--output-format", "json").out)

    assert (outcome, [], ["1 record read, 1 different request used"]) == (
        document["outcome"],
        document["unknown"],
        document["notes"],
    )
    assert (outcome == "fail") == bool(document["shortage"])


def test_a_broken_line_is_told_with_its_place(run: Run, tmp_path: Path) -> None:
    """All others count; a file that holds no record at all is an error."""
    lines = [json.dumps(RECORDS[0]), '{"eventSource": "s3.amaz', "{}", json.dumps(RECORDS[4])]
    (tmp_path / "trail.jsonl").write_text("\n".join(lines))
    (tmp_path / "none.jsonl").write_text("\n".join(lines[1:3]))

    outcome, none = run("suggest", "--used", "trail.jsonl"), run("suggest", "--used", "none.jsonl")

    told = outcome.err.splitlines()
    assert (0, "2 records read, 2 different requests used") == (outcome.code, told[0])
    assert "2 records could not be read, so that more may have been used" == told[1]
    assert told[2].startswith("trail.jsonl:2: a record is broken or cut short")
    assert told[3].startswith("trail.jsonl: record 3: not a CloudTrail record")
    assert (2, "") == (none.code, none.out)


def test_all_that_was_left_out_can_be_told(run: Run, tmp_path: Path) -> None:
    """Without `--tell-all` the most frequent are told, and how many more there are."""
    calls = [RECORDS[0], *(call("nothing", f"Nothing{number}") for number in range(30))]
    (tmp_path / "trail.jsonl").write_text("\n".join(map(json.dumps, calls)))

    some = run("suggest", "--used", "trail.jsonl").err
    everything = run("suggest", "--used", "trail.jsonl", "--tell-all").err

    assert (10, 30) == (some.count("nothing:Nothing"), everything.count("nothing:Nothing"))
    assert "20 more (--tell-all)" in some


def test_what_is_wider_than_the_calls_is_told(run: Run, tmp_path: Path) -> None:
    """Deleting many objects in one call is recorded without their keys."""
    (tmp_path / "trail.jsonl").write_text(json.dumps(call("s3", "DeleteObjects", {"bucketName": "acme"})))

    outcome = run("suggest", "--used", "trail.jsonl")

    assert 0 == outcome.code
    told = "on more than was used, as the records tell only that much: s3:DeleteObject on arn:aws:s3:::acme/*"
    assert told in outcome.err.splitlines()


@pytest.mark.parametrize(
    ("action", "resource", "outcome"),
    [
        ("s3:DeleteObject", "arn:aws:s3:::acme/tmp/*", "unknown"),
        ("s3:DeleteObject", "arn:aws:s3:::acme/*", "pass"),
        ("s3:GetObject", "arn:aws:s3:::acme/*", "fail"),
    ],
)
def test_where_records_do_not_tell_the_object_part_of_a_bucket_may_do(
    run: Run, tmp_path: Path, action: str, resource: str, outcome: str
) -> None:
    """Shortage is told only where no statement has to do with the action."""
    (tmp_path / "trail.jsonl").write_text(json.dumps(call("s3", "DeleteObjects", {"bucketName": "acme"})))
    policy = {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": action, "Resource": resource}}
    (tmp_path / "policy.json").write_text(json.dumps(policy))

    document = json.loads(run("needs", "policy.json", "--used", "trail.jsonl", "--output-format", "json").out)

    assert (outcome, outcome == "fail") == (document["outcome"], bool(document["shortage"]))


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
        (["trail.jsonl"], "unexpected argument `trail.jsonl`\n  help: use --used trail.jsonl"),
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

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from jfml_policies.report.change_schema import QUESTION_OUTPUT_SCHEMA

Run = Callable[..., Any]

READ = (
    '{"Version": "2012-10-17", "Statement": {"Sid": "Read", "Effect": "Allow", "Action": "s3:Get*", '
    '"Resource": "arn:aws:s3:::acme/*"}}'
)
WRITE = READ.replace("s3:Get*", "s3:*")
BUCKET = READ.replace('"Effect"', '"Principal": "*", "Effect"')
OWN = BUCKET.replace('"*"', '{"AWS": "111122223333"}')
GUARD = READ.replace("Allow", "Deny")
INVALID = READ.replace("Resource", "Resorce")


@pytest.fixture(autouse=True)
def files(tmp_path: Path) -> None:
    """A file for each of the policies above."""
    for name, text in (
        ("read", READ),
        ("write", WRITE),
        ("bucket", BUCKET),
        ("own", OWN),
        ("guard", GUARD),
        ("none", '{"Statement": []}'),
        ("invalid", INVALID),
    ):
        (tmp_path / f"{name}.json").write_text(text)


@pytest.mark.parametrize(
    ("arguments", "code", "first"),
    [
        (
            ["no-new-access", "write.json", "read.json"],
            0,
            "pass: `read.json` allows nothing that `write.json` does not",
        ),
        (
            ["no-new-access", "read.json", "write.json"],
            1,
            "fail: `write.json` allows what `read.json` does not: 1 piece of access added",
        ),
        (
            ["no-new-access", "guard.json", "none.json"],
            1,
            "fail: `none.json` no longer denies what `guard.json` does: 1 piece of access no longer denied",
        ),
        (["no-new-access", "read.json", "invalid.json"], 1, "unknown: whether `invalid.json` passes no-new-access"),
        (
            ["not-granted", "read.json", "--action", "s3:PutObject,iam:*"],
            0,
            "pass: `read.json` grants nothing of what must not be granted",
        ),
        (
            ["not-granted", "write.json", "--action", "iam:*", "--action", "s3:PutObject"],
            1,
            "fail: `write.json` grants what must not be granted",
        ),
        (["not-granted", "read.json", "--resource", "arn:aws:s3:::other/*"], 0, "pass: "),
        (["not-granted", "invalid.json", "--action", "s3:*"], 1, "unknown: whether `invalid.json` passes not-granted"),
        (["no-public-access", "own.json"], 0, "pass: `own.json` is not public"),
        (["no-public-access", "bucket.json"], 1, "fail: `bucket.json` is public"),
        (["no-public-access", "--kind", "resource", "read.json"], 1, "unknown: whether `read.json` passes"),
    ],
)
def test_verdicts(run: Run, arguments: list[str], code: int, first: str) -> None:
    """A pass gives 0; a fail and an unknown give 1, and say which; -q is silent about a pass alone."""
    outcome = run(*arguments)

    assert (code, "") == (outcome.code, outcome.err)
    assert outcome.out.startswith(first)
    assert run(*arguments, "-q").out == (outcome.out if code else "")


def test_a_fail_shows_the_statement_and_a_request(run: Run) -> None:
    """What is granted is narrowed to what was asked, with the statement's place and a proof."""
    outcome = run("not-granted", "bucket.json", "--action", "s3:GetObject", "--resource", "arn:aws:s3:::acme/x")

    assert outcome.out.splitlines()[2:-1] == [
        "! Allow s3:GetObject",
        "    on arn:aws:s3:::acme/x",
        "    by everybody",
        "    at bucket.json:1 (Statement, Sid `Read`)",
    ]
    assert outcome.out.splitlines()[-1].startswith("    for example: s3:GetObject on arn:aws:s3:::acme/x by ")


@pytest.mark.parametrize(
    "arguments",
    [
        ["no-new-access", "read.json", "write.json"],
        ["no-new-access", "read.json", "invalid.json"],
        ["not-granted", "read.json", "--action", "s3:GetObject"],
        ["no-public-access", "own.json"],
        ["no-public-access", "bucket.json"],
    ],
)
def test_json(run: Run, arguments: list[str]) -> None:
    """The document for programs keeps its schema, and is written even when all is well and -q is given."""
    document = json.loads(run(*arguments, "-q", "--output-format", "json").out)
    jsonschema.Draft7Validator(QUESTION_OUTPUT_SCHEMA).validate(document)

    assert document["check"] == arguments[0]
    assert (document["witness"] is not None) == (document["outcome"] == "fail")


def test_standard_input(run: Run) -> None:
    """The document may come from standard input."""
    assert run("no-public-access", "-", stdin=BUCKET.encode()).out.startswith("fail: `-` is public")
    assert run("not-granted", "--action", "iam:*", "-", stdin=READ.encode()).code == 0
    assert run("no-new-access", "read.json", "-", stdin=READ.encode()).code == 0

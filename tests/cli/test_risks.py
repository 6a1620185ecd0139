from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from jfml_policies.report.risk_schema import RISKS_OUTPUT_SCHEMA

Run = Callable[..., Any]

DEPLOY = """\
{
  "Version": "2012-10-17",
  "Statement": [
    {"Sid": "Run", "Effect": "Allow", "Action": ["lambda:CreateFunction", "lambda:InvokeFunction"], "Resource": "*"},
    {"Sid": "Read", "Effect": "Allow", "Action": "ssm:GetParameter", "Resource": "arn:aws:ssm:*:*:parameter/acme/*"}
  ]
}
"""
PASSING = """\
{"Version": "2012-10-17", "Statement": [
  {"Sid": "Pass", "Effect": "Allow", "Action": "iam:PassRole", "Resource": "arn:aws:iam::111122223333:role/*"}]}
"""
NAMED = PASSING.replace("role/*", "role/acme-run")
GUARD = '{"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Action": "iam:PassRole", "Resource": "*"}}'
EVERYTHING = '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}'
TRUST = """{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "sts:AssumeRole",
    "Principal": {"AWS": "arn:aws:iam::111122223333:role/R"}}}"""


@pytest.fixture
def files(tmp_path: Path) -> Path:
    texts = {
        "deploy": DEPLOY,
        "pass": PASSING,
        "named": NAMED,
        "guard": GUARD,
        "everything": EVERYTHING,
        "trust": TRUST,
    }
    for name, text in texts.items():
        (tmp_path / f"{name}.json").write_text(text)
    return tmp_path


def test_an_open_path_is_told_with_its_grounds(run: Run, files: Path) -> None:
    """The report names the path, the statements in their files, a request for each permission, and the remedy."""
    found = run("risks", "deploy.json", "pass.json")

    assert (1, "") == (found.code, found.err)
    assert (
        """\
open: 1 escalation path: 1 open; the principal can read data

open: the principal can hand a role to a service and act through it
    lambda-001: run a new function with the role, if a stronger role trusts lambda.amazonaws.com
        iam:PassRole + lambda:CreateFunction + lambda:InvokeFunction
    granted at pass.json:2 (Statement[0], Sid `Pass`)
    granted at deploy.json:4 (Statement[0], Sid `Run`)
    for example: iam:PassRole on arn:aws:iam::111122223333:role/whatever with iam:PassedToService = lambda.amazonaws.com
    for example: lambda:CreateFunction on arn:aws:lambda:us-east-1:111122223333:function:whatever
    for example: lambda:InvokeFunction on arn:aws:lambda:us-east-1:111122223333:function:whatever
    to close: name in the Resource of `iam:PassRole` only roles that can do no more than the principal, or in a """
        """condition on `iam:PassedToService` only other services than `lambda.amazonaws.com`

exposure: the principal can read data on some resources
    ssm:GetParameter
    but only on `arn:aws:ssm:*:*:parameter/acme/*`
    granted at deploy.json:5 (Statement[1], Sid `Read`)
    for example: ssm:GetParameter on arn:aws:ssm:us-east-1:111122223333:parameter/acme/
""" == found.out
    )


def test_gates(run: Run, files: Path) -> None:
    """The exit code follows the worst path and --fail-on; limits count."""
    for arguments, code in (
        (["deploy.json", "pass.json"], 1),
        (["deploy.json"], 0),
        (["deploy.json", "named.json"], 0),
        (["--fail-on", "potential", "deploy.json", "named.json"], 1),
        (["--fail-on", "never", "everything.json"], 0),
        (["deploy.json", "pass.json", "guard.json"], 0),
        (["deploy.json", "pass.json", "--boundary", "deploy.json"], 0),
        (["deploy.json", "pass.json", "--boundary", "everything.json"], 1),
        (["deploy.json", "pass.json", "--scp", "everything.json", "--scp", "everything.json,guard.json"], 0),
        (["everything.json"], 1),
    ):
        assert code == run("risks", *arguments).code, arguments
        assert code == run("risks", "--output-format", "json", *arguments).code, arguments
        assert code == run("risks", "--output-format", "markdown", *arguments).code, arguments


def test_what_closes_a_path_is_told(run: Run, files: Path) -> None:
    """A path whose permissions are all named is told with what closes it, and where that stands."""
    found = run("risks", "deploy.json", "pass.json", "guard.json")

    assert "closed: no escalation path is open; the principal can read data\n" in found.out
    assert "\n    lambda-001: a Deny closes `iam:PassRole`, at guard.json:1 (Statement)\n" in found.out


def test_json_has_all_of_it(run: Run, files: Path) -> None:
    """Programs get every path with its state, permissions, statements and witnesses, and a Deny that closes it."""
    document = json.loads(run("risks", "--output-format", "json", "deploy.json", "named.json").out)
    path = next(path for path in document["paths"] if path["id"] == "lambda-001")
    passing = path["permissions"][0]
    place = {"file": "named.json", "path": ["Statement", 0], "sid": "Pass", "line": 2, "column": 3}

    assert (1, ["deploy.json", "named.json"]) == (document["version"], document["files"])
    assert 101 == sum(document["summary"].values())
    assert ("potential", "new-passrole") == (path["state"], path["category"])
    assert ("iam:PassRole", "potential", [place]) == (passing["action"], passing["state"], passing["granted_by"])
    assert {
        "action": "iam:PassRole",
        "resource": "arn:aws:iam::111122223333:role/acme-run",
        "context": {"iam:PassedToService": ["lambda.amazonaws.com"]},
    } == passing["witness"]
    assert "Deny" == path["closing_statement"]["Effect"]
    assert ["data"] == [exposure["class"] for exposure in document["exposures"]]


def test_policies_of_roles_and_resources_are_asked_about_strangers_only(run: Run, files: Path) -> None:
    """They open no escalation path; without a policy of a principal that is said."""
    beside = run("risks", "deploy.json", "trust.json")
    alone = run("risks", "trust.json")

    assert "not public: lets in only those whom it names or pins: trust.json" in beside.out
    assert (0, True) == (alone.code, "no policy of a principal is named" in alone.out)


def test_standard_input_and_quiet(run: Run, files: Path) -> None:
    """Standard input may hold several documents; --quiet says nothing when nothing fails."""
    assert 1 == run("risks", "-", stdin=(DEPLOY + PASSING).encode()).code
    assert (0, "") == run("risks", "--quiet", "deploy.json")[:2]
    assert run("risks", "--quiet", "everything.json").out


def test_mistakes_are_told(run: Run, files: Path) -> None:
    """A wrong call, a missing file, broken JSON and a broken policy end with 2 and one clear line."""
    (files / "broken.json").write_text("{")
    (files / "refused.json").write_text(EVERYTHING.replace("Allow", "Permit"))
    for arguments, message in (
        ([], "there is no policy of a principal to look at"),
        (["nowhere.json"], "nowhere.json: no such file"),
        (["broken.json"], "broken.json:1:2: "),
        (["refused.json"], "AWS would refuse a policy: the effect `Permit` is neither"),
        (["--fail-on", "closed", "deploy.json"], "there is no gate `closed`"),
        (["deploy.json", "--boundary", "guard.json", "--boundary", "pass.json"], "one permissions boundary, not 2"),
    ):
        found = run("risks", *arguments)
        assert (2, "") == (found.code, found.out)
        assert message in found.err


@pytest.mark.parametrize("output_format", ["full", "json", "markdown"])
def test_a_policy_cannot_steer_the_terminal(run: Run, files: Path, output_format: str) -> None:
    """What a Sid, a value or a resource holds is shown as escapes."""
    evil = PASSING.replace("Pass", "\\u001b[31m").replace("role/*", "role/x\\u202e\\n::error::y`|*")
    (files / "evil.json").write_text(evil.replace("iam:\\u001b[31mRole", "iam:PassRole"))
    found = run("risks", "--output-format", output_format, "deploy.json", "evil.json")

    assert 0 == found.code
    assert found.out.isascii()
    assert "\x1b" not in found.out
    assert "\n::error" not in found.out


PUBLIC = """{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Principal": "*",
    "Resource": "arn:aws:s3:::acme/*"}}"""


def test_a_public_resource_is_told(run: Run, files: Path) -> None:
    """Of policies of resources and roles it is told whether strangers have access."""
    (files / "public.json").write_text(PUBLIC)

    outcome = run("risks", "named.json", "public.json", "trust.json")

    assert "public: lets in others than those whom it names or pins: public.json" in outcome.out
    assert "not public: lets in only those whom it names or pins: trust.json" in outcome.out


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["public.json"], "public: strangers have access by 1 policy of a resource or role"),
        (["trust.json"], "not public: strangers have no access by 1 policy of a resource or role"),
        (
            ["guard.json", "public.json", "trust.json"],
            "public: strangers have access by 1 policy of a resource or role; no escalation path is open",
        ),
        (
            ["named.json", "deploy.json", "public.json"],
            (
                "public: strangers have access by 1 policy of a resource or role; 1 escalation path: 1 potential;"
                " the principal can read data"
            ),
        ),
        (
            ["deploy.json", "pass.json", "public.json"],
            (
                "open: strangers have access by 1 policy of a resource or role; 1 escalation path: 1 open;"
                " the principal can read data"
            ),
        ),
        (
            ["trust.json", "deploy.json"],
            (
                "closed: strangers have no access by 1 policy of a resource or role; no escalation path is open;"
                " the principal can read data"
            ),
        ),
    ],
    ids=["public", "pinned", "public and closed", "public and potential", "open and public", "all is well"],
)
def test_the_first_line_tells_all_that_was_asked(run: Run, files: Path, names: list[str], expected: str) -> None:
    """The worst word stands first, and nothing that another clause would deny is left out."""
    (files / "public.json").write_text(PUBLIC)

    assert expected == run("risks", *names).out.partition("\n")[0]
    assert f"### {expected}" == run("risks", "--output-format", "markdown", *names).out.partition("\n")[0]


@pytest.mark.parametrize("names", [["deploy.json", "pass.json"], ["public.json"], ["everything.json", "trust.json"]])
def test_the_output_for_programs_has_a_schema(run: Run, files: Path, names: list[str]) -> None:
    (files / "public.json").write_text(PUBLIC)

    document = json.loads(run("risks", *names, "--output-format", "json").out)

    jsonschema.Draft7Validator(RISKS_OUTPUT_SCHEMA).validate(document)
    jsonschema.Draft7Validator.check_schema(RISKS_OUTPUT_SCHEMA)

"""Findings about policies inside files stand at their places in the file."""

import json
from pathlib import Path

import jfml_policies as jp
from jfml_policies.linter import RuleSettings
from jfml_policies.linter.embedded import lint_inside, lint_source
from jfml_policies.sources.shape import Choice, Hole, Items, Members, Shape, Word
from jfml_policies.sources.source import Source

BROKEN = {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObjct", "Resource": "*"}}


def word(*parts: str | Hole) -> Word:
    return Word(parts, 0, 1)


def members(**values: Shape) -> Members:
    return Members(tuple([(word(name), value) for name, value in values.items()]), 0, 1)


def codes(*statements: Shape) -> list[str]:
    document = members(Version=word("2012-10-17"), Statement=Items(statements, 0, 1))
    return [finding.code for finding in lint_source(Source("x", document, "", kind="identity"))]


def test_a_finding_points_into_a_string_that_holds_json() -> None:
    host = json.dumps({"RoleName": "r", "PolicyDocument": json.dumps(BROKEN)}, indent=2)

    inside = lint_inside(host)

    assert inside is not None
    [finding] = inside.findings
    assert finding.span is not None
    assert '\\"s3:GetObjct\\"' == host[finding.span.start : finding.span.end]
    assert "r" == finding.resource


def test_a_plain_policy_is_not_inside_anything() -> None:
    assert lint_inside(json.dumps(BROKEN)) is None


def test_an_unknown_value_alone_is_never_wrong() -> None:
    unknown = word(Hole("${P}"))
    statement = members(Effect=unknown, Action=unknown, Resource=unknown)

    assert [] == codes(statement)


def test_what_is_wrong_beside_an_unknown_value_is_found() -> None:
    statement = members(Effect=word("Allow"), Action=word("s3:GetObjct"), Resource=word(Hole("${P}")))

    assert ["INVALID_ACTION"] == codes(statement)


def test_a_partly_known_value_is_judged_by_what_is_known() -> None:
    """No value of the hole makes a resource of S3 out of one of SQS."""
    statement = members(
        Effect=word("Allow"), Action=word("s3:GetObject"), Resource=word("arn:aws:s3:::", Hole("${B}"), "/*")
    )

    assert [] == codes(statement)


def test_each_branch_of_a_choice_is_looked_at() -> None:
    good = members(Effect=word("Allow"), Action=word("s3:GetObject"), Resource=word("arn:aws:s3:::b/*"))
    bad = members(Effect=word("Allow"), Action=word("s3:GetObjct"), Resource=word("arn:aws:s3:::b/*"))

    assert ["INVALID_ACTION"] == codes(Choice("C", good, bad))


def test_branches_that_may_exclude_each_other_are_not_blamed_together() -> None:
    def one(bucket: str) -> Members:
        return members(
            Sid=word("Same"),
            Effect=word("Allow"),
            Action=word("s3:GetObject"),
            Resource=word(f"arn:aws:s3:::{bucket}/*"),
        )

    assert [] == codes(Choice("IsProd", one("a"), None), Choice("IsTest", one("b"), None))
    assert ["UNIQUE_SIDS_REQUIRED"] == codes(one("a"), one("b"))


def test_a_path_of_a_template_may_be_given_in_python(tmp_path: Path) -> None:
    """Findings of all its policies come back, each with its resource."""
    file = tmp_path / "answer.json"
    file.write_text(json.dumps({"RoleName": "r", "PolicyDocument": json.dumps(BROKEN)}))

    assert [("INVALID_ACTION", "r")] == [(one.code, one.resource) for one in jp.lint(file)]


def test_settings_count_for_a_template_as_well(tmp_path: Path) -> None:
    """An account that somebody trusts is trusted in every file."""
    trust = {
        "Version": "2012-10-17",
        "Statement": {"Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "sts:AssumeRole"},
    }
    file = tmp_path / "answer.json"
    file.write_text(json.dumps({"RoleName": "r", "AssumeRolePolicyDocument": json.dumps(trust)}))
    trusting = RuleSettings(trusted_accounts=frozenset(("111122223333",)))

    assert ["ROOT_PRINCIPAL_WITHOUT_CONDITION"] == [one.code for one in jp.lint(file)]
    assert [] == jp.lint(file, settings=trusting)

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from jfml_policies.report.change_formats import CHANGE_FORMATS
from jfml_policies.report.change_schema import DIFF_OUTPUT_SCHEMA

Run = Callable[..., Any]

OLD = """\
{
  "Version": "2012-10-17",
  "Statement": [
    {"Sid": "Read", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::acme/*"}
  ]
}
"""
STATEMENT = '{"Effect": "Allow", "Action": "s3:DeleteObject", "Resource": "arn:aws:s3:::acme/*"}'
NEW = OLD.replace("}\n  ]", f"}},\n    {STATEMENT}\n  ]")
OTHER = OLD.replace("GetObject", "PutObject")
SAME = OLD.replace("s3:GetObject", "S3:getobject")
TRUST = """\
{
  "Version": "2012-10-17",
  "Statement": {
    "Effect": "Allow",
    "Principal": {"Service": "ec2.amazonaws.com"},
    "Action": "sts:AssumeRole"
  }
}
"""
GUARD = OLD.replace("Allow", "Deny")
INVALID = OLD.replace("Resource", "Resorce")

WIDER = """\
wider: `new.json` is wider than `old.json`: 1 piece of access added

+ Allow s3:DeleteObject  (1 Write)
    on arn:aws:s3:::acme/*
    at new.json:5 (Statement[1])
    for example: s3:DeleteObject on arn:aws:s3:::acme/
"""


@pytest.fixture
def put(tmp_path: Path) -> Callable[[str, str], None]:
    """Writes `old.json` and `new.json`."""

    def write(old: str, new: str) -> None:
        (tmp_path / "old.json").write_text(old)
        (tmp_path / "new.json").write_text(new)

    return write


@pytest.fixture
def git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Runs git in a fresh repository with one commit: `a.json`, `b.json`, `package.json`."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)

    def call(*arguments: str) -> None:
        settings = ("-c", "user.name=n", "-c", "user.email=n@example.com", "-c", "core.autocrlf=false")
        subprocess.run(["git", *settings, *arguments], cwd=tmp_path, capture_output=True, check=True)

    call("init", "--quiet")
    for name, text in (("a.json", OLD), ("b.json", TRUST), ("package.json", "{}")):
        (tmp_path / name).write_text(text)
    call("add", ".")
    call("commit", "--quiet", "--message=1")
    return call


def test_what_is_new(run: Run, put: Callable) -> None:
    """New access is shown with its place and a request that proves it, and the code is 1."""
    put(OLD, NEW)

    assert (1, WIDER, "") == run("diff", "old.json", "./new.json")


def test_the_same_in_other_words(run: Run, put: Callable) -> None:
    """A rewrite that means the same is said to, and -q says nothing, but for programs."""
    put(OLD, SAME)

    assert (0, "equivalent: `new.json` allows the same as `old.json`\n", "") == run("diff", "old.json", "new.json")
    assert (0, "", "") == run("diff", "-q", "--fail-on", "any", "old.json", "new.json")
    assert '"equivalent"' in run("diff", "-q", "--output-format", "json", "old.json", "new.json").out


@pytest.mark.parametrize(
    ("old", "new", "relation", "codes"),
    [
        (OLD, SAME, "equivalent", (0, 0, 0)),
        (NEW, OLD, "narrower", (0, 1, 0)),
        (OLD, NEW, "wider", (1, 1, 0)),
        (OLD, OTHER, "incomparable", (1, 1, 0)),
        (OLD, INVALID, "unknown", (1, 1, 0)),
        (INVALID, OLD, "unknown", (1, 1, 0)),
        (GUARD, GUARD, "equivalent", (0, 0, 0)),
        (GUARD, GUARD.replace("GetObject", "Get*"), "equivalent", (0, 1, 0)),
        (GUARD.replace("GetObject", "Get*"), GUARD, "equivalent", (1, 1, 0)),
    ],
)
def test_exit_codes(run: Run, put: Callable, old: str, new: str, relation: str, codes: tuple[int, ...]) -> None:
    """What may widen gives 1, with `any` whatever changed; a guardrail that denies less may widen."""
    put(old, new)
    outcomes = [run("diff", "--fail-on", what, "old.json", "new.json") for what in ("wider", "any", "never")]

    assert codes == tuple(outcome.code for outcome in outcomes)
    assert all(outcome.out.startswith(f"{relation}: ") for outcome in outcomes)


def test_the_reason_of_an_unknown(run: Run, put: Callable) -> None:
    """An invalid policy is unknown, and why is told."""
    put(OLD, INVALID)
    expected = (
        "unknown: whether `new.json` allows more or less than `old.json` is not known\n"
        "  unknown (invalid): new.json:4:66 (Statement[0].Resorce): a statement has no element `Resorce`\n"
    )

    assert expected == run("diff", "old.json", "new.json").out


def test_standard_input_and_nothing(run: Run, put: Callable) -> None:
    """One side may be standard input; an empty device is a document that is not there."""
    put(OLD, NEW)

    assert run("diff", "-", "new.json", stdin=NEW.encode()).code == 0
    assert run("diff", "new.json", "-", stdin=OLD.encode()).out.startswith("narrower: `-` is narrower than `new.json`")

    outcome = run("diff", os.devnull, "old.json")

    assert (
        f"  note: {os.devnull}: did not exist before, so it is compared as a policy that allows nothing\n"
        in outcome.out
    )
    assert outcome.code == 1


@pytest.mark.parametrize("output_format", CHANGE_FORMATS)
def test_every_format(run: Run, put: Callable, output_format: str) -> None:
    """Each format names the new action, and the format does not change the exit code."""
    put(OLD, NEW)
    outcome = run("diff", "--output-format", output_format, "old.json", "new.json")

    assert (1, "") == (outcome.code, outcome.err)
    assert "s3:DeleteObject" in outcome.out


def test_kinds(run: Run, put: Callable) -> None:
    """`--kind` is heeded for both; a change of kind is unknown."""
    trust = OLD.replace('"Resource": "arn:aws:s3:::acme/*"', '"Principal": "*"').replace(
        "s3:GetObject", "sts:AssumeRole"
    )
    put(OLD, trust)

    assert (
        "the kind changed from identity (no statement names a principal) to trust"
        in run("diff", "old.json", "new.json").out
    )
    said = run("diff", "--kind", "trust", "old.json", "new.json").out

    assert "unknown (invalid): old.json:4:5 (Statement[0]): " in said


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["diff"], "nothing to compare"),
        (["diff", "old.json"], "1 document is named, two are compared"),
        (["diff", "a", "b", "c"], "3 documents are named, two are compared"),
        (["diff", "-", "-"], "both documents are standard input"),
        (["diff", "nope.json", "new.json"], "nope.json: no such file"),
        (["diff", "old.json", "."], ".: is a directory, not a policy document"),
        (["diff", "broken.json", "new.json"], "broken.json:1:16: "),
        (["diff", "other.json", "other.json"], "neither `other.json` nor `other.json` holds a policy"),
        (["diff", "HEAD:old.json", "new.json"], "this folder is in no git repository"),
        (["diff", "--git", "HEAD"], "this folder is in no git repository"),
        (["diff", "--git", "HEAD", "-"], "standard input does not go with --git"),
        (["diff", "--git=--output=x"], "`--output=x` is no revision"),
        (["diff", "--fail-on", "more", "a", "b"], "--fail-on: there is no choice `more`"),
        (["no-new-access", "a"], "1 document is named, two are compared"),
        (["no-new-access", "other.json", "other.json"], "neither `other.json` nor"),
        (["not-granted", "old.json"], "neither an action nor a resource is named"),
        (["not-granted", "old.json", "--action", "GetObject"], "`GetObject` is no action"),
        (["not-granted"], "the following arguments are required: POLICY"),
        (["no-public-access", "old.json"], "no identity policy can be public"),
        (["no-public-access", "broken.json"], "broken.json:1:16: "),
    ],
)
def test_what_cannot_be_done(run: Run, put: Callable, tmp_path: Path, arguments: list[str], message: str) -> None:
    """A wrong call or an unreadable document is one clear line and the code 2."""
    put(OLD, NEW)
    (tmp_path / "broken.json").write_text('{"Statement": [')
    (tmp_path / "other.json").write_text("{}")
    outcome = run(*arguments)

    assert (2, "") == (outcome.code, outcome.out)
    assert outcome.err.startswith(f"error: {message}")


def test_revisions(run: Run, git: Callable, tmp_path: Path) -> None:
    """`REV:path` is the file as it was, and keeps its name in the report."""
    (tmp_path / "a.json").write_text(NEW)
    git("commit", "--quiet", "--all", "--message=2")
    expected = WIDER.replace("new.json", "HEAD:a.json").replace("old.json", "HEAD~1:./a.json")

    assert (1, expected, "") == run("diff", "HEAD~1:./a.json", "HEAD:a.json")


def test_a_file_whose_name_looks_like_a_revision(run: Run, git: Callable, tmp_path: Path) -> None:
    """A file that is there is meant, whatever its name."""
    (tmp_path / "HEAD:a.json").write_text(NEW)

    assert run("diff", "a.json", "HEAD:a.json").out.startswith("wider: `HEAD:a.json` is wider than `a.json`")


def test_changed_files(run: Run, git: Callable, tmp_path: Path) -> None:
    """Every policy that changed is compared; what holds none is passed over; the closing line counts."""
    (tmp_path / "a.json").write_text(NEW)
    (tmp_path / "b.json").unlink()
    (tmp_path / "package.json").write_text('{"name": "x"}')
    (tmp_path / "c.json").write_text(OTHER)
    git("add", "--intent-to-add", "c.json")
    outcome = run("diff", "--git", "HEAD", "--output-format", "concise")

    assert outcome.code == 1
    assert outcome.out.splitlines() == [
        "a.json:5: + s3:DeleteObject (1 Write) on arn:aws:s3:::acme/*",
        "b.json: note: is gone, so it is compared as a policy that allows nothing",
        "HEAD:b.json:3: - sts:AssumeRole (1 Write) by Service: ec2.amazonaws.com",
        "HEAD:c.json: note: did not exist before, so it is compared as a policy that allows nothing",
        "c.json:4: + s3:PutObject (1 Write) on arn:aws:s3:::acme/*",
    ]
    assert outcome.err == "compared 3 policies: 2 wider, 1 narrower\n"


def test_changed_templates(run: Run, git: Callable, tmp_path: Path) -> None:
    """Policies inside files that changed are compared one by one, whatever the file; other files are passed over."""
    policies = [f'{{PolicyName: {name}, PolicyDocument: {{"Statement": [{STATEMENT}]}}}}' for name in ("one", "two")]
    template = f"Resources:\n  A:\n    Type: AWS::IAM::Role\n    Properties: {{Policies: [{', '.join(policies)}]}}\n"
    names = ("a.yaml", "b.YML", "c.template")
    for name in names:
        (tmp_path / name).write_text(template)
    (tmp_path / "chart.yaml").write_text("{{ Statement }}")
    (tmp_path / "d.yaml").write_text(template)
    git("add", ".")
    git("commit", "--quiet", "--message", "templates")
    for name in names:
        (tmp_path / name).write_text(template.replace("s3:DeleteObject", "s3:PutObject", 1))
    (tmp_path / "chart.yaml").write_text("{{ Statements }}")
    (tmp_path / "d.yaml").write_text(f"# as it was\n{template}")
    outcome = run("diff", "--git", "HEAD", "--output-format", "concise")

    assert 1 == outcome.code
    assert [f"{name}: A.Policies[one].PolicyDocument:4" for name in sorted(names)] == [
        line.partition(": +")[0] for line in outcome.out.splitlines() if ": + s3:PutObject" in line
    ]
    assert "compared 4 policies: 3 incomparable, 1 equivalent\n" == outcome.err


def test_changed_files_for_programs(run: Run, git: Callable, tmp_path: Path) -> None:
    """The JSON report lists every file that was compared, equivalent ones too, and counts the others."""
    (tmp_path / "a.json").write_text(SAME)
    (tmp_path / "package.json").write_text('{"name": "x"}')
    outcome = run("diff", "--git", "HEAD", "--output-format", "json", "-q")
    document = json.loads(outcome.out)
    jsonschema.Draft7Validator(DIFF_OUTPUT_SCHEMA).validate(document)

    assert (0, "") == (outcome.code, outcome.err)
    assert [(file["new"], file["relation"]) for file in document["files"]] == [("a.json", "equivalent")]
    assert document["summary"] == {"compared": 1, "skipped": 1, "relations": {"equivalent": 1}}


def test_nothing_changed(run: Run, git: Callable) -> None:
    """No changed policy is good news, said in one line."""
    assert (0, "", "no policy changed since HEAD\n") == run("diff", "--git", "HEAD")
    assert (0, "", "") == run("diff", "--git", "HEAD", "-q")


def test_a_broken_file_does_not_hide_the_others(run: Run, git: Callable, tmp_path: Path) -> None:
    """A file that can't be read gives code 2 and stands in the report as unknown; the others are compared."""
    (tmp_path / "a.json").write_text(OLD[:-10])
    (tmp_path / "b.json").write_text(TRUST.replace("ec2", "lambda"))
    outcome = run("diff", "--git", "HEAD", "--output-format", "concise")

    assert outcome.code == 2
    assert outcome.out.startswith("a.json: unknown: a.json:")
    assert "\nb.json:3: + sts:AssumeRole" in outcome.out
    assert outcome.err.startswith("error: a.json:")
    assert outcome.err.endswith("compared 2 policies: 1 unknown, 1 incomparable\n")


ACCOUNT = TRUST.replace('"Service": "ec2.amazonaws.com"', '"AWS": "arn:aws:iam::111122223333:root"')
DIRECT = ACCOUNT.replace('"arn:aws:iam::111122223333:root"', '["111122223333", "arn:aws:iam::111122223333:role/a"]')


@pytest.mark.parametrize("output_format", ["full", "concise", "json", "markdown", "github"])
def test_notes_in_every_format(run: Run, put: Callable, output_format: str) -> None:
    """A grant that became direct is told in every format with its place, and -q does not hide it."""
    put(ACCOUNT, DIRECT)
    outcome = run("diff", "-q", "--output-format", output_format, "old.json", "new.json")

    assert outcome.code == 0
    assert "role/a` is named where old names the account" in outcome.out
    assert any(place in outcome.out for place in ("new.json:", "file=new.json,line="))


def test_a_renamed_file(run: Run, git: Callable, tmp_path: Path) -> None:
    """A file that was renamed and changed is compared with what it was."""
    one = json.loads(STATEMENT)
    statements = [one, *[{**one, "Action": f"s3:Get{number}*"} for number in range(20)]]
    (tmp_path / "long.json").write_text(json.dumps({"Statement": statements}, indent=1))
    git("add", "long.json")
    git("commit", "--quiet", "--message", "one more")
    git("mv", "long.json", "renamed.json")
    statements[3]["Action"] = "s3:PutObject"
    (tmp_path / "renamed.json").write_text(json.dumps({"Statement": statements}, indent=1))
    outcome = run("diff", "--git", "HEAD", "--output-format", "concise")

    assert 1 == outcome.code
    assert ["renamed.json:18: + s3:PutObject", "HEAD:long.json:18: - s3:Get2*"] == [
        line.partition(" (")[0] for line in outcome.out.splitlines() if "note:" not in line
    ]


@pytest.mark.parametrize("verb", [["not-granted", "--action", "s3:*"], ["no-new-access", "old.json"]])
def test_questions_say_where_a_document_is_invalid(run: Run, put: Callable, verb: list[str]) -> None:
    """A question about an invalid document is unknown, with file, line, column and path."""
    put(OLD, INVALID)
    outcome = run(*verb, "new.json")

    assert outcome.code == 1
    assert "  unknown (invalid): new.json:4:66 (Statement[0].Resorce): a statement has no element" in outcome.out


TEMPLATE = """Resources:
  Reader:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Version: '2012-10-17'
        Statement: [{Effect: Allow, Action: s3:GetObject, Resource: !Sub 'arn:aws:s3:::${Bucket}/*'}]
"""
PLAN = {
    "format_version": "1.2",
    "terraform_version": "1.9.0",
    "planned_values": {
        "root_module": {
            "resources": [
                {
                    "address": "aws_iam_policy.p",
                    "type": "aws_iam_policy",
                    "values": {
                        "policy": '{"Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}}'
                    },
                }
            ]
        }
    },
}


def test_changed_templates_and_plans(run: Run, git: Callable, tmp_path: Path) -> None:
    """Each policy of a changed template or plan is compared, in YAML and in JSON; other tools' YAML is passed over."""
    other = "kind: List\n# a Statement: of\nEffect: none\n"
    for name, text in (("t.yaml", TEMPLATE), ("k8s.yml", other), ("plan.json", json.dumps(PLAN))):
        (tmp_path / name).write_text(text)
    git("add", ".")
    git("commit", "--quiet", "--message=2")
    (tmp_path / "t.yaml").write_text(TEMPLATE.replace("s3:GetObject", "'s3:*'"))
    (tmp_path / "k8s.yml").write_text(other + '# "Statement"\n')
    (tmp_path / "plan.json").write_text(json.dumps(PLAN).replace("s3:GetObject", "s3:PutObject"))
    outcome = run("diff", "--git", "HEAD", "--output-format", "concise")

    assert outcome.code == 1
    assert outcome.err == "compared 2 policies: 1 incomparable, 1 wider\n"
    assert "t.yaml: Reader.PolicyDocument" in outcome.out
    assert "plan.json: aws_iam_policy.p.policy" in outcome.out
    (tmp_path / "t.yaml").write_text(TEMPLATE + "Outputs: {}\n")
    git("checkout", "--quiet", "plan.json")
    assert run("diff", "--git", "HEAD").err == "compared 1 policy: 1 equivalent\n"


@pytest.mark.parametrize("text", ["Resources: [", "kind: List\n", "Statement: see elsewhere\n"])
def test_a_template_that_becomes_something_else_is_not_passed_over(
    run: Run, git: Callable, tmp_path: Path, text: str
) -> None:
    """What was a policy is gone, or can't be told: never nothing."""
    (tmp_path / "t.yaml").write_text(TEMPLATE)
    git("add", ".")
    git("commit", "--quiet", "--message=2")
    (tmp_path / "t.yaml").write_text(text)
    outcome = run("diff", "--git", "HEAD", "--fail-on", "any")

    assert outcome.code in (1, 2)
    assert outcome.err
    (tmp_path / "t.yaml").write_text(text)
    git("add", ".")
    git("commit", "--quiet", "--message=3")
    (tmp_path / "t.yaml").write_text(TEMPLATE)
    assert run("diff", "--git", "HEAD").code in (1, 2)

"""Many files give the same findings whoever does the work."""

from __future__ import annotations

import json
import pickle
from collections.abc import Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

import jfml_policies as jp
from jfml_policies.errors import PolicyError, RuleError, UsageError
from jfml_policies.linter import RuleSettings, portions
from jfml_policies.linter.rule import Rule

STATEMENT = {"Effect": "Allow", "Action": ["s3:GetObject", "s3:PutObjct"], "Resource": "arn:aws:s3:::acme/*"}
POLICY = {"Version": "2012-10-17", "Statement": [STATEMENT]}


class Elsewhere(Executor):
    """Does all work with copies that were pickled, as another process would."""

    def submit(self, function: Any, /, *arguments: Any, **_: Any) -> Future[Any]:
        future: Future[Any] = Future()
        sent = pickle.loads(pickle.dumps((function, arguments)))  # noqa: S301
        future.set_result(pickle.loads(pickle.dumps(sent[0](*sent[1]))))  # noqa: S301
        return future


class Failing(Rule):
    """A rule that fails where it finds anything."""

    code = "FAILING"
    severity = "error"

    def check_statement(self, statement: object, context: object) -> Iterator[Any]:
        raise ZeroDivisionError


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Files of all kinds; what is large is so for the test only."""
    monkeypatch.setattr(portions, "_LARGE", 3_000)
    monkeypatch.setattr(portions, "_POLICIES", 2)
    monkeypatch.setattr(portions, "_TEXTS", 3)
    roles = [
        {
            "RoleName": f"r{number}",
            "AssumeRolePolicyDocument": quote(json.dumps(POLICY)),
            "RolePolicyList": [{"PolicyName": "p", "PolicyDocument": POLICY if number % 2 else json.dumps(POLICY)}],
        }
        for number in range(7)
    ]
    hole = {"Fn::Sub": "arn:${AWS::Partition}:s3:::${Bucket}/*"}
    choice = {"Fn::If": ["Live", STATEMENT, {**STATEMENT, "Sid": "a b", "Resource": hole}]}
    template = {
        "Resources": {
            f"Policy{number}": {
                "Type": "AWS::IAM::ManagedPolicy",
                "Properties": {"PolicyDocument": {"Version": "2012-10-17", "Statement": [STATEMENT, choice]}},
            }
            for number in range(9)
        }
    }
    resources = [
        {"address": f"aws_iam_policy.p{number}", "type": "aws_iam_policy", "values": {"policy": json.dumps(POLICY)}}
        for number in range(12)
    ]
    plan = {"terraform_version": "1.9", "planned_values": {"root_module": {"resources": resources}}}
    texts = {
        "account.json": json.dumps({"RoleDetailList": roles}, indent=2),
        "account-broken.json": json.dumps({"RoleDetailList": roles}, indent=2)[:-30],
        "policy.json": json.dumps(POLICY),
        "policy-broken.json": json.dumps(POLICY)[:-1],
        "plan.json": json.dumps(plan),
        "package.json": '{"name": "x"}',
        "template.json": json.dumps(template, indent=1),
        "template.yaml": f"Resources: {json.dumps(template['Resources'])}\n",
        "values.yaml": "a: 1\n",
        "é.json": json.dumps(POLICY, indent=3),
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "latin.json").write_bytes(json.dumps(POLICY).replace("acme", "caf\xe9").encode("latin-1"))
    return tmp_path


def paths(folder: Path) -> list[Path]:
    return [*sorted(folder.iterdir()), folder / "missing.json"]


def told(files: Iterator[jp.LintedFile]) -> list[tuple[object, ...]]:
    return [(one.file, one.findings, one.policies, one.not_checked, repr(one.problem)) for one in files]


def test_results_do_not_depend_on_who_does_the_work(folder: Path) -> None:
    """Here, in threads, or with nothing but what can be sent to another machine."""
    here = told(jp.lint_files(paths(folder)))
    with ThreadPoolExecutor(3) as threads:
        in_threads = told(jp.lint_files(paths(folder), executor=threads, portions=4))

    assert here == in_threads
    assert here == told(jp.lint_files(paths(folder), executor=Elsewhere()))


def test_large_files_give_what_they_give_in_one_go(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Policies of one file that go in several portions are put together again."""
    in_portions = told(jp.lint_files(paths(folder), executor=Elsewhere()))

    monkeypatch.setattr(portions, "_LARGE", 1_000_000)
    assert in_portions == told(jp.lint_files(paths(folder)))

    monkeypatch.setattr(portions, "_LARGE", 3_000)
    monkeypatch.setattr(portions, "_TOO_LARGE_TO_SEND", 10)
    assert in_portions == told(jp.lint_files(paths(folder), executor=Elsewhere()))


def test_each_file_is_told_of_in_order(folder: Path) -> None:
    """Its findings are those of `lint`, and what can't be read has its reason."""
    results = list(jp.lint_files(paths(folder)))
    by_name = {Path(one.file).name: one for one in results}

    assert [str(path) for path in paths(folder)] == [one.file for one in results]
    assert all(jp.lint(folder / name) == list(by_name[name].findings) for name in ("account.json", "policy.json"))
    assert 14 == by_name["account.json"].policies
    assert (0, ()) == (by_name["package.json"].policies, by_name["package.json"].findings)
    assert (0, ()) == (by_name["values.yaml"].policies, by_name["values.yaml"].findings)
    assert "no such file" == getattr(by_name["missing.json"].problem, "message", None)
    assert "not UTF-8: byte 0xe9 in line 1" == getattr(by_name["latin.json"].problem, "message", None)
    assert ["JSON_SYNTAX_ERROR"] == [one.code for one in by_name["account-broken.json"].findings]


def test_a_rule_that_fails_fails_for_its_file_alone(folder: Path) -> None:
    """Whether the file is large or small; files without statements are well."""
    settings = RuleSettings(rules=(Failing,))
    for executor in (None, Elsewhere()):
        results = jp.lint_files(
            [folder / "package.json", folder / "account.json", folder / "policy.json"],
            settings=settings,
            executor=executor,
        )
        problems = [one.problem for one in results]

        assert problems[0] is None
        assert all(isinstance(problem, RuleError) for problem in problems[1:])
        assert "the rule `failing` failed: ZeroDivisionError" == str(problems[1])


def test_wrong_options_are_told_before_the_first_result() -> None:
    for options in ({"kind": "role"}, {"select": ["no-such-rule"]}, {"today": "tomorrow"}):
        with pytest.raises(UsageError):
            jp.lint_files([], **options)


@pytest.mark.parametrize(
    "error",
    [
        jp.InputError("no such file", file="a.json", hint="look"),
        jp.JsonSyntaxError("expected `,`", offset=3, line=1, column=4, file="a.json"),
        jp.ParameterError(("one", "two"), hint="both"),
        RuleError("the rule failed"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_errors_arrive_from_elsewhere_with_all_their_data(error: PolicyError) -> None:
    arrived = pickle.loads(pickle.dumps(error))  # noqa: S301

    assert type(error) is type(arrived)
    assert (str(error), vars(error)) == (str(arrived), vars(arrived))


def test_a_catalogue_arrives_from_elsewhere() -> None:
    """It is read again there, rather than sent."""
    from jfml_policies.catalog import load

    written = pickle.dumps(load())

    assert len(written) < 1_000
    assert pickle.loads(written).date == load().date  # noqa: S301

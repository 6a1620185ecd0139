"""Rules of one's own, in a Python module that the settings name."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from jfml_policies.cli.own_rules import rules_in

Run = Callable[..., Any]

EXAMPLE = Path(__file__).parents[2] / "examples" / "own_rules"
POLICY = '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "%s", "Resource": "*"}}\n'
RULE = '''
from jfml_policies.linter.rule import Rule

class _Base(Rule):
    """No rule yet."""

class Team(_Base):
    """A team's rule."""

    code = "TEAM_RULE"
    severity = "error"
    kinds = frozenset(("identity",))

    def check_policy(self, policy, context):
        {body}
'''


@pytest.fixture(autouse=True)
def fresh_modules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Modules of the test's folder can be imported, and are forgotten after it."""
    before = set(sys.modules)
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.syspath_prepend(str(EXAMPLE))
    rules_in.cache_clear()
    yield
    rules_in.cache_clear()
    for name in set(sys.modules) - before:
        if not name.startswith("jfml_policies"):
            del sys.modules[name]


def given(tmp_path: Path, source: str, settings: str = 'rules-from = ["team"]') -> None:
    (tmp_path / "team.py").write_text(source)
    (tmp_path / "jfml-policies.toml").write_text(settings)
    (tmp_path / "x.json").write_text(POLICY % "s3:*")


def test_the_example_runs(run: Run, tmp_path: Path) -> None:
    """The example of the guide reports what it says, with its option, its page and its description."""
    (tmp_path / "x.json").write_text(POLICY % "qldb:SendCommand")
    config = ("--config", str(EXAMPLE / "jfml-policies.toml"))

    found = json.loads(run("check", *config, "--output-format", "json", "x.json").out)["findings"]
    sarif = json.loads(run("check", *config, "--output-format", "sarif", "x.json").out)["runs"][0]

    assert ("action-of-retired-service", "`qldb:SendCommand` is of a service that Acme no longer uses") in [
        (one["rule"], one["message"]) for one in found
    ]
    assert "action-of-retired-service" in [rule["id"] for rule in sarif["tool"]["driver"]["rules"]]
    page = run("explain", *config, "action-of-retired-service").out
    assert "warning, confidence high, from acme_rules" in page
    assert '- `services`: list of strings, `["simpledb"]` by default' in page
    assert "custom\n  action-of-retired-service  " in run("rules", *config).out
    assert run("check", *config, "--ignore", "custom,invalid-action,action", "--select", "custom", "x.json").code == 0


def test_without_settings_nothing_is_imported(run: Run, tmp_path: Path) -> None:
    """A module is imported only when it is asked for."""
    given(tmp_path, "raise SystemExit(3)", "")

    assert run("check", "--select", "size", "x.json").code == 0
    assert run("check", "--isolated", "--select", "size", "x.json").code == 0


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("raise ValueError('no\\nway')", "the module `team` can't be imported: ValueError: no way"),
        ("raise SystemExit(3)", "the module `team` can't be imported: SystemExit: 3"),
        ("def (", "the module `team` can't be imported: SyntaxError"),
        ("import gone_module", "the module `team` can't be imported: ModuleNotFoundError: No module named"),
        ("X = 1", "the module `team` holds no rule"),
        ("RULES = 3", "`RULES` of the module `team` is neither a list nor a tuple"),
        ("RULES = [int]", "the module `team`: `int` is no rule: it does not derive from"),
        (
            RULE.format(body="return ()").replace("TEAM_RULE", "team"),
            "`Team` can't be used: its `code` must be capital",
        ),
        (RULE.format(body="return ()").replace("TEAM_RULE", "PUBLIC_ROLE"), "its code `PUBLIC_ROLE` is that of a rule"),
        (RULE.format(body="return ()").replace('"error"', '"bad"'), "its `severity` must be one of error,"),
        (RULE.format(body="return ()").replace('("identity",)', '("x",)'), "its `kinds` must be a frozenset of"),
        (RULE.format(body="return ()").replace('"""A team\'s rule."""', ""), "it has no docstring, which is its page"),
        (RULE.format(body="return ()").replace("check_policy", "check_it"), "it overrides none of check_policy,"),
    ],
    ids=range(13),
)
def test_modules_that_can_not_be_used(run: Run, tmp_path: Path, source: str, said: str) -> None:
    """What is wrong with a module is told where the settings name it."""
    given(tmp_path, source)

    outcome = run("check", "x.json")

    assert (2, "") == (outcome.code, outcome.out)
    assert outcome.err.startswith("error: jfml-policies.toml:1:15: ")
    assert said in outcome.err
    assert outcome.err.count("error: ") == 1


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("return 1 / 0", "ZeroDivisionError: division by zero"),
        ("yield 3", "TypeError: it gave int instead of a finding"),
        ("return None", "TypeError: "),
        ("yield type('Other', (Rule,), {'code': 'X', 'severity': 'error'}).finding(policy, 'm')", "of another rule"),
    ],
    ids=["exception", "no finding", "no list", "other rule"],
)
def test_rules_that_fail_are_told_by_name(run: Run, tmp_path: Path, body: str, said: str) -> None:
    """A rule's exception spoils its file, with exit code 2; the others are checked all the same."""
    given(tmp_path, RULE.format(body=f"if policy.statements[0].sid:\n            return ()\n        {body}"))
    (tmp_path / "y.json").write_text((POLICY % "s3:*").replace('"Effect"', '"Sid": "A", "Effect"'))

    outcome = run("check", "--select", "custom", "-v", "x.json", "y.json")

    assert outcome.code == 2
    assert "error: x.json: the rule `team-rule` failed: " in outcome.err
    assert said in outcome.err
    assert "y.json: read as identity policy" in outcome.err


def test_rules_of_ones_own_are_ignored_and_suppressed(run: Run, tmp_path: Path) -> None:
    """The settings treat them like ours."""
    found = RULE.format(body='yield self.finding(policy, "odd")')
    given(tmp_path, found)
    assert run("check", "--select", "team-rule", "x.json").code == 1
    assert run("check", "--select", "team-rule", "--ignore", "custom", "x.json").code == 0
    (tmp_path / "jfml-policies.toml").write_text(
        'rules-from = ["team"]\n[[suppressions]]\nrule = "team-rule"\nfile = "*.json"\nreason = "r"'
    )

    assert run("check", "--select", "custom", "x.json").code == 0

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from jfml_policies.linter.registry import all_rules
from jfml_policies.linter.retired_checks import RETIRED_CHECKS

Run = Callable[..., Any]


def test_every_rule_is_listed_and_explained(run: Run) -> None:
    """The list has every rule with its severity, and each has a page."""
    listed = run("rules").out

    for rule in all_rules():
        assert f"  {rule.name()} " in listed
        page = run("explain", rule.name())
        assert (0, "") == (page.code, page.err)
        assert page.out.startswith(f"# {rule.name()}\n\n{rule.severity}, confidence {rule.confidence}, ")
        assert page.out.endswith(rule.page() + "\n")


def test_summaries_are_whole_in_a_pipe(run: Run) -> None:
    """Only a terminal has an end of line; elsewhere no summary is cut, so it can be searched."""
    lines = run("rules").out.splitlines()

    for rule in all_rules():
        assert any(line.endswith(f"  {rule.summary()}") for line in lines), rule.name()


def test_rules_of_a_kind(run: Run) -> None:
    """--kind leaves out what does not look at such policies."""
    shown = json.loads(run("rules", "--kind", "trust", "--output-format", "json").out)

    assert [rule.name() for rule in all_rules() if "trust" in rule.kinds] == [rule["name"] for rule in shown["rules"]]


def test_rules_as_json(run: Run) -> None:
    """The JSON form has what a program needs to show a rule."""
    shown = json.loads(run("rules", "--output-format", "json").out)

    assert shown["version"] == 1
    assert [
        *("name", "code", "family", "severity", "confidence", "fixes", "origin", "kinds", "since", "summary"),
        "options",
    ] == list(shown["rules"][0])


def test_a_rule_by_its_code(run: Run) -> None:
    """AWS's issue code finds the same page as the name."""
    assert run("explain", "invalid-action") == run("explain", "INVALID_ACTION")


@pytest.mark.parametrize("name", ["Invalid Action", " invalid_action ", "Invalid-Action"])
def test_a_rule_as_people_write_it(run: Run, name: str) -> None:
    """Letter case, blanks, hyphens and underscores make no difference."""
    assert run("explain", "invalid-action") == run("explain", name)


@pytest.mark.parametrize("code", sorted(RETIRED_CHECKS))
def test_a_retired_check_is_explained_and_not_listed(run: Run, code: str) -> None:
    """Who finds a retired code in an old report learns what it meant and what holds today; no rule bears it."""
    check = RETIRED_CHECKS[code]
    page = run("explain", code)

    assert (0, "") == (page.code, page.err)
    assert page == run("explain", check.name)
    assert page.out.startswith(f"# {check.name}\n\nretired: ")
    assert check.meant in page.out
    assert check.today in page.out
    assert check.source in page.out
    assert check.name not in run("rules").out


def test_a_misspelt_retired_check_is_suggested(run: Run) -> None:
    """A name near a retired check is not sent to an unrelated rule."""
    assert "did you mean `scp-syntax-error-notresource`?" in run("explain", "scp-syntax-error-notresorce").err

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from spec import Scenario, read_spec, show

from jfml_policies.linter import lint_text
from jfml_policies.linter.registry import all_rules
from jfml_policies.text.edits import apply_edits

if TYPE_CHECKING:
    from jfml_policies.linter.rule import FixSafety, Rule

SPECS = sorted(Path(__file__).parent.glob("rules/*/*.md"))
SCENARIOS = [scenario for path in SPECS for scenario in read_spec(path)]


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: f"{scenario.rule}: {scenario.title}")
def test_rule_finds_what_its_spec_says(scenario: Scenario) -> None:
    """A rule reports exactly the findings of its spec, with their places, and fixes them as shown."""
    result = lint_text(
        scenario.text,
        kind=scenario.options.get("kind"),
        resource_type=scenario.options.get("resource-type"),
        select=(scenario.rule,),
        today=scenario.options.get("today"),
    )

    assert scenario.findings == tuple(show(scenario.text, finding) for finding in result.findings)
    if scenario.fixed is not None:
        edits = [edit for finding in result.findings if finding.fix for edit in finding.fix.edits]
        assert scenario.fixed == apply_edits(scenario.text, edits)


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.name())
def test_every_rule_has_a_spec_that_fires_and_stays_silent(rule: type[Rule]) -> None:
    """Every rule has a spec with a case that fires and a near one that stays silent."""
    path = Path(__file__).parent / "rules" / rule.family() / f"{rule.code.lower()}.md"
    scenarios = read_spec(path)

    assert any(scenario.findings for scenario in scenarios)
    assert any(not scenario.findings for scenario in scenarios)


@cache
def _fixes_of_the_specs() -> dict[str, set[FixSafety]]:
    offered: dict[str, set[FixSafety]] = {}
    for scenario in SCENARIOS:
        options = scenario.options
        result = lint_text(scenario.text, kind=options.get("kind"), resource_type=options.get("resource-type"))
        for finding in result.findings:
            if finding.fix is not None:
                offered.setdefault(finding.code, set()).add("safe" if finding.fix.safe else "unsafe")
    return offered


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.name())
def test_every_rule_says_which_fixes_it_offers(rule: type[Rule]) -> None:
    """The specs show the fixes that a rule's metadata promise, and no other."""
    assert sorted(rule.fixes) == sorted(_fixes_of_the_specs().get(rule.code, ()))


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.name())
def test_every_rule_has_a_complete_page(rule: type[Rule]) -> None:
    """A page has a summary of one sentence and the fixed headings, in order; how safe a fix is may have its own."""
    further = {"## Fix safety", "## Options"}
    headings = [line for line in rule.page().splitlines() if line.startswith("## ") and line not in further]

    assert headings == ["## Why is this bad?", "## Example", "## Use instead", "## References"]
    assert rule.summary().endswith(".")
    assert "](https://" in rule.page()

"""A fix that calls itself safe keeps the meaning; `compare` proves it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from spec import Scenario, read_spec

from jfml_policies.access.compare import compare
from jfml_policies.access.validity import invalid_reason
from jfml_policies.linter import lint_text
from jfml_policies.policy.parse import parse_text
from jfml_policies.testing import mangled_policies, policy_pairs
from jfml_policies.text.edits import apply_edits

SCENARIOS = [scenario for path in sorted(Path(__file__).parent.glob("rules/*/*.md")) for scenario in read_spec(path)]


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: f"{scenario.rule}: {scenario.title}")
def test_safe_fixes_of_the_specs_keep_the_meaning(scenario: Scenario) -> None:
    """Every safe fix that a spec shows is proved to change nothing that is allowed."""
    _check(scenario.text, scenario.options.get("kind"))


@given(mangled_policies() | policy_pairs().map(lambda pair: pair[0]))
@settings(max_examples=100, deadline=None)
def test_safe_fixes_keep_the_meaning(document: object) -> None:
    """Whatever the policy, its safe fixes change nothing that is allowed."""
    _check(json.dumps(document, indent=2), None)


def _check(text: str, kind: str | None) -> None:
    result = lint_text(text, kind=kind)
    if result.policy is None:
        return
    for finding in result.findings:
        if finding.fix is None or not finding.fix.safe or invalid_reason(result.policy) is not None:
            continue
        mended = parse_text(apply_edits(text, finding.fix.edits), kind=result.policy.kind)

        assert compare(result.policy, mended).relation in ("equivalent", "unknown"), finding

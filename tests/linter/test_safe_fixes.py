"""A fix that calls itself safe keeps the meaning; `compare` proves it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spec import Scenario, read_spec

from jfml_policies.access.compare import compare
from jfml_policies.access.validity import invalid_reason
from jfml_policies.cli.mending import mend
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


@st.composite
def worn_policies(draw: st.DrawFn) -> str:
    """The text of a policy that has gathered what does nothing: copies, empty elements, repeated keys."""
    document = draw(policy_pairs())[0]
    statements = document["Statement"]
    statements = list(statements) if isinstance(statements, list) else [statements]
    for wear in draw(st.lists(st.sampled_from(_WEAR), min_size=1, max_size=4)):
        place = draw(st.integers(0, len(statements) - 1))
        statements[place:place] = wear(statements[place])
    text = json.dumps({**document, "Statement": statements}, indent=draw(st.sampled_from((None, 2))))
    # A key that stands twice with one value: `json` cannot write it.
    return text.replace('"Effect": "Allow"', '"Effect": "Allow", "Effect": "Allow"', draw(st.integers(0, 1)))


_WEAR: tuple[Callable[[dict[str, Any]], list[dict[str, Any]]], ...] = (
    lambda statement: [statement],
    lambda statement: [{**statement, "Condition": {}}],
    lambda statement: [{**_without(statement, "NotAction"), "Action": []}],
    lambda statement: [{**_without(statement, "NotResource"), "Resource": []}],
    lambda statement: [{**_without(statement, "NotPrincipal"), "Principal": {}}],
    lambda statement: [{**_without(statement, "NotPrincipal"), "Principal": {"AWS": []}}],
    lambda statement: [{**_without(statement, "NotPrincipal"), "Principal": {"AWS": [], "Service": "a.amazonaws.com"}}],
    lambda statement: [{**statement, "Sid": ""}],
    lambda statement: [{**statement, "Condition": {"IpAddress": {"aws:SourceIp": ["10.0.0.1/8", "10.0.0.0/8"]}}}],
    lambda statement: [{**statement, "Condition": {"NotIpAddress": {"aws:SourceIp": "2001:db8::1/64"}}}],
    lambda statement: [{**statement, "Condition": {"NumericLessThan": {"s3:max-keys": ["7", "10", "9.5"]}}}],
    lambda statement: [{**statement, "Condition": {"NumericGreaterThanEqualsIfExists": {"s3:max-keys": [7, 10]}}}],
    lambda statement: [{**statement, "Sid": "Twice"}, {**statement, "Sid": "Twice"}],
    lambda statement: [{**_without(statement, "NotAction"), "Action": ["s3:*", "s3:GetObject", "s3:Get*"]}],
    lambda statement: [{**_without(statement, "NotResource"), "Resource": ["*", "arn:aws:s3:::b/*"]}],
)


def _without(statement: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in statement.items() if key != name}


@given(worn_policies(), st.sampled_from(("identity", "resource", "trust", "scp", "rcp")))
@settings(max_examples=150, deadline=None)
def test_safe_fixes_keep_the_meaning_of_worn_policies(text: str, kind: str) -> None:
    """What a policy has too much can be taken out safely, one by one and all together."""
    _check(text, kind)
    policy = parse_text(text, kind=kind)
    mended, _, _ = mend(text, lambda text: lint_text(text, kind=kind), unsafe=False)

    if invalid_reason(policy) is None:
        assert compare(policy, parse_text(mended, kind=kind)).relation in ("equivalent", "unknown")


def test_each_rule_with_a_safe_fix_has_one_that_is_proved() -> None:
    """A fix whose every comparison ended in doubt would only be called safe."""
    proved: set[str] = set()
    offered: set[str] = set()
    for scenario in SCENARIOS:
        result = lint_text(scenario.text, kind=scenario.options.get("kind"))
        for finding in result.findings:
            if result.policy is None or finding.fix is None or not finding.fix.safe or finding.code in proved:
                continue
            offered.add(finding.code)
            mended = parse_text(apply_edits(scenario.text, finding.fix.edits), kind=result.policy.kind)
            if compare(result.policy, mended).relation == "equivalent":
                proved.add(finding.code)

    # Which of two keys counts is not known, so their documents are not compared; the next test stands for them.
    assert {"DUPLICATE_JSON_KEY"} == offered - proved


@given(worn_policies())
@settings(max_examples=100, deadline=None)
def test_a_key_that_is_removed_counts_for_no_reader(text: str) -> None:
    """Whether a reader keeps the first of equal keys or the last, it reads the same after the fix."""
    for finding in lint_text(text, select=["duplicate-json-key"]).findings:
        assert finding.fix is not None
        mended = apply_edits(text, finding.fix.edits)

        assert json.loads(text) == json.loads(mended)
        assert json.loads(text, object_pairs_hook=_first) == json.loads(mended, object_pairs_hook=_first)


def _first(pairs: list[tuple[str, object]]) -> dict[str, object]:
    return dict(reversed(pairs))


def _check(text: str, kind: str | None) -> None:
    result = lint_text(text, kind=kind)
    if result.policy is None:
        return
    for finding in result.findings:
        if finding.fix is None or not finding.fix.safe or invalid_reason(result.policy) is not None:
            continue
        mended = parse_text(apply_edits(text, finding.fix.edits), kind=result.policy.kind)

        assert compare(result.policy, mended).relation in ("equivalent", "unknown"), finding

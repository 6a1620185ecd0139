"""Laws of linting: they hold for every rule there is and will be."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from spec import Scenario, read_spec

import jfml_policies as jp
from jfml_policies.findings import SEVERITIES, Span
from jfml_policies.linter import lint_text
from jfml_policies.linter.registry import all_rules
from jfml_policies.policy.kinds import KINDS
from jfml_policies.policy.write import write
from jfml_policies.testing import mangled_policies, policies, policy_texts
from jfml_policies.text.edits import apply_edits
from jfml_policies.text.tree import Json, JsonArray, JsonObject

SCENARIOS = [scenario for path in sorted(Path(__file__).parent.glob("rules/*/*.md")) for scenario in read_spec(path)]
kinds = st.sampled_from([None, *sorted(KINDS)])


@example({"Statement": {"Effect": "Allow", "Principal": "*", "Action": [-1.5], "Resource": "*"}})
@given(policies() | mangled_policies())
def test_canonical_text_reads_back_as_the_same_policy(document: object) -> None:
    """parse(write(p)) == p, and writing is idempotent, for broken policies too."""
    policy = jp.loads(json.dumps(document))
    text = write(policy)

    assert policy == jp.loads(text, kind=policy.kind)
    assert text == write(jp.loads(text))


@settings(max_examples=300)
@given(mangled_policies() | policies(), kinds)
def test_no_policy_raises(document: object, kind: str | None) -> None:
    """Whatever a document holds, lint answers with findings whose places are in the document."""
    text = json.dumps(document)
    result = lint_text(text, kind=kind)
    assert result.policy is not None
    for finding in result.findings:
        assert finding.severity in SEVERITIES
        assert "\n" not in finding.message
        for path, span in [(finding.path, finding.span), *[(other.path, other.span) for other in finding.related]]:
            assert span is not None
            assert 0 <= span.start < span.end <= len(text)
            assert _names_the_place(result.policy.tree, path, span), (finding, path, span)


@given(st.text(max_size=40) | st.text(alphabet='{}[]",:\\*$ Statementrup', max_size=40))
def test_no_text_raises(text: str) -> None:
    """Any text at all gets findings."""
    assert isinstance(lint_text(text).findings, tuple)


@given(policy_texts(), st.integers(0, 400), st.text(alphabet='{}[]",:*$\x00\ud800', max_size=3))
def test_no_edited_text_raises(text: str, at: int, inserted: str) -> None:
    """A policy with some characters typed into it gets findings."""
    assert isinstance(lint_text(text[:at] + inserted + text[at:]).findings, tuple)


@given(policies() | mangled_policies(), kinds)
def test_plain_values_get_the_findings_of_their_text(document: object, kind: str | None) -> None:
    """Text or plain values: same codes, same paths, same words."""
    text = json.dumps(document)
    if not isinstance(document, dict):
        with pytest.raises(jp.UsageError):
            jp.lint(document)  # type: ignore[arg-type]
        return
    said = [(finding.code, finding.path, finding.message) for finding in jp.lint(text, kind=kind)]

    assert sorted(said, key=str) == sorted(
        [(finding.code, finding.path, finding.message) for finding in jp.lint(document, kind=kind)], key=str
    )


@given(policies(), kinds)
def test_same_input_gives_the_same_findings(document: dict[str, object], kind: str | None) -> None:
    """Linting twice says the same."""
    assert jp.lint(document, kind=kind) == jp.lint(document, kind=kind)


@given(policies() | mangled_policies())
def test_fixes_apply_and_mend(document: object) -> None:
    """A fix on its own applies to the text, gives JSON, and is no longer offered there in the same form."""
    text = json.dumps(document, indent=2)
    for finding in lint_text(text).findings:
        if finding.fix is None:
            continue
        assert finding.fix.edits
        mended = apply_edits(text, finding.fix.edits)

        assert mended != text
        assert isinstance(json.loads(mended), dict)
        assert lint_text(mended).findings != lint_text(text).findings


@given(policies(), st.sampled_from([rule.name() for rule in all_rules()]))
def test_selecting_and_ignoring_a_rule_are_complements(document: dict[str, object], name: str) -> None:
    """What a rule finds alone and what the others find without it make up the whole."""
    alone, others, whole = jp.lint(document, select=[name]), jp.lint(document, ignore=[name]), jp.lint(document)

    assert len(whole) == len(alone) + len(others)
    assert all(finding in whole for finding in (*alone, *others))


def _names_the_place(tree: Json, path: tuple[str | int, ...], span: Span) -> bool:
    """Whether `span` is the value at `path`, its key, or lies inside the value.

    Of a repeated key any one may be meant.
    """
    if not path:
        return True
    step, rest = path[0], path[1:]
    if isinstance(tree, JsonArray) and isinstance(step, int):
        return _names_the_place(tree.items[step], rest, span) if rest else _inside(tree.items[step], span)
    if isinstance(tree, JsonObject):
        for member in tree.members:
            if member.key.value == step:
                here = _inside(member.value, span) or _inside(member.key, span)
                if _names_the_place(member.value, rest, span) if rest else here:
                    return True
    return False


def _inside(tree: Json, span: Span) -> bool:
    return tree.start <= span.start and span.end <= tree.end


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: f"{scenario.rule}: {scenario.title}")
def test_a_rule_finds_nothing_in_a_text_without_its_words(scenario: Scenario) -> None:
    """The words that rules name are needed: in plain values, where they don't count, nothing more is found."""
    tree = lint_text(scenario.text).policy
    if tree is None or tree.problems:
        return
    document = json.loads(scenario.text)
    kind, resource_type = scenario.options.get("kind"), scenario.options.get("resource-type")
    ignored = ["unsupported-character", "size", "policy-too-large"]  # these measure the text itself
    without_words = jp.lint(document, kind=kind, resource_type=resource_type, ignore=ignored)
    with_words = jp.lint(scenario.text, kind=kind, resource_type=resource_type, ignore=ignored)

    assert _said(without_words) == _said(with_words)


def _said(findings: list[jp.Finding]) -> list[tuple[str, str]]:
    return sorted((finding.code, str(finding.path)) for finding in findings)

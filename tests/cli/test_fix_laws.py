"""What holds of `--fix`, whatever the policy and its layout: every spec's documents and random ones are the cases."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spec import Scenario, read_spec

from jfml_policies.cli.mending import mend
from jfml_policies.linter import LintResult, lint_text
from jfml_policies.testing import mangled_policies, policy_pairs

_SPECS = sorted((Path(__file__).parents[1] / "linter" / "rules").glob("*/*.md"))
SCENARIOS = [scenario for path in _SPECS for scenario in read_spec(path)]

#: Fixes that bring to light what nobody read before: an element under a wrong name, variables of an old version.
_UNCOVERING = frozenset(
    (
        "INVALID_POLICY_ELEMENT",
        "INVALID_PRINCIPAL_KEY",
        "INVALID_VERSION",
        "MISSING_VERSION",
        "VARIABLE_UNSUPPORTED_IN_VERSION",
    )
)

LAYOUTS: dict[str, Callable[[str], str]] = {
    "as written": lambda text: text,
    "one line": lambda text: re.sub(r"\n *", "", text),
    "no blanks before marks": lambda text: re.sub(r"\n *", "\n", text),
    "CRLF and tabs": lambda text: text.replace("    ", "\t").replace("  ", "\t").replace("\n", "\r\n"),
    "a comma of its own": lambda text: re.sub(r",\n", "\n  ,\n", text),
}


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("unsafe", [False, True])
def test_fixes_of_the_specs_hold_the_laws(layout: str, unsafe: bool) -> None:
    """In every layout all fixes of every spec are made, leave JSON, bring no error, and are made once."""
    for scenario, text, lint in _scenarios(LAYOUTS[layout]):
        before = lint(text)
        if any(finding.fix and (finding.fix.safe or unsafe) for finding in before.findings):
            _hold_the_laws(text, before, lint, unsafe=unsafe, case=f"{scenario.rule}: {scenario.title}")


@given(mangled_policies() | policy_pairs().map(lambda pair: pair[0]), st.booleans(), st.sampled_from((None, 1, "\t")))
@settings(max_examples=100, deadline=None)
def test_fixes_of_any_policy_hold_the_laws(document: object, unsafe: bool, indent: int | str | None) -> None:
    """Whatever the policy, its fixes are made, leave JSON, bring no error, and are made once."""
    text = json.dumps(document, indent=indent)
    kind = getattr(lint_text(text).policy, "kind", None)

    def lint(text: str) -> LintResult:
        return lint_text(text, kind=kind)

    _hold_the_laws(text, lint(text), lint, unsafe=unsafe, case="random")


def _hold_the_laws(
    text: str, before: LintResult, lint: Callable[[str], LintResult], *, unsafe: bool, case: str
) -> None:
    mended, after, made = mend(text, lint, unsafe=unsafe)
    left = [finding.code for finding in after.findings if finding.fix and (finding.fix.safe or unsafe)]
    mends = {finding.code for finding in before.findings if finding.fix}

    assert ([], mended, 0) == (left, *_text_and_count(mend(mended, lint, unsafe=unsafe))), case
    if made:
        json.loads(mended)
        assert _empty_values(text) >= _empty_values(mended), case
    if not mends & _UNCOVERING:
        assert not _errors(after) - _errors(before), case


def _scenarios(layout: Callable[[str], str]) -> Iterator[tuple[Scenario, str, Callable[[str], LintResult]]]:
    for scenario in SCENARIOS:
        options = scenario.options
        if "copies" in options or not scenario.text.lstrip().startswith(("{", "[")):
            continue
        text = layout(scenario.text)
        resource_type = options.get("resource-type")
        # A fix may change what the kind is told from; the file's purpose stays.
        kind = getattr(lint_text(text, kind=options.get("kind"), resource_type=resource_type).policy, "kind", None)

        def lint(text: str, kind: str | None = kind, resource_type: str | None = resource_type) -> LintResult:
            return lint_text(text, kind=kind, resource_type=resource_type)

        yield scenario, text, lint


def _text_and_count(outcome: tuple[str, LintResult, int]) -> tuple[str, int]:
    return outcome[0], outcome[2]


def _errors(result: LintResult) -> Counter[str]:
    return Counter(finding.code for finding in result.findings if finding.severity == "error")


def _empty_values(text: str) -> int:
    return len(re.findall(r"\[\s*\]|\{\s*\}", text))

from __future__ import annotations

from jfml_policies.linter import security_severity as module
from jfml_policies.linter.registry import all_rules
from jfml_policies.linter.security_severity import security_severity


def test_every_security_warning_has_a_number_on_the_scale() -> None:
    """Security warnings are ranked, each above 0 and up to 10, and not all alike."""
    numbers = {rule.code: security_severity(rule) for rule in all_rules() if rule.severity == "security-warning"}

    assert all(number is not None and 0 < number <= 10 for number in numbers.values())
    assert len(set(numbers.values())) > 5


def test_only_rules_that_exist_are_named() -> None:
    """A rule that is renamed takes its number along."""
    assert set() == set(module._CODES) - {rule.code for rule in all_rules()}
    assert set() == set(module._FAMILIES) - {rule.family() for rule in all_rules()}


def test_open_doors_are_worse_than_loose_guards() -> None:
    """What lets in anybody is critical, a guard that does not hold is not, and a suggestion is low."""
    numbers = {rule.code: security_severity(rule) or 0 for rule in all_rules()}

    assert numbers["PUBLIC_ROLE"] >= 9 > numbers["MISSING_EXTERNAL_ID"] >= 7
    assert 4 <= numbers["FORALLVALUES_PASSES_WITHOUT_KEY"] < 7
    assert numbers["GUESSABLE_EXTERNAL_ID"] < 4
    assert numbers["INVALID_ACTION"] == 0

"""What reports and listings tell of rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jfml_policies.linter.registry import all_rules
from jfml_policies.report.interface import RuleNote

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["rule_notes"]


def rule_notes() -> Iterator[RuleNote]:
    """A note for each rule, in the registry's order."""
    for rule in all_rules():
        yield RuleNote(
            code=rule.code,
            name=rule.name(),
            severity=rule.severity,
            summary=rule.summary(),
            page=rule.page(),
            confidence=rule.confidence,
        )

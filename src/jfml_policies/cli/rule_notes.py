"""What reports and listings tell of rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jfml_policies.linter.registry import all_rules
from jfml_policies.linter.security_severity import security_severity
from jfml_policies.report.interface import RuleNote

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jfml_policies.linter.rule import Rule

__all__ = ["rule_notes"]


def rule_notes(own: Iterable[type[Rule]] = ()) -> Iterator[RuleNote]:
    """A note for each rule, in the registry's order, then for those of one's own."""
    for rule in (*all_rules(), *own):
        yield RuleNote(
            code=rule.code,
            name=rule.name(),
            severity=rule.severity,
            summary=rule.summary(),
            page=rule.page(),
            confidence=rule.confidence,
            family=rule.family(),
            security=security_severity(rule),
        )

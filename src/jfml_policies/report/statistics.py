"""How many findings each rule has, most first."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jfml_policies.findings import Severity
    from jfml_policies.report.interface import FileReport, Settings

__all__ = ["render"]


def render(reports: Iterable[FileReport], settings: Settings) -> Iterator[str]:
    """One line a rule: count, severity, name, and `[*]` where safe fixes exist."""
    counts: Counter[tuple[str, Severity]] = Counter()
    fixable: set[tuple[str, Severity]] = set()
    for report in reports:
        for finding in report.findings:
            key = (finding.rule, finding.severity)
            counts[key] += 1
            if finding.fix is not None and finding.fix.safe and finding.fix.edits:
                fixable.add(key)
    if not counts:
        return
    number = len(str(max(counts.values())))
    word = max(len(severity) for _, severity in counts)
    for (rule, severity), count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        label = settings.style.paint(f"{severity:<{word}}", severity)
        yield f"{count:>{number}}  {label}  {rule}{'  [*]' if (rule, severity) in fixable else ''}\n"

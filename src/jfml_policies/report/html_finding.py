"""A finding on a page: what is wrong, the lines it is about with the place marked, and what to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jfml_policies.report.html_excerpt import Place, excerpt, fix_preview
from jfml_policies.report.html_tags import Markup, code, joined, prose, tag
from jfml_policies.report.place import place_of
from jfml_policies.text.path import path_text

if TYPE_CHECKING:
    from jfml_policies.findings import Finding, Severity
    from jfml_policies.report.interface import FileReport
    from jfml_policies.text.lines import LineIndex

__all__ = ["badge", "finding_article", "finding_place"]

_MOST_RELATED: Final = 6


def finding_article(report: FileReport, finding: Finding, lines: LineIndex | None, anchor: str) -> Markup:
    """A card for one finding, to which `anchor` leads."""
    is_shown = report.text is not None and lines is not None and finding.span is not None
    # The caption of the lines tells the place.
    facts = [code(finding.rule)] if is_shown else [code(finding_place(report.file, finding, lines)), code(finding.rule)]
    if finding.resource is not None:
        facts.append(joined(["in ", code(finding.resource)]))
    if finding.path:
        facts.append(joined(["at ", code(path_text(finding.path))]))
    if finding.sid:
        facts.append(joined(["Sid ", code(finding.sid)]))
    parts = [
        tag("h4", badge(finding.severity), " ", prose(finding.message)),
        tag("p", *[tag("span", fact) for fact in facts], class_="where"),
    ]
    if report.text is not None and lines is not None and finding.span is not None:
        places = [Place(finding.span, finding.severity)]
        places += [
            Place(one.span, "related", one.note) for one in finding.related[:_MOST_RELATED] if one.span is not None
        ]
        parts.append(excerpt(report.text, lines, places, caption=code(finding_place(report.file, finding, lines))))
    remedies = []
    if finding.hint:
        remedies += [tag("dt", "Help"), tag("dd", prose(finding.hint))]
    if finding.fix is not None:
        option = "--fix" if finding.fix.safe else "--fix --unsafe-fixes"
        word = tag("span", "safe" if finding.fix.safe else "may change the meaning", class_="soft")
        how = joined([" (", tag("code", option), ", ", word, ")"]) if finding.fix.edits else Markup()
        preview = fix_preview(report.text, lines, finding.fix) if report.text is not None and lines else Markup()
        remedies += [tag("dt", "Fix"), tag("dd", prose(finding.fix.title), how, preview)]
    if remedies:
        parts.append(tag("dl", *remedies))
    return tag("article", *parts, class_=f"finding {finding.severity}", id=anchor)


def finding_place(file: str, finding: Finding, lines: LineIndex | None) -> str:
    """`trust.json:7:18`, or the file alone."""
    if finding.span is None or lines is None:
        return file
    place = place_of(finding.span, lines)
    return f"{file}:{place.line}:{place.column}"


def badge(severity: Severity) -> Markup:
    """A severity in its colours."""
    return tag("span", severity.replace("-", " "), class_=f"badge {severity}")

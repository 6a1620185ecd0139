"""For GitHub Actions: workflow commands that become annotations on the changed lines.

Source of the grammar: GitHub Docs, "Workflow commands for GitHub Actions", setting a notice, warning or error message.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jfml_policies.report.headline import one_line
from jfml_policies.report.inert import inert
from jfml_policies.report.place import place_of
from jfml_policies.text.lines import LineIndex

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jfml_policies.findings import Finding, Severity
    from jfml_policies.report.interface import FileReport, Settings
    from jfml_policies.report.place import Place

__all__ = ["command", "render"]

_COMMANDS: Final[dict[Severity, str]] = {
    "error": "error",
    "security-warning": "warning",
    "warning": "warning",
    "suggestion": "notice",
}


def render(reports: Iterable[FileReport], settings: Settings) -> Iterator[str]:  # noqa: ARG001 -- one signature for all
    """One workflow command a finding."""
    for report in reports:
        lines = LineIndex(report.text) if report.text is not None and report.findings else None
        for finding in report.findings:
            yield _command(report.file, finding, lines)


def command(kind: str, file: str, place: Place | None, *, title: str, message: str) -> str:
    """One workflow command with its line end.

    Args:
        kind: `error`, `warning` or `notice`.
        file: the file to annotate; `-` is none.
        place: where in the file, or None.
        title: the annotation's title.
        message: its text; whatever it holds, it stays one command.
    """
    properties: dict[str, str | int] = {"title": title}
    if file != "-":
        properties["file"] = file
    if place is not None:
        properties["line"] = place.line
        properties["endLine"] = place.end_line
        # GitHub refuses columns for a place of several lines.
        if place.is_one_line:
            properties["col"] = place.column
            properties["endColumn"] = max(place.column, place.end_column - 1)
    listed = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    return f"::{kind} {listed}::{_data(one_line(message))}\n"


def _command(file: str, finding: Finding, lines: LineIndex | None) -> str:
    place = place_of(finding.span, lines) if finding.span is not None and lines is not None else None
    message = finding.message if finding.hint is None else f"{finding.message} ({finding.hint})"
    if finding.resource is not None:
        message += f" (in {finding.resource})"
    kind = _COMMANDS[finding.severity]
    return command(kind, file, place, title=f"jfml-policies {finding.rule}", message=message)


def _data(text: str) -> str:
    return inert(text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A"))


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")

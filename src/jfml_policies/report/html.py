"""One page for a browser: every finding with the lines that it is about; no scripts, nothing from elsewhere.

The page stands alone, as an artefact of a pipeline does: styles are in it, a content security policy forbids all else,
and whatever a policy or file name holds is text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jfml_policies.findings import SEVERITIES
from jfml_policies.report.headline import one_line
from jfml_policies.report.html_style import STYLE
from jfml_policies.report.inert import inert
from jfml_policies.report.place import place_of
from jfml_policies.report.tally import Tally, count_of
from jfml_policies.text.lines import LineIndex
from jfml_policies.text.path import path_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jfml_policies.findings import Finding, Severity, Span
    from jfml_policies.report.interface import FileReport, Settings

__all__ = ["MOST_FINDINGS", "escaped", "render"]

#: Findings that are shown one by one; a page of more can't be read, and is slow to open.
MOST_FINDINGS: Final = 2_000
#: So many lines of a place are shown, and so much of a line around it.
_MOST_LINES: Final = 12
_REACH: Final = 160

_ESCAPES: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"}
_HEAD: Final = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Policies checked by jfml-policies</title>
<style>{style}</style>
</head>
<body>
<main>
"""


def escaped(text: str) -> str:
    """Text as it may stand between tags and in quoted attributes; nothing in it steers a browser.

    >>> escaped('<b title="x">')
    '&lt;b title=&quot;x&quot;&gt;'
    """
    return "".join([_ESCAPES.get(char, char) for char in inert(text)])


def render(reports: Iterable[FileReport], settings: Settings) -> Iterator[str]:
    """The page in pieces: a summary, then each file with its findings."""
    tally = Tally()
    sections: list[str] = []
    shown = 0
    for report in reports:
        tally.add(report)
        if report.problem is not None:
            sections.append(
                f'<section><h2>{escaped(report.file)}</h2><p class="problem">not checked: '
                f"{escaped(one_line(report.problem))}</p></section>\n"
            )
        if report.findings:
            kept = report.findings[: max(0, MOST_FINDINGS - shown)]
            shown += len(kept)
            sections.append(_section(report, kept))
    yield _HEAD.format(style=STYLE)
    yield "<header>\n<h1>Policies</h1>\n"
    yield f"<p>{escaped(_sentence(tally))}</p>\n"
    if tally.findings:
        yield _counts(tally)
    yield "</header>\n"
    yield from sections
    if tally.findings > shown:
        rest = count_of(tally.findings - shown, "more finding")
        yield f'<p class="more">{rest} not shown here; the JSON format has all of them</p>\n'
    yield f"</main>\n<footer><p>jfml-policies {escaped(settings.version)}</p></footer>\n</body>\n</html>\n"


def _sentence(tally: Tally) -> str:
    checked = count_of(tally.checked, "file")
    failed = f"; {count_of(tally.failed, 'file')} could not be" if tally.failed else ""
    if not tally.findings:
        return f"{checked} checked, nothing found{failed}"
    return f"{count_of(tally.findings, 'problem')} in {tally.with_findings:,} of {checked} checked{failed}"


def _counts(tally: Tally) -> str:
    items = [
        f'<li class="{severity}"><strong>{tally.severities[severity]:,}</strong> {_noun(severity, tally)}</li>'
        for severity in SEVERITIES
        if tally.severities[severity]
    ]
    return f'<ul class="counts">{"".join(items)}</ul>\n'


def _noun(severity: Severity, tally: Tally) -> str:
    return severity.replace("-", " ") + ("" if tally.severities[severity] == 1 else "s")


def _prose(text: str) -> str:
    """A sentence, with what stands between backticks as code."""
    parts = one_line(text).split("`")
    if len(parts) % 2 == 0:
        return escaped("`".join(parts))
    return "".join(
        [f"<code>{escaped(part)}</code>" if place % 2 else escaped(part) for place, part in enumerate(parts)]
    )


def _section(report: FileReport, findings: Iterable[Finding]) -> str:
    lines = LineIndex(report.text) if report.text is not None else None
    articles = "".join([_article(finding, lines) for finding in findings])
    return f"<section>\n<h2>{escaped(report.file)}</h2>\n{articles}</section>\n"


def _article(finding: Finding, lines: LineIndex | None) -> str:
    place = place_of(finding.span, lines) if finding.span is not None and lines is not None else None
    where = f"line {place.line}, column {place.column}" if place else ""
    badge = f'<span class="badge {finding.severity}">{finding.severity.replace("-", " ")}</span>'
    parts = [f"<h3>{badge} {_prose(finding.message)}</h3>\n"]
    if finding.span is not None and lines is not None:
        parts.append(_excerpt(lines, finding.span))
    path = path_text(finding.path) if finding.path else ""
    facts = {
        "help": finding.hint and _prose(finding.hint),
        "fix": finding.fix and _prose(finding.fix.title),
        "in": finding.resource and escaped(one_line(finding.resource)),
        "at": escaped(one_line(" · ".join(filter(None, (where, path))))),
        "sid": finding.sid and escaped(one_line(finding.sid)),
        "rule": escaped(finding.rule),
    }
    listed = [f"<dt>{name}</dt><dd>{value}</dd>" for name, value in facts.items() if value]
    parts.append(f"<dl>{''.join(listed)}</dl>\n")
    return f"<article>\n{''.join(parts)}</article>\n"


def _excerpt(lines: LineIndex, span: Span) -> str:
    """The lines of a place with the place marked; of a long line as much as is around it."""
    first, column = lines.position(span.start)
    last, _ = lines.position(max(span.start, span.end - 1))
    rows: list[str] = []
    for number in range(first, min(last, first + _MOST_LINES - 1) + 1):
        line = lines.line(number)
        start = column - 1 if number == first else len(line) - len(line.lstrip())
        end = start + (span.end - span.start) if number == first == last else len(line)
        if number == last != first:
            end = lines.position(span.end)[1] - 1
        low, high = max(0, start - _REACH), min(len(line), max(start, min(end, start + _REACH)) + _REACH)
        before, marked, after = line[low:start], line[start : min(end, high)], line[min(end, high) : high]
        cut = ("…" if low else "", "…" if high < len(line) else "")
        rows.append(
            f'<span class="number">{number}</span>{cut[0]}{escaped(before)}<mark>{escaped(marked)}</mark>'
            f"{escaped(after)}{cut[1]}"
        )
    if last > first + _MOST_LINES - 1:
        rows.append('<span class="number">…</span>')
    body = "\n".join(rows)
    return f'<pre tabindex="0" aria-label="policy text">{body}</pre>\n'

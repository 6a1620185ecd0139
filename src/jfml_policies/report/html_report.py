"""For reviews and archives: a check as one HTML page, by rule, by file, and each finding with its lines."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from jfml_policies.findings import SEVERITIES
from jfml_policies.report.html_finding import badge, finding_article, finding_place
from jfml_policies.report.html_page import closing, contents, more, opening
from jfml_policies.report.html_tags import Markup, code, prose, tag
from jfml_policies.report.tally import Tally, count_of
from jfml_policies.text.lines import LineIndex

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jfml_policies.findings import Severity
    from jfml_policies.report.interface import FileReport, RuleNote, Settings

__all__ = ["render"]

#: A browser shows a page of a few megabytes at once; of each severity and of each file no more than this is shown.
_MOST_OF_SEVERITY: Final = 300
_MOST_OF_FILE: Final = 150
_MOST_FILES: Final = 500
_MOST_PROBLEMS: Final = 100
_MOST_PLACES: Final = 8
_MOST_SUPPRESSED: Final = 200
_MOST_NOT_CHECKED: Final = 200


def render(reports: Iterable[FileReport], settings: Settings) -> Iterator[str]:
    """The page: how many findings, by rule, by file, and the findings themselves.

    The first piece comes after the last report, as the page begins with the counts; what is kept until then is bounded.
    """
    book = _Book()
    for report in reports:
        book.add(report)
    yield from book.pages(settings)


class _Book:
    """What is kept of the reports: counts of all, and as much of the findings as is shown."""

    def __init__(self) -> None:
        self.tally = Tally()
        self.problems: list[tuple[str, str]] = []
        self.by_file: dict[str, Counter[Severity]] = {}
        self.by_rule: dict[tuple[str, Severity], int] = {}
        self.places: dict[tuple[str, Severity], list[Markup]] = {}
        self.sections: list[tuple[int, str, list[Markup], int]] = []
        self.shown: Counter[Severity] = Counter()
        self.suppressed = 0
        self.suppressed_rows: list[Markup] = []
        self.not_checked_rows: list[Markup] = []

    def add(self, report: FileReport) -> None:
        self.tally.add(report)
        if report.problem is not None and len(self.problems) < _MOST_PROBLEMS:
            self.problems.append((report.file, report.problem))
        for policy in report.not_checked[: _MOST_NOT_CHECKED - len(self.not_checked_rows)]:
            place = report.file if policy.line is None else f"{report.file}:{policy.line}"
            told = [tag("td", code(policy.resource)), tag("td", prose(policy.reason))]
            self.not_checked_rows.append(tag("tr", tag("th", code(place), scope="row"), *told))
        lines = LineIndex(report.text) if report.text is not None else None
        for one in report.suppressed:
            self.suppressed += 1
            if len(self.suppressed_rows) < _MOST_SUPPRESSED:
                cells = [badge(one.finding.severity), code(one.finding.rule), one.by, prose(one.reason)]
                of = tag("th", code(finding_place(report.file, one.finding, lines)), scope="row")
                self.suppressed_rows.append(tag("tr", of, *[tag("td", cell) for cell in cells]))
        if not report.findings:
            return
        counts = self.by_file.setdefault(report.file, Counter()) if len(self.by_file) < _MOST_FILES else Counter()
        counts.update(finding.severity for finding in report.findings)
        articles: list[Markup] = []
        for finding in report.findings:
            rule = (finding.rule, finding.severity)
            self.by_rule[rule] = self.by_rule.get(rule, 0) + 1
            if self.shown[finding.severity] >= _MOST_OF_SEVERITY or len(articles) >= _MOST_OF_FILE:
                continue
            self.shown[finding.severity] += 1
            anchor = f"f{self.shown.total()}"
            places = self.places.setdefault(rule, [])
            if len(places) < _MOST_PLACES:
                places.append(tag("a", finding_place(report.file, finding, lines), href=f"#{anchor}"))
            articles.append(finding_article(report, finding, lines, anchor))
        if articles:
            self.sections.append((len(self.sections) + 1, report.file, articles, len(report.findings) - len(articles)))

    def pages(self, settings: Settings) -> Iterator[Markup]:
        tally = self.tally
        title = "Policy check: " + (count_of(tally.findings, "finding") if tally.findings else "nothing found")
        yield opening(title, subject="Policy check", tone=self._tone(), word=self._word(), sentence=self._sentence())
        if tally.findings:
            yield self._filter()
        yield self._contents()
        yield from self._problems()
        if tally.findings:
            yield from self._rules(settings)
            yield from self._files()
            yield from self._findings()
        yield from self._not_checked()
        yield from self._suppressed()
        facts = [f"{count_of(tally.checked, 'file')} checked"]
        skipped = settings.skipped()
        if skipped:
            facts.append(f"{skipped:,} passed over, as they hold no policy")
        yield closing(settings.version, *facts)

    # ------------------------------------------------------------------------------------------ sections

    def _worst(self) -> Severity | None:
        return next((severity for severity in SEVERITIES if self.tally.severities[severity]), None)

    def _tone(self) -> str:
        if self.tally.failed and not self.tally.findings:
            return "error"
        return self._worst() or ("suggestion" if self.tally.not_checked else "good")

    def _word(self) -> str:
        worst = self._worst()
        if worst is None:
            return "incomplete" if self.tally.failed or self.tally.not_checked else "clean"
        return worst.replace("-", " ")

    def _sentence(self) -> Markup:
        tally = self.tally
        files = f"{tally.with_findings:,} of {count_of(tally.checked, 'file')}" if tally.checked > 1 else "one file"
        said = f"{count_of(tally.findings, 'problem')} in {files}" if tally.findings else "No problem was found"
        if tally.failed:
            said += f", {count_of(tally.failed, 'file')} could not be checked"
        if tally.not_checked:
            said += f", {count_of(tally.not_checked, 'document')} could not be looked at"
        return prose(said)

    def _filter(self) -> Markup:
        labels = [
            tag(
                "label",
                tag("input", type="checkbox", id=f"show-{severity}", checked=True),
                tag("strong", f"{self.tally.severities[severity]:,}"),
                tag("span", _noun(severity, self.tally.severities[severity])),
                class_=severity,
            )
            for severity in SEVERITIES
            if self.tally.severities[severity]
        ]
        return tag("fieldset", tag("legend", "Findings by severity; untick to hide"), *labels, class_="filter")

    def _contents(self) -> Markup:
        entries = []
        if self.problems:
            entries.append(("problems", "Not checked", f"{self.tally.failed:,}"))
        if self.tally.not_checked:
            entries.append(("not-checked", "Not looked at", f"{self.tally.not_checked:,}"))
        if self.tally.findings:
            entries.append(("rules", "By rule", f"{len(self.by_rule):,}"))
            entries.append(("files", "By file", f"{self.tally.with_findings:,}"))
            entries.append(("findings", "Findings", f"{self.tally.findings:,}"))
        if self.suppressed:
            entries.append(("suppressed", "Suppressed", f"{self.suppressed:,}"))
        return contents(entries) if len(entries) > 1 else Markup()

    def _problems(self) -> Iterator[Markup]:
        if not self.problems:
            return
        items = [tag("li", code(file), ": ", prose(problem), class_="error") for file, problem in self.problems]
        yield _section("problems", "Could not be checked", tag("ul", *items, class_="remarks"))
        if self.tally.failed > len(self.problems):
            yield more(f"{count_of(self.tally.failed - len(self.problems), 'more file')} that could not be checked are")

    def _rules(self, settings: Settings) -> Iterator[Markup]:
        notes = {note.name: note for note in settings.rules()}
        order = sorted(self.by_rule, key=lambda rule: (SEVERITIES.index(rule[1]), -self.by_rule[rule], rule[0]))
        rows = [self._rule(rule, notes.get(rule[0])) for rule in order]
        head = _head("Severity", "Rule", "#Findings", "Places")
        yield _section(
            "rules", "By rule", _scroll("Findings by rule", tag("table", head, tag("tbody", *rows), class_="rules"))
        )

    def _rule(self, rule: tuple[str, Severity], note: RuleNote | None) -> Markup:
        name, severity = rule
        places = [tag("li", place) for place in self.places.get(rule, ())]
        left = self.by_rule[rule] - len(places)
        if left:
            places.append(tag("li", f"{left:,} more" if places else "not shown", class_="soft"))
        said = tag("span", prose(note.summary), class_="rule-summary") if note is not None else ""
        return tag(
            "tr",
            tag("td", badge(severity)),
            tag("th", code(name), said, scope="row"),
            tag("td", f"{self.by_rule[rule]:,}", class_="number-cell"),
            tag("td", tag("ul", *places, class_="places")),
        )

    def _files(self) -> Iterator[Markup]:
        present = [severity for severity in SEVERITIES if self.tally.severities[severity]]
        anchors = {file: f"file-{number}" for number, file, _, _ in reversed(self.sections)}
        rows = []
        for file, counts in self.by_file.items():
            name = code(file)
            numbers = [f"{counts[one]:,}" if counts[one] else "\u2013" for one in present]
            cells = [tag("td", number, class_="number-cell") for number in numbers]
            link = tag("a", name, href=f"#{anchors[file]}") if file in anchors else name
            total = tag("td", tag("strong", f"{counts.total():,}"), class_="number-cell")
            rows.append(tag("tr", tag("th", link, scope="row"), *cells, total))
        head = _head("File", *[f"#{severity.replace('-', ' ').capitalize()}" for severity in present], "#All")
        yield _section("files", "By file", _scroll("Findings by file", tag("table", head, tag("tbody", *rows))))
        if self.tally.with_findings > len(self.by_file):
            yield more(f"{count_of(self.tally.with_findings - len(self.by_file), 'more file')} with findings are")

    def _findings(self) -> Iterator[Markup]:
        yield tag("h2", "Findings", id="findings")
        hidden = self.tally.findings - self.shown.total()
        if hidden:
            kinds = [
                count_of(self.tally.severities[one] - self.shown[one], one.replace("-", " "))
                for one in SEVERITIES
                if self.tally.severities[one] > self.shown[one]
            ]
            yield more(f"{hidden:,} of {self.tally.findings:,} findings ({', '.join(kinds)}) are")
        for number, file, articles, left in self.sections:
            yield Markup(f'<section aria-labelledby="file-{number}">\n')
            yield tag(
                "h3",
                code(file),
                " ",
                tag("span", count_of(len(articles) + left, "finding"), class_="count"),
                id=f"file-{number}",
            )
            for article in articles:
                yield Markup(f"\n{article}")
            if left:
                yield more(f"{count_of(left, 'more finding')} of this file are")
            yield Markup("\n</section>\n")

    def _not_checked(self) -> Iterator[Markup]:
        if not self.tally.not_checked:
            return
        table = tag("table", _head("Place", "Belongs to", "Why"), tag("tbody", *self.not_checked_rows))
        yield _section("not-checked", "Policies that could not be looked at", _scroll("Policies not looked at", table))
        left = self.tally.not_checked - len(self.not_checked_rows)
        if left:
            yield more(f"{count_of(left, 'more document')} that could not be looked at are")

    def _suppressed(self) -> Iterator[Markup]:
        if not self.suppressed:
            return
        head = _head("Place", "Severity", "Rule", "By", "Reason")
        table = _scroll("Suppressed findings", tag("table", head, tag("tbody", *self.suppressed_rows)))
        yield _section("suppressed", "Suppressed: findings that do not count", table)
        if self.suppressed > len(self.suppressed_rows):
            yield more(f"{count_of(self.suppressed - len(self.suppressed_rows), 'more suppressed finding')} are")


def _noun(severity: Severity, number: int) -> str:
    return count_of(number, severity.replace("-", " ")).partition(" ")[2]


def _head(*titles: str) -> Markup:
    cells = [
        tag("th", one.lstrip("#"), scope="col", class_="number-cell" if one.startswith("#") else None) for one in titles
    ]
    return tag("thead", tag("tr", *cells))


def _scroll(label: str, table: Markup) -> Markup:
    return tag("div", table, class_="scroll", role="region", aria_label=label, tabindex="0")


def _section(anchor: str, title: str, content: Markup) -> Markup:
    return Markup(f"{tag('h2', title, id=anchor)}\n{content}\n")

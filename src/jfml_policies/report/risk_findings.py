"""Risks as findings, for the formats that know files, places and rules: GitHub's, SARIF, GitLab's, JUnit's.

A group of escalation paths is one finding on the first statement that grants it; exposure is one for each class of
actions, and a policy that lets in strangers one for each statement that does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jfml_policies.findings import Finding, Related
from jfml_policies.privilege.exposed_actions import EXPOSURES
from jfml_policies.record import replace
from jfml_policies.report.interface import FileReport, RuleNote
from jfml_policies.report.region_words import first_few, one_line_region, request_text
from jfml_policies.report.risk import Source, blocks, heading, place_text, remedy

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jfml_policies.privilege.holdings import Place
    from jfml_policies.report.risk import Block, RiskReport

__all__ = ["RISK_RULES", "risk_file_reports"]

_FEW: Final = 4

#: The rules of these findings.
RISK_RULES: Final = (
    RuleNote(
        "ESCALATION_PATH",
        "escalation-path",
        "security-warning",
        "The principal can widen its own permissions.",
        "The principal can widen its own permissions: every permission that the path takes is granted. Its limits are "
        "no limits.\n\nThe message names a remedy; `jfml-policies risks` tells every path with a request as proof.",
        family="privilege",
        security=8.8,
    ),
    RuleNote(
        "POTENTIAL_ESCALATION_PATH",
        "potential-escalation-path",
        "warning",
        "The principal may be able to widen its own permissions.",
        "Whether the principal can widen its own permissions depends on what the policies do not tell; the message "
        "says on what.\n\nThe message names a remedy.",
        confidence="medium",
        family="privilege",
        security=5.5,
    ),
    RuleNote(
        "PUBLIC_ACCESS",
        "public-access",
        "security-warning",
        "A policy lets in others than those whom it names or pins.",
        "A policy of a resource or role lets in others than those whom it names or pins.\n\nName who may come in, or "
        "pin the account or organization in a condition.",
        family="access",
        security=9.1,
    ),
    RuleNote(
        "UNKNOWN_PUBLIC_ACCESS",
        "unknown-public-access",
        "warning",
        "It is not known whether a policy lets in strangers.",
        "It is not known whether a policy of a resource or role lets in strangers; the message tells the reason.",
        family="access",
    ),
    RuleNote(
        "EXPOSURE",
        "exposure",
        "suggestion",
        "The principal gets at credentials, permissions, sharing or data.",
        "The principal gets at credentials, permissions, sharing or data. That may be its work; where it is not, leave "
        "the actions out.",
        family="privilege",
        security=3.5,
    ),
)

_Found = tuple[Source, Finding]


def risk_file_reports(report: RiskReport) -> Iterator[FileReport]:
    """The findings by document, in the documents' order; one without any is clean."""
    found: dict[Source, list[Finding]] = {source: [] for source in report.sources.values()}
    for source, finding in (*_paths(report), *_public(report), *_exposures(report)):
        found[source].append(finding)
    for source, findings in found.items():
        findings.sort(key=lambda one: one.span.start if one.span else -1)
        yield FileReport(source.file, source.text if findings else None, tuple(findings))


def _paths(report: RiskReport) -> Iterator[_Found]:
    for block in blocks(report):
        finding = Finding("ESCALATION_PATH", "security-warning", _path_message(block), hint=remedy(block))
        if block.state != "open":
            finding = replace(finding, code="POTENTIAL_ESCALATION_PATH", severity="warning")
        yield _placed(finding, block.answers[0].places, report)


def _path_message(block: Block) -> str:
    ids = first_few([answer.path.id for answer in block.answers], _FEW)
    verb = "can" if block.state == "open" else "may"
    reasons = "".join(f", but {reason}" for reason in block.answers[0].reasons[:_FEW])
    permissions = " and ".join(f"`{name}`" for name in block.answers[0].path.permissions)
    return f"the principal {verb} {heading(block)}: {ids}, for one by {permissions}{reasons}"


def _exposures(report: RiskReport) -> Iterator[_Found]:
    for one in report.exposures:
        where = "on any resource" if one.anywhere else "on some resources"
        when = "" if one.always else ", under a condition"
        message = f"the principal can {EXPOSURES[one.kind]} {where}{when}: {first_few(one.actions)}"
        yield _placed(Finding("EXPOSURE", "suggestion", message), one.places, report)


def _public(report: RiskReport) -> Iterator[_Found]:
    for public in report.public:
        policy = public.policy
        source = report.sources[id(policy)] if policy is not None else _source(public.file, report)
        spans = {one.path: one.span for one in policy.statements} if policy is not None else {}
        for region in public.outcome.regions:
            text = one_line_region(region, "granted", report.catalog_date)
            message = f"lets in strangers: {text}; for example {request_text(region.witness)}"
            span = spans.get(region.path)
            yield source, Finding("PUBLIC_ACCESS", "security-warning", message, region.path, span, sid=region.sid)
        for remark in public.outcome.unknown:
            message = f"whether it lets in strangers is not known: {remark.text}"
            span = spans.get(remark.path or ())
            yield source, Finding("UNKNOWN_PUBLIC_ACCESS", "warning", message, remark.path or (), span)


def _source(file: str, report: RiskReport) -> Source:
    return next(source for source in report.sources.values() if source.file == file)


def _placed(finding: Finding, places: Sequence[Place], report: RiskReport) -> _Found:
    """A finding on the first of its statements; the others of that file are related, those of others are named."""
    if not places:
        return next(iter(report.sources.values())), finding
    first = places[0]
    here = [one for one in places[1:] if one.policy is first.policy]
    elsewhere = [place_text(one, report) for one in places[1:] if one.policy is not first.policy]
    message = f"{finding.message}; also by {first_few(elsewhere, _FEW)}" if elsewhere else finding.message
    sid = first.statement.sid
    return report.sources[id(first.policy)], replace(
        finding,
        message=message,
        path=first.statement.path,
        span=first.statement.span,
        related=tuple([Related(one.statement.path, one.statement.span, "and this statement") for one in here]),
        sid=sid.value if sid else None,
    )

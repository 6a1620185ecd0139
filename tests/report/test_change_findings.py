from __future__ import annotations

import json
from collections.abc import Callable

from jfml_policies.diff.remarks import Remark
from jfml_policies.diff.sides import Side
from jfml_policies.findings import Span
from jfml_policies.report.answer import Answer, Piece
from jfml_policies.report.change_findings import CHANGE_RULES, file_reports
from jfml_policies.report.change_formats import change_renderer
from jfml_policies.report.change_github import render
from jfml_policies.report.interface import Settings

NEW = Side("new.json", "x" * 400)


def test_access_that_came_is_a_finding_on_its_statement(make_piece: Callable[..., Piece]) -> None:
    """New access is found where it is granted, with a request as proof; what went is none."""
    pieces = (make_piece(), make_piece("removed", file="old.json"))
    [report] = file_reports([Answer("diff", "incomparable", "new.json", "old.json", pieces=pieces, asked=(NEW,))])
    [finding] = report.findings

    assert ("new.json", "new-access", "security-warning") == (report.file, finding.rule, finding.severity)
    assert (("Statement", 0), pieces[0].span, "Read") == (finding.path, finding.span, finding.sid)
    assert finding.message == (
        "newly allowed: s3:GetObject, s3:PutObject (1 Read, 1 Write) on arn:aws:s3:::b/*; "
        "for example s3:GetObject on arn:aws:s3:::b/k"
    )


def test_a_lifted_deny_has_no_line_in_the_new_document(make_piece: Callable[..., Piece]) -> None:
    """The Deny stood in the old document, so that the finding is on the new one as a whole and names the old."""
    answer = Answer("diff", "equivalent", "new.json", "old.json", pieces=(make_piece("undenied", file="old.json"),))
    [report] = file_reports([answer])
    [finding] = report.findings

    assert ("new.json", "no-longer-denied", None) == (report.file, finding.rule, finding.span)
    assert finding.message.endswith("; told by old.json")


def test_what_is_said_of_a_policy_in_a_template_stands_where_it_begins(make_piece: Callable[..., Piece]) -> None:
    """A file with many policies has its first line for none of them."""
    side = Side("t.yaml: P", "a\nbc", "t.yaml", "P", 2)
    piece = make_piece("undenied", file="old.yaml: P")
    answer = Answer(
        "diff", "unknown", side.name, "old.yaml: P", pieces=(piece,), unknown=(Remark("too many"),), asked=(side,)
    )
    [report] = file_reports([answer])

    assert [("no-longer-denied", Span(2, 3)), ("unknown-access", Span(2, 3))] == [
        (one.rule, one.span) for one in report.findings
    ]
    assert all(",line=2,endLine=2," in line for line in render([answer], Settings()))


def test_doubt_is_a_finding_and_a_clean_document_has_none() -> None:
    """A reason why the answer is not complete must not be passed over; its place is told where it has one here."""
    remark = Remark("no `number`", "invalid", NEW, ("Statement", 0), Span(2, 3))
    answers = [
        Answer("diff", "unknown", "new.json", "old.json", unknown=(remark, Remark("too many")), asked=(NEW,)),
        Answer("diff", "equivalent", "b.json", "HEAD:b.json"),
    ]
    first, second = file_reports(answers)

    assert [("unknown: too many", None), ("unknown (invalid): no `number`", Span(2, 3))] == [
        (one.message, one.span) for one in first.findings
    ]
    assert ("b.json", ()) == (second.file, second.findings)


def test_each_of_several_documents_has_its_report(make_piece: Callable[..., Piece]) -> None:
    """`needs` looks at several policies: excess is on the one that grants it, shortage on the first."""
    pieces = (make_piece("excess", file="b.json")._replace(remedy="narrow it"), make_piece("shortage", file="need"))
    asked = (Side("a.json", None), Side("b.json", "text"))
    first, second = file_reports([Answer("needs", "fail", "a.json, b.json", "need", pieces=pieces, asked=asked)])

    assert [("a.json", "shortage", "error")] == [(first.file, one.rule, one.severity) for one in first.findings]
    assert [("b.json", "excess", "narrow it")] == [(second.file, one.rule, one.hint) for one in second.findings]


def test_a_template_is_one_file_whose_resources_are_named(make_piece: Callable[..., Piece]) -> None:
    """The file is what a reader can open, and the resource stands beside it."""
    side = Side("t.yaml: Role.Reader", "text", "t.yaml", "Role.Reader")
    [report] = file_reports(
        [Answer("diff", "wider", side.name, "o", pieces=(make_piece(file=side.name),), asked=(side,))]
    )

    assert [("t.yaml", "Role.Reader")] == [(report.file, one.resource) for one in report.findings]


def test_every_rule_is_described(answers: list[Answer], make_piece: Callable[..., Piece]) -> None:
    """Whatever an answer finds, its rule is told in the log."""
    effects = ("added", "undenied", "granted", "excess", "shortage")
    every = [*answers, Answer("diff", "wider", "new.json", "o", pieces=tuple(make_piece(one) for one in effects))]
    found = {finding.code for report in file_reports(every) for finding in report.findings}

    assert {rule.code for rule in CHANGE_RULES} == found
    run = json.loads("".join(change_renderer("sarif")(every, Settings(verb="diff"))))["runs"][0]
    assert all("ruleIndex" in result for result in run["results"])
    assert "jfml-policies/diff/" == run["automationDetails"]["id"]

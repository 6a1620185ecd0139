from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from jfml_policies.diff.outcome import Outcome
from jfml_policies.diff.remarks import Remark
from jfml_policies.policy.read import loads
from jfml_policies.privilege.escalation import escalation
from jfml_policies.privilege.exposure import exposures
from jfml_policies.privilege.holdings import Holdings
from jfml_policies.report.interface import Settings
from jfml_policies.report.risk import Public, RiskReport, Source
from jfml_policies.report.risk_html import render

Read = Callable[..., Any]
NASTY = "<b>\\u202e\\ud800&\\u0000"
SOME = """\
{"Version": "2012-10-17", "Statement": [
  {"Sid": "Run", "Effect": "Allow", "Action": ["iam:PassRole", "lambda:CreateFunction", "lambda:InvokeFunction"],
   "Resource": "*"},
  {"Sid": "%s", "Effect": "Allow", "Action": "iam:AttachUserPolicy", "Resource": "arn:aws:iam::1:user/%s"},
  {"Effect": "Allow", "Action": "iam:CreateAccessKey", "Resource": "*"},
  {"Effect": "Deny", "Action": "iam:CreateAccessKey", "Resource": "*"}
]}""" % (NASTY, NASTY)  # noqa: UP031 -- braces everywhere
EVERYTHING = '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}'


def report_of(text: str, **more: Any) -> RiskReport:
    policy = loads(text)
    holdings = Holdings([policy])
    sources = {id(policy): Source("dir/<i>.json", text)}
    # The report knows the policy by its id alone, so it must live as long.
    report = RiskReport(sources, escalation(holdings), exposures(holdings), (), "2026-03-01", **more)
    _KEPT.append(policy)
    return report


_KEPT: list[object] = []


@pytest.fixture(scope="module")
def some() -> RiskReport:
    return report_of(SOME)


def test_paths_are_told_with_their_grounds(read_page: Read, some: RiskReport) -> None:
    """State, what the principal can do, the permissions, the statements' lines, a request, and what closes it."""
    page = read_page(render(some, Settings(version="1.2")))

    for part in (
        "open The principal can hand a role to a service and act through it",
        "lambda-001: run a new function with the role",
        "iam:PassRole + lambda:CreateFunction",
        "Granted by dir/<i>.json:2 · Statement[0] · Sid Run",
        "For example",
        "To close",
        "jfml-policies 1.2 · ",
        "catalogue of 2026-03-01",
    ):
        assert part in page.text


def test_closed_paths_are_listed(read_page: Read, some: RiskReport) -> None:
    """Those whose permissions are named, with what denies them."""
    page = read_page(render(some, Settings()))

    assert "Closed paths" in page.text
    assert "dir/<i>.json:6" in page.text


def test_exposure_and_public_documents(read_page: Read) -> None:
    """What lies open, and which other documents let in strangers."""
    public = (
        Public("a<b>.json", Outcome()),
        Public("c.json", Outcome(unknown=(Remark("too `large`"),))),
    )
    page = read_page(render(report_of(EVERYTHING, public=public), Settings()))

    assert "The principal can get credentials on any resource" in page.text
    assert "a<b>.json not public" in page.text
    assert "Unknowntoo large" in page.text


def test_an_administrators_page_is_of_bearable_size(read_page: Read) -> None:
    """Every path is open; they stand together, most of them folded."""
    pieces = list(render(report_of(EVERYTHING), Settings()))
    page = read_page(pieces)

    assert "more paths" in page.text
    assert sum(map(len, pieces)) < 200_000


def test_nothing_to_tell(read_page: Read) -> None:
    """A harmless policy makes a short page."""
    page = read_page(render(RiskReport({}, (), (), ("a `note`",), "2026-03-01"), Settings()))

    assert "closed No escalation path is open" in page.text
    assert "Note: a note" in page.text

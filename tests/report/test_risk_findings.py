from __future__ import annotations

import json

from jfml_policies.diff.public_access import no_public_access
from jfml_policies.policy.read import loads
from jfml_policies.privilege.escalation import escalation
from jfml_policies.privilege.exposure import exposures
from jfml_policies.privilege.holdings import Holdings
from jfml_policies.report.interface import Settings
from jfml_policies.report.risk import Public, RiskReport, Source
from jfml_policies.report.risk_findings import RISK_RULES, risk_file_reports
from jfml_policies.report.risk_formats import risk_renderer

RUN = """\
{"Version": "2012-10-17", "Statement": [
  {"Sid": "Run", "Effect": "Allow", "Action": ["lambda:CreateFunction", "lambda:InvokeFunction"], "Resource": "*"},
  {"Sid": "Get", "Effect": "Allow", "Action": "iam:CreateAccessKey", "Resource": "*"}]}
"""
PASSING = """\
{"Version": "2012-10-17", "Statement": [
  {"Sid": "Pass", "Effect": "Allow", "Action": "iam:PassRole", "Resource": "arn:aws:iam::111122223333:role/*"}]}
"""
BUCKET = """\
{"Version": "2012-10-17", "Statement": [
  {"Sid": "All", "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}]}
"""


#: The report knows policies by their ids, so that they must live as long.
KEPT: list[object] = []


def report() -> RiskReport:
    run, passing, bucket = [loads(text) for text in (RUN, PASSING, BUCKET)]
    sources = {
        id(run): Source("run.json", RUN),
        id(passing): Source("pass.json", PASSING),
        id(bucket): Source("bucket.json", BUCKET),
    }
    holdings = Holdings([run, passing])
    public = (Public("bucket.json", no_public_access(bucket), bucket),)
    made = RiskReport(sources, escalation(holdings), exposures(holdings), (), "2026-03-01", public)
    KEPT.extend((run, passing, bucket))
    return made


def test_paths_exposure_and_strangers_are_findings_on_their_statements() -> None:
    """Each stands on the first statement that grants it, and names those of other files."""
    found = {
        one.file: [(finding.rule, finding.severity, finding.sid) for finding in one.findings]
        for one in risk_file_reports(report())
    }

    assert {
        "run.json": [("escalation-path", "security-warning", "Get"), ("exposure", "suggestion", "Get")],
        "pass.json": [("escalation-path", "security-warning", "Pass")],
        "bucket.json": [("public-access", "security-warning", "All")],
    } == found


def test_a_path_names_its_remedy_and_its_other_statements() -> None:
    """The message says what the principal can do, by which permissions, and where else they are granted."""
    [path] = [one for file in risk_file_reports(report()) for one in file.findings if one.sid == "Pass"]

    assert path.message == (
        "the principal can hand a role to a service and act through it: lambda-001, for one by `iam:PassRole` and "
        "`lambda:CreateFunction` and `lambda:InvokeFunction`; also by run.json:2 (Statement[0], Sid `Run`)"
    )
    assert path.hint is not None
    assert path.span is not None
    assert '"Pass"' in PASSING[path.span.start : path.span.end]


def test_every_format_describes_the_same() -> None:
    """SARIF knows the rules, and each other format has the findings."""
    texts = {
        name: "".join(risk_renderer(name)(report(), Settings())) for name in ("sarif", "github", "gitlab", "junit")
    }
    run = json.loads(texts["sarif"])["runs"][0]

    assert [rule.name for rule in RISK_RULES] == [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert all("ruleIndex" in result for result in run["results"])
    for name in ("escalation-path", "public-access", "exposure"):
        assert all(name in text for text in texts.values())

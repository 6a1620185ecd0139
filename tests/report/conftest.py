"""One policy and its findings, for every renderer."""

from __future__ import annotations

import pytest

from jfml_policies.findings import Edit, Finding, Fix, Related, Span
from jfml_policies.report.interface import FileReport

POLICY = """\
{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "Read",
      "Effect": "Allow",
      "Action": ["s3:GetObjct", "s3:PutObject"],
      "Resource": "*"
    }
  ]
}
"""


def span_of(piece: str) -> Span:
    start = POLICY.index(piece)
    return Span(start, start + len(piece))


@pytest.fixture
def finding() -> Finding:
    return Finding(
        code="INVALID_ACTION",
        severity="error",
        message="`s3:GetObjct` is not an action of s3",
        path=("Statement", 0, "Action", 0),
        span=span_of('"s3:GetObjct"'),
        hint="did you mean `s3:GetObject`?",
        fix=Fix("replace `s3:GetObjct` by `s3:GetObject`", (Edit(span_of("s3:GetObjct"), "s3:GetObject"),), safe=True),
        related=(Related(("Statement", 0, "Resource"), span_of('"*"'), "on this resource"),),
        sid="Read",
    )


@pytest.fixture
def statement_finding() -> Finding:
    start = POLICY.index("    {") + 4
    return Finding(
        code="BROAD_STATEMENT",
        severity="security-warning",
        message="everybody may write",
        path=("Statement", 0),
        span=Span(start, POLICY.index("    }") + 5),
        sid="Read",
    )


@pytest.fixture
def reports(finding: Finding, statement_finding: Finding) -> list[FileReport]:
    """A file with two findings, a clean one, and one that could not be read."""
    return [
        FileReport("a.json", POLICY, (statement_finding, finding)),
        FileReport("b.json"),
        FileReport("c.json", problem="no such file"),
    ]


@pytest.fixture
def hostile() -> FileReport:
    """Escape sequences, direction overrides, line ends, lone surrogates and markup wherever text may stand."""
    nasty = "\x1b[31m\u202e\r\n::error::x\u2028\ud800`|</td>@team[a](b)"
    text = f'{{"{nasty}": 1}}'
    finding = Finding(
        code="HOSTILE",
        severity="warning",
        message=f"`{nasty}` is odd",
        path=(nasty,),
        span=Span(1, len(text) - 4),
        hint=f"not {nasty}",
        fix=Fix(f"drop {nasty}", (Edit(Span(1, 3), nasty),)),
        related=(Related((), Span(0, 5), nasty),),
        sid=nasty,
    )
    return FileReport(f"dir/{nasty}.json", text, (finding,))

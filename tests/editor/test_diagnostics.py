from __future__ import annotations

from jfml_policies.editor.diagnostics import findings_of
from jfml_policies.editor.limits import MAX_FINDINGS
from jfml_policies.linter import lint

BROKEN = '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObjct", "Resource": "*"}]}'


def test_findings_are_those_of_check() -> None:
    """An editor shows what `check` finds."""
    assert list(findings_of(BROKEN, "a.json")) == lint(BROKEN)


def test_other_json_is_left_alone() -> None:
    """A file that holds no policy has no findings, broken or not; a broken policy has one."""
    assert findings_of('{"name": "x"}', "package.json") == ()
    assert findings_of('{"name": ', "package.json") == ()
    assert findings_of("", "a.json") == ()
    assert [found.rule for found in findings_of(BROKEN[:-1], "a.json")] == ["json-syntax-error"]


def test_dates_need_a_day() -> None:
    """A date is past only when the day is said."""
    text = BROKEN.replace("GetObjct", "GetObject").replace(
        '"Resource"', '"Condition": {"DateLessThan": {"aws:CurrentTime": "2020-01-01T00:00:00Z"}}, "Resource"'
    )

    assert "expired-date-condition" not in [found.rule for found in findings_of(text, "a.json")]
    assert "expired-date-condition" in [found.rule for found in findings_of(text, "a.json", today="2026-11-29")]


def test_hostile_documents_are_bounded() -> None:
    """Deep nesting, very long texts and very many faults give little or nothing."""
    assert findings_of("[" * 1_000_000, "a.json") == ()
    assert findings_of(BROKEN + " " * 5_000_000, "a.json") == ()
    actions = ", ".join(f'"s3:Nothing{number}"' for number in range(2 * MAX_FINDINGS))
    assert len(findings_of(BROKEN.replace('"s3:GetObjct"', f"[{actions}]"), "a.json")) <= MAX_FINDINGS


def test_policies_in_templates_are_looked_at() -> None:
    """And other YAML is not."""
    template = """Resources:
  P:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Version: '2012-10-17'
        Statement: [{Effect: Allow, Action: s3:GetObjct, Resource: !Ref B}]
"""

    assert ["invalid-action"] == [one.rule for one in findings_of(template, "t.yaml")]
    assert () == findings_of("kind: List\nStatement: x\n", "k8s.yaml")

"""The check of built documents."""

from __future__ import annotations

import importlib

import pytest

from jfml_policies.build.selfcheck import check_built, check_trust_size
from jfml_policies.build.statements import Statement, document
from jfml_policies.errors import ParameterError, PolicyError
from jfml_policies.findings import Finding, Severity


def finding(severity: Severity) -> Finding:
    return Finding("SAMPLE_CODE", severity, "something is `odd`")


@pytest.mark.parametrize(
    ("severities", "lines"),
    [
        ([], ()),
        (["suggestion"], ()),
        (["warning", "suggestion"], ("something is `odd` (sample-code)",)),
        (["security-warning"], ("something is `odd` (sample-code)",)),
    ],
)
def test_findings_below_an_error_are_told_in_words(
    monkeypatch: pytest.MonkeyPatch, severities: list[Severity], lines: tuple[str, ...]
) -> None:
    """Warnings become lines that name the rule; suggestions are a matter of taste."""
    monkeypatch.setattr(
        importlib.import_module("jfml_policies.linter"),
        "lint",
        lambda document, kind: [finding(item) for item in severities],
    )

    assert lines == check_built(document([]), kind="identity", fault="yours")


def test_a_document_with_an_error_is_not_handed_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """The builder's own fault is told as such."""
    monkeypatch.setattr(
        importlib.import_module("jfml_policies.linter"),
        "lint",
        lambda document, kind: [finding("warning"), finding("error")],
    )

    with pytest.raises(PolicyError, match="the built trust policy fails its own check: sample-code") as caught:
        check_built(document([]), kind="trust", fault="yours")
    assert caught.value.hint == "yours"


def test_a_trust_policy_beyond_the_quota_is_refused() -> None:
    """The size is told, and what to shorten."""
    roles = tuple(f"arn:aws:iam::111122223333:role/reader-{number}" for number in range(50))
    long = document([Statement("Assume", ("sts:AssumeRole",), principal=roles)])

    with pytest.raises(ParameterError, match="more than the 2,048 that IAM allows") as caught:
        check_trust_size(long, remedy="name fewer roles")
    assert caught.value.hint == "name fewer roles"

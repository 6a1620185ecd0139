from __future__ import annotations

import re
from pathlib import Path

import pytest

from jfml_policies.linter.registry import all_rules
from jfml_policies.linter.retired_checks import RETIRED_CHECKS
from measure_parity import Agreement, Reasons, measure, page, read_reasons

PAGE = (Path(__file__).parents[2] / "docs" / "parity.md").read_text(encoding="utf-8")
CODES = [rule.code for rule in all_rules() if rule.origin == "aws"]


def test_every_check_of_aws_has_a_row() -> None:
    """The table of the page has each rule that AWS has, once, in order, and no other."""
    table = PAGE.split("## By check")[1]

    assert sorted(CODES) == re.findall(r"^\| `([A-Z0-9_]+)` \|", table, re.MULTILINE)
    assert f"all {len(CODES)} checks" in PAGE


def test_every_retired_check_is_named() -> None:
    """Who looks for a code that AWS had finds what became of it."""
    assert list(RETIRED_CHECKS) == re.findall(r"^- `([A-Z_]+)`: since \d", PAGE, re.MULTILINE)


def test_reasons_are_about_checks_that_exist() -> None:
    """No reason outlives its rule, and each that is shown stands on the page as it is written."""
    for section, reasons in read_reasons().items():
        for code, reason in reasons.items():
            assert code in CODES, section
            assert reason in PAGE, code


def test_what_is_quieter_stands_on_the_rules_pages() -> None:
    """A deliberate silence is told on the rule's own page, too, or at least that something is not reported."""
    pages = {rule.code: rule.page() for rule in all_rules()}
    words = re.compile(r"not (?:judged|reported|looked at)|[Oo]nly|is fine|are fine|left out")

    for code in read_reasons()["quieter"]:
        assert words.search(pages[code]), code


STATEMENT = {"Effect": "Allow", "Action": "s3:GetObjct", "Resource": "*"}
DOCUMENT = {"Version": "2012-10-17", "Statement": STATEMENT}
FINDING = {"code": "INVALID_ACTION", "path": ["Statement", "Action"]}


def test_documents_are_counted_by_side() -> None:
    """A finding counts for the side that has it, and its place is compared, too."""
    agreement = measure(
        [
            {"document": DOCUMENT, "findings": [FINDING]},
            {"document": DOCUMENT, "expect": [{**FINDING, "path": ["Statement"]}], "policy_type": "identity"},
            {"document": DOCUMENT, "findings": [{"code": "REDUNDANT_ACTION", "path": []}]},
            {"document": DOCUMENT, "findings": [], "uncertain": True},
        ]
    )

    assert (3, 2, 3, 1) == (
        agreement.documents,
        agreement.same_codes,
        agreement.findings,
        agreement.same_places,
    )
    assert {"INVALID_ACTION": 2, "REDUNDANT_ACTION": 1} == agreement.theirs
    assert {"INVALID_ACTION": 3} == agreement.ours
    assert {"INVALID_ACTION": 2} == agreement.both


def test_a_difference_needs_a_reason_and_a_reason_a_difference() -> None:
    """The page can't be written while somebody has not read a difference, or a reason is out of date."""
    same = measure([{"document": DOCUMENT, "findings": [FINDING]}])
    other = measure([{"document": DOCUMENT, "findings": []}])
    reasons: Reasons = {"present": {}, "earlier": {}, "catalogue": {}, "quieter": {}}

    assert "None was measured." in page(Agreement(), same, same, reasons)
    with pytest.raises(ValueError, match="INVALID_ACTION"):
        page(Agreement(), other, same, reasons)
    with pytest.raises(ValueError, match="INVALID_ACTION"):
        page(Agreement(), same, same, {**reasons, "present": {"INVALID_ACTION": "no more"}})
    assert "- `INVALID_ACTION`: so it is" in page(
        Agreement(), other, same, {**reasons, "present": {"INVALID_ACTION": "so it is"}}
    )

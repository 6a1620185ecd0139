from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jfml_policies.errors import UsageError
from jfml_policies.linter import lint
from jfml_policies.linter.day import check_day

EXPIRED = """{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*",
    "Condition": {"DateLessThan": {"aws:CurrentTime": "2020-01-01T00:00:00Z"}}}}"""


def is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def accepts(text: str) -> bool:
    try:
        return check_day(text) == text
    except UsageError:
        return False


@given(
    st.one_of(
        st.dates().map(str),
        st.from_regex(r"\A(19|20)[0-9]{2}-[01][0-9]-[0-3][0-9]\Z"),
        st.text(alphabet="0123456789-T:Z ", max_size=12),
    )
)
def test_days_are_those_of_the_calendar(text: str) -> None:
    """A text is a day exactly when the standard library's calendar has it, leap days included."""
    assert is_day(text) is accepts(text)


def test_only_who_says_the_day_hears_of_dates() -> None:
    """Without a day no date is past, and something that is no day is refused."""
    assert [] == lint(EXPIRED)
    assert ["EXPIRED_DATE_CONDITION"] == [finding.code for finding in lint(EXPIRED, today="2026-10-27")]
    with pytest.raises(UsageError, match="is not a day"):
        lint(EXPIRED, today="27/10/2026")

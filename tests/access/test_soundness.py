from __future__ import annotations

import re
from pathlib import Path

from jfml_policies.access import readings

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "soundness.md").read_text(encoding="utf-8")
PACKAGE = ROOT / "src" / "jfml_policies"


def test_the_page_names_files_that_are_there() -> None:
    """Each file that the page on soundness names is in the package, in the tests or in the scripts."""
    named = set(re.findall(r"`((?:[a-z_]+/)*[a-z_]+\.py)`", PAGE))
    places = [PACKAGE / "access", PACKAGE, ROOT, ROOT / "tests" / "access"]

    assert len(named) > 20
    assert set() == {name for name in named if not any((place / name).is_file() for place in places)}


def test_the_page_names_every_reading() -> None:
    """Each constant of `readings.py` has a row, and each row that names one names one that exists."""
    assert set(readings.__all__) == set(re.findall(r"`readings\.([A-Z_]+)`", PAGE))


def test_the_page_names_reasons_that_the_algebra_gives() -> None:
    """Each reason for "unknown" that the page quotes is a message in the code."""
    table = PAGE.partition("| reason |")[2].partition("\n\n")[0]
    quoted = [reason for reason in re.findall(r"`([^`]+)`", table) if " " in reason and "..." not in reason]
    code = "".join([file.read_text(encoding="utf-8") for file in (PACKAGE / "access").glob("*.py")])

    assert len(quoted) > 5
    assert [] == [reason for reason in quoted if reason not in code]


def test_readings_that_the_algebra_takes_for_granted() -> None:
    """The evaluator would follow another reading of these, and the algebra would not: change both."""
    assert (True, False, True, True, True, False) == (
        readings.EMPTY_TEXT_IS_PRESENT,
        readings.PLAIN_OPERATOR_ON_SEVERAL_VALUES,
        readings.NULL_TAKES_SET_OPERATORS,
        readings.BOOL_VALUES_TAKE_VARIABLES,
        readings.VARIABLE_OF_SEVERAL_VALUES_IS_ABSENT,
        readings.RESOURCE_FIELDS_IGNORE_CASE,
    )

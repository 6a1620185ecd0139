"""The day by which dates in policies count as past. A rule has no clock, so whoever lints says it."""

from __future__ import annotations

from typing import Final

from jfml_policies.errors import UsageError

__all__ = ["check_day"]

_MONTH_DAYS: Final = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def check_day(text: str) -> str:
    """The text, when it is a day such as `2026-10-27`.

    Raises:
        UsageError: it is none.

    >>> check_day("2028-02-29")
    '2028-02-29'
    """
    year, month, day = text[:4], text[5:7], text[8:]
    digits = year + month + day
    if len(text) == 10 and text[4] == text[7] == "-" and digits.isascii() and digits.isdigit():
        is_leap = int(year) % 4 == 0 and (int(year) % 100 != 0 or int(year) % 400 == 0)
        if 1 <= int(month) <= 12:
            last = 29 if is_leap and month == "02" else _MONTH_DAYS[int(month) - 1]
            if 1 <= int(day) <= last:
                return text
    raise UsageError(f"`{text:.40}` is not a day", hint="write it as in 2026-10-27")

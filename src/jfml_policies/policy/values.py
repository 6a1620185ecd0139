"""What condition values mean: numbers, instants, booleans, networks. Every reader is bounded and never raises.

Sources: IAM User Guide, "Condition operators"; W3C, "Date and Time Formats" (the ISO 8601 profile that IAM names).
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Final

from jfml_policies.record import record

__all__ = ["Network", "read_address", "read_boolean", "read_instant", "read_network", "read_number"]

_number = re.compile(r"[+-]?(?:[0-9]{1,60}(?:\.[0-9]{0,60})?|\.[0-9]{1,60})(?:[eE][+-]?[0-9]{1,3})?").fullmatch
_instant = re.compile(
    r"([0-9]{4})-([0-9]{2})(?:-([0-9]{2})(?:[Tt ]([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:\.([0-9]{1,12}))?)?"
    r"(Z|z|[+-][0-9]{2}:?[0-9]{2})?)?)?"
).fullmatch
_octet = re.compile(r"0|[1-9][0-9]{0,2}").fullmatch
_group = re.compile(r"[0-9a-fA-F]{1,4}").fullmatch

_BITS: Final = {4: 32, 6: 128}
_SECONDS_A_DAY: Final = 86_400
_MONTH_DAYS: Final = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@record
class Network:
    """A range of addresses of one version: `first` to `last`, both included."""

    version: int
    first: int
    last: int
    #: Whether the address was written without bits beyond the prefix.
    is_exact: bool = True


def read_number(text: str) -> Fraction | None:
    """The number, exactly; None when the text is none.

    >>> read_number("10.50") == read_number("10.5")
    True
    """
    return Fraction(text) if _number(text) else None


def read_boolean(text: str) -> bool | None:
    """True or False in any letter case; None when the text is neither.

    >>> read_boolean("True")
    True
    """
    return {"true": True, "false": False}.get(text.lower()) if len(text) < 6 else None


def read_instant(text: str) -> Fraction | None:
    """Seconds since 1970 of a date, a date with time, or epoch seconds; None when the text is none of them.

    A date alone is its midnight; a time without zone is UTC.

    >>> read_instant("1970-01-02T00:00:00Z"), read_instant("86400")
    (Fraction(86400, 1), Fraction(86400, 1))
    """
    match = _instant(text)
    if match is None:
        return read_number(text) if text.lstrip("+-")[:1].isdigit() and text.isascii() else None
    year, month, day = int(match[1]), int(match[2]), int(match[3] or 1)
    hour, minute, second = int(match[4] or 0), int(match[5] or 0), int(match[6] or 0)
    if not (1 <= month <= 12 and 1 <= day <= _days(year, month) and hour < 24 and minute < 60 and second < 60):
        return None
    seconds = Fraction(_day_number(year, month, day) * _SECONDS_A_DAY + hour * 3600 + minute * 60 + second)
    if match[7]:
        seconds += Fraction(int(match[7]), 10 ** len(match[7]))
    return seconds - _offset(match[8])


def read_network(text: str) -> Network | None:
    """The range of an address or CIDR block, IPv4 or IPv6; None when the text is neither.

    >>> read_network("10.0.0.1/8").is_exact
    False
    """
    written, slash, prefix = text.partition("/")
    found = read_address(written)
    if found is None:
        return None
    version, address = found
    bits = _BITS[version]
    length = bits
    if slash:
        if not (prefix.isascii() and prefix.isdigit() and len(prefix) <= 3 and int(prefix) <= bits):
            return None
        length = int(prefix)
    size = 1 << (bits - length)
    first = address - address % size
    return Network(version, first, first + size - 1, first == address)


def read_address(text: str) -> tuple[int, int] | None:
    """Version and number of an IP address; None when the text is none.

    >>> read_address("::1")
    (6, 1)
    """
    if ":" in text:
        number = _read_v6(text)
        return None if number is None else (6, number)
    octets = text.split(".", 4)
    if len(octets) != 4 or not all(_octet(octet) and int(octet) < 256 for octet in octets):
        return None
    number = 0
    for octet in octets:
        number = number * 256 + int(octet)
    return 4, number


def _read_v6(text: str) -> int | None:
    if len(text) > 45:
        return None
    head, gap, tail = text.partition("::")
    left, right = _groups(head), _groups(tail)
    if left is None or right is None or (not gap and len(left) != 8) or (gap and len(left) + len(right) > 7):
        return None
    number = 0
    for group in (*left, *[0] * (8 - len(left) - len(right)), *right):
        number = number * 65536 + group
    return number


def _groups(text: str) -> list[int] | None:
    """The 16-bit groups of a piece of an IPv6 address; its last two may be written as an IPv4 address."""
    if not text:
        return []
    groups: list[int] = []
    pieces = text.split(":")
    for place, piece in enumerate(pieces):
        if "." in piece and place == len(pieces) - 1:
            found = read_address(piece)
            if found is None or found[0] != 4:
                return None
            groups += divmod(found[1], 65536)
        elif _group(piece):
            groups.append(int(piece, 16))
        else:
            return None
    return groups


def _days(year: int, month: int) -> int:
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 29 if month == 2 and leap else _MONTH_DAYS[month - 1]


def _day_number(year: int, month: int, day: int) -> int:
    """Days since 1970-01-01 in the Gregorian calendar, also before it was in use."""
    shifted = year - (month <= 2)
    era, of_era = divmod(shifted, 400)
    of_year = (153 * (month + (-3 if month > 2 else 9)) + 2) // 5 + day - 1
    return era * 146_097 + of_era * 365 + of_era // 4 - of_era // 100 + of_year - 719_468


def _offset(zone: str | None) -> int:
    if zone is None or zone in "Zz":
        return 0
    sign = -1 if zone[0] == "-" else 1
    return sign * (int(zone[1:3]) * 3600 + int(zone[-2:]) * 60)

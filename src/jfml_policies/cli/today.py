"""The present day; the only place that asks the clock for it."""

from __future__ import annotations

__all__ = ["present_day"]


def present_day() -> str:
    """The day in UTC, as in `2026-10-27`."""
    from time import gmtime, strftime

    return strftime("%Y-%m-%d", gmtime())

"""What policies do to a check that nobody could look at, as those that only deployment knows."""

from __future__ import annotations

from typing import Final, Literal

__all__ = ["NOT_CHECKED", "NotCheckedAnswer"]

#: They are told and nothing else, or the check fails.
NotCheckedAnswer = Literal["note", "fail"]
#: All answers, the default first.
NOT_CHECKED: Final[tuple[NotCheckedAnswer, ...]] = ("note", "fail")

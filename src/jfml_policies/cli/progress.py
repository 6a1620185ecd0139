"""How far a long check is, for those who look on."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from jfml_policies.report.inert import inert
from jfml_policies.report.tally import count_of

if TYPE_CHECKING:
    from jfml_policies.cli.console import Console

__all__ = ["Progress"]

#: Nobody reads faster, and what is over sooner needs no words.
_PAUSE: Final = 0.1


class Progress:
    """A line that tells how many files were checked, and how many policies of a large one.

    Args:
        console: where to; it shows the line on a terminal only.
        files: how many files there are.
    """

    def __init__(self, console: Console, files: int) -> None:
        self._console = console
        self._files = files
        self._done = 0
        self._shown = time.monotonic()

    def file(self) -> None:
        """One file more was checked."""
        self._done += 1
        self._show("")

    def inside(self, name: str, policies: int) -> None:
        """So many policies of a file were checked."""
        self._show(f", {policies:,} of the policies in {inert(name)}")

    def _show(self, more: str) -> None:
        now = time.monotonic()
        if now - self._shown >= _PAUSE:
            self._shown = now
            self._console.progress(f"checked {self._done:,} of {count_of(self._files, 'file')}{more}")

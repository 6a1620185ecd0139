"""Standard output for results, standard error for talk; colour and progress only where a person looks on."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Final, Literal

from jfml_policies.errors import InputError
from jfml_policies.report.headline import one_line
from jfml_policies.report.style import Style

if TYPE_CHECKING:
    from typing import TextIO

__all__ = ["COLOR_CHOICES", "Color", "Console"]

Color = Literal["auto", "always", "never"]
COLOR_CHOICES: Final[tuple[Color, ...]] = ("auto", "always", "never")

#: Columns of text that goes to a file or a pipe, so that it does not depend on who runs the program.
_WIDTH: Final = 120
_NARROWEST: Final = 40


class Console:
    """The process's output streams.

    Text that the streams can't encode is written as escapes: no name and no policy can make printing fail.
    """

    __slots__ = ("_color", "_progress", "err", "out")

    def __init__(self, out: TextIO | None, err: TextIO | None) -> None:
        self.out = out
        self.err = err
        self._color: Color = "auto"
        self._progress = 0
        for stream in (out, err):
            reconfigure = getattr(stream, "reconfigure", None)
            if reconfigure is not None:
                # The same bytes on every platform.
                reconfigure(errors="backslashreplace", newline="\n")

    @classmethod
    def of_process(cls) -> Console:
        """The console of this process, as its streams stand now."""
        return cls(sys.stdout, sys.stderr)

    def use_color(self, choice: Color) -> None:
        """Sets when to colour."""
        self._color = choice

    @property
    def out_style(self) -> Style:
        """Colours for `write`."""
        return self._style(self.out)

    @property
    def err_style(self) -> Style:
        """Colours for `say`."""
        return self._style(self.err)

    @property
    def out_is_terminal(self) -> bool:
        """Whether a person reads standard output."""
        return self.out is not None and _is_terminal(self.out)

    @property
    def width(self) -> int:
        """Columns to fill: the terminal's, or a fixed number."""
        if self.out is None or not self.out_is_terminal:
            return _WIDTH
        try:
            return max(_NARROWEST, os.get_terminal_size(self.out.fileno()).columns)
        except (OSError, ValueError):
            return _WIDTH

    def write(self, text: str) -> None:
        """Writes a piece of the result.

        Raises:
            InputError: standard output is closed.
            OSError: it cannot be written to.
        """
        self._clear_progress()
        if self.out is None:
            raise InputError("standard output is closed")
        self.out.write(text)

    def say(self, text: str) -> None:
        """Tells the person something, on a line of its own; never fails."""
        self._clear_progress()
        self._to_err(text + "\n")

    def fail(self, message: str, hint: str | None = None) -> None:
        """Tells the person what went wrong and what to do about it."""
        style = self.err_style
        self.say(f"{style.paint('error', 'error')}: {one_line(message)}")
        if hint:
            self.say(f"  {style.paint('help', 'strong')}: {one_line(hint)}")

    def progress(self, text: str) -> None:
        """Shows how far the work is, on a terminal only; the next output replaces it."""
        if self.err is not None and _is_terminal(self.err):
            self._clear_progress()
            self._to_err(text)
            self._progress = len(text)

    def flush(self) -> None:
        """Hands over what was written.

        Raises:
            OSError: the reader is gone, or the disk is full.
        """
        self._clear_progress()
        if self.out is not None:
            self.out.flush()

    def abandon(self) -> None:
        """Gives up on standard output, so that the interpreter does not complain of it while it ends."""
        if self.out is None:
            return
        try:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, self.out.fileno())
            os.close(nowhere)
        except (OSError, ValueError):
            # Not a stream of the operating system: there is nothing to complain of.
            return

    def _style(self, stream: TextIO | None) -> Style:
        if self._color != "auto":
            return Style(color=self._color == "always")
        plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
        return Style(color=stream is not None and _is_terminal(stream) and not plain)

    def _clear_progress(self) -> None:
        if self._progress:
            self._to_err("\r" + " " * self._progress + "\r")
            self._progress = 0

    def _to_err(self, text: str) -> None:
        if self.err is None:
            return
        try:
            self.err.write(text)
            self.err.flush()
        except (OSError, ValueError):
            # Nobody listens; the exit code still tells.
            self.err = None


def _is_terminal(stream: TextIO) -> bool:
    try:
        return stream.isatty()
    except ValueError:
        return False

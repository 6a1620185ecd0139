"""Where reports go: to standard output or a file, and in other formats to further files."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, TypeVar

from jfml_policies._version import __version__
from jfml_policies.cli.parser import one_of
from jfml_policies.cli.writing import write_report
from jfml_policies.errors import InputError, UsageError
from jfml_policies.record import replace
from jfml_policies.report.formats import FOR_PROGRAMS
from jfml_policies.report.interface import Settings

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from jfml_policies.cli.console import Console
    from jfml_policies.cli.parser import Parser
    from jfml_policies.report.interface import RuleNote

__all__ = ["Outputs", "asked_formats", "output_options"]

_Said = TypeVar("_Said")


def output_options(parser: Parser, formats: Sequence[str]) -> None:
    """Adds the options that say in which formats to report, and where to; the first format is the default."""
    convert = one_of("output format", formats)
    parser.option(
        "--output-format",
        type=convert,
        default=formats[0],
        metavar="FORMAT",
        help=f"one of: {', '.join(formats)}",
    )
    parser.option("--output-file", metavar="FILE", help="write the report there instead of to standard output")

    def also(text: str) -> tuple[str, str]:
        name, _, file = text.partition("=")
        return convert(name), file

    parser.option(
        "--also",
        action="append",
        type=also,
        default=[],
        metavar="FORMAT=FILE",
        help="write a report in another format, too, as in sarif=out.sarif; may be repeated",
    )


def asked_formats(options: Namespace) -> frozenset[str]:
    """All formats that the options of `output_options` ask for."""
    return frozenset({options.output_format, *(name for name, _ in options.also)})


class Outputs:
    """Where the reports of one run go, whatever is reported.

    Attributes:
        writes_main: whether the report that standard output would get goes to a file.
    """

    def __init__(self, options: Namespace, console: Console, *, verb: str, inputs: Iterable[str] = ()) -> None:
        """Takes the options of `output_options`, before the work.

        Args:
            options: the options.
            console: what standard output is.
            verb: which question is asked.
            inputs: the files that are read.

        Raises:
            UsageError: a file is missing, named twice, or read.
            InputError: a file can't be written where it is to be.
        """
        self._console = console
        self._main: str = options.output_format
        self._file: str | None = options.output_file
        self._also: list[tuple[str, str]] = options.also
        self._files = [*([] if self._file is None else [self._file]), *(file for _, file in self._also)]
        self.writes_main = self._file is not None
        plain = Settings(version=__version__, root=_working_folder(), verb=verb)
        self._plain = plain
        self._settings = plain if self.writes_main else replace(plain, style=console.out_style, width=console.width)
        _check_files(self._files)
        self.refuse(inputs)

    def refuse(self, inputs: Iterable[str]) -> None:
        """Makes sure that no report takes the place of what is read.

        Raises:
            UsageError: one would.
        """
        read = {os.path.realpath(path) for path in inputs} if self._files else set()
        for file in self._files:
            if os.path.realpath(file) in read:
                raise UsageError(f"`{file}` is read, so that no report may be written there")

    def deliver(
        self,
        renderer: Callable[[str], Callable[[Iterable[_Said], Settings], Iterator[str]]],
        said: Iterable[_Said],
        *,
        is_told: Callable[[_Said], bool] = lambda _: True,
        is_shown: Callable[[], bool] = lambda: True,
        rules: Callable[[], Iterable[RuleNote]] = tuple,
        skipped: Callable[[], int] = int,
    ) -> None:
        """Renders what there is to say in every format, and writes it.

        Args:
            renderer: gives the renderer of a format.
            said: what a renderer takes; it is gone through once.
            is_told: what of it belongs into a report for people; programs get all.
            is_shown: whether what goes to standard output is wanted there; asked for every piece of it.
            rules: see `Settings`.
            skipped: likewise.

        Raises:
            InputError: a file can't be written, or standard output is closed.
        """
        extra: dict[str, Any] = {"rules": rules, "skipped": skipped}
        kept: list[_Said] = []
        coming = _keeping(said, kept) if self._also else said
        if self._main not in FOR_PROGRAMS:
            coming = filter(is_told, coming)
        pieces = renderer(self._main)(coming, replace(self._settings, **extra))
        if self._file is not None:
            write_report(self._file, pieces)
        else:
            for piece in pieces:
                if is_shown():
                    self._console.write(piece)
        plain = replace(self._plain, **extra)
        for name, file in self._also:
            write_report(file, renderer(name)(kept, plain))


def _working_folder() -> str:
    try:
        return os.getcwd().replace(os.sep, "/")
    except OSError:
        # It was deleted; what is named from elsewhere can be read all the same.
        return ""


def _keeping(said: Iterable[_Said], kept: list[_Said]) -> Iterator[_Said]:
    for one in said:
        kept.append(one)
        yield one


def _check_files(files: list[str]) -> None:
    """Finds out before the work, rather than after it, what can't be written."""
    if "" in files:
        raise UsageError("the name of a file is missing", hint="as in --also sarif=out.sarif")
    seen: set[str] = set()
    for file in files:
        real = os.path.realpath(file)
        if real in seen:
            raise UsageError(f"two reports are to be written to `{file}`")
        seen.add(real)
        if os.path.isdir(real):
            raise InputError("is a directory", file=file)
        if not os.path.isdir(os.path.dirname(real)):
            raise InputError("cannot be written: there is no such folder", file=file)

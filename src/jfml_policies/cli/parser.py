"""Argument parsing that teaches: one clear line for a mistake, the nearest name beside it, examples in the help."""

from __future__ import annotations

import argparse
import os
from typing import TYPE_CHECKING, Any, Final, NoReturn

from jfml_policies.cli.console import COLOR_CHOICES
from jfml_policies.errors import UsageError
from jfml_policies.text.suggest import nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

__all__ = ["EXIT_CODES", "Parser", "comma_list", "one_of"]

PROGRAM: Final = "jfml-policies"
EXIT_CODES: Final = "exit codes: 0 done, 2 could not be done"
_NARROWEST: Final = 60
_WIDEST: Final = 100


class Parser(argparse.ArgumentParser):
    """The parser of one verb; mistakes are raised as `UsageError` instead of ending the process."""

    def __init__(
        self,
        verb: str,
        *,
        description: str,
        examples: Sequence[tuple[str, str]],
        ending: str,
        option_of_names: str | None = None,
    ) -> None:
        """Makes the parser of a verb.

        Args:
            verb: its name.
            description: what it does.
            examples: commands without the program's name, each with its meaning.
            ending: what its help ends with.
            option_of_names: for a verb that takes no bare names: the option that whoever gives one means.
        """
        shown = "\n".join(f"  {PROGRAM} {command}\n      {meaning}" for command, meaning in examples)
        super().__init__(
            prog=f"{PROGRAM} {verb}",
            description=description,
            epilog=f"examples:\n{shown}\n\n{ending}",
            formatter_class=_formatter,
            allow_abbrev=False,
        )
        self._verb = verb
        self._option_of_names = option_of_names
        self._spellings: list[str] = ["--help"]

    def option(self, *names: str, group: argparse._ActionsContainer | None = None, **settings: Any) -> None:
        """Adds an option, within a group or not; its spellings are offered to those who mistype it."""
        self._spellings += [name for name in names if name.startswith("--")]
        (group or self).add_argument(*names, **settings)

    def color_option(self) -> None:
        """Adds `--color`, which every verb has."""
        self.option(
            "--color",
            type=one_of("choice", COLOR_CHOICES),
            default="auto",
            metavar="WHEN",
            help="auto (default), always or never; auto heeds NO_COLOR",
        )

    def parse(self, arguments: Sequence[str]) -> argparse.Namespace:
        """The options in `arguments`.

        Raises:
            UsageError: they are wrong; the hint names the nearest option.
        """
        options, unknown = self.parse_known_args(list(arguments))
        for argument in unknown:
            if not argument.startswith("-"):
                hint = f"use {self._option_of_names} {argument}" if self._option_of_names else self._help_hint()
                raise UsageError(f"unexpected argument `{argument}`", hint=hint)
            name = argument.partition("=")[0]
            near = nearest(name, self._spellings)
            hint = f"did you mean `{near}`?" if near else self._help_hint()
            raise UsageError(f"`{PROGRAM} {self._verb}` has no option `{name}`", hint=hint)
        return options

    def error(self, message: str) -> NoReturn:
        """Raises what argparse would print."""
        raise UsageError(message.removeprefix("argument "), hint=self._help_hint())

    def _help_hint(self) -> str:
        return f"`{PROGRAM} {self._verb} --help` shows what it takes"


def one_of(noun: str, names: Collection[str]) -> Callable[[str], str]:
    """A converter for an option that takes one of some names."""

    def convert(text: str) -> str:
        if text in names:
            return text
        near = nearest(text, names)
        remedy = f"did you mean `{near}`?" if near else f"one of {', '.join(names)}"
        raise argparse.ArgumentTypeError(f"there is no {noun} `{text}`; {remedy}")

    return convert


def comma_list(text: str) -> list[str]:
    """A converter for an option that takes names with commas between them."""
    return [name for name in (part.strip() for part in text.split(",")) if name]


def _formatter(prog: str) -> argparse.HelpFormatter:
    # Given a width, argparse does not import `shutil` only to learn the terminal's.
    return argparse.RawDescriptionHelpFormatter(prog, max_help_position=30, width=_width())


def _width() -> int:
    columns = os.environ.get("COLUMNS", "")
    return min(_WIDEST, max(_NARROWEST, int(columns))) if columns.isdecimal() and len(columns) < 5 else _WIDEST

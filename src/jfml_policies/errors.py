"""Every error this library raises on purpose.

An error carries its data (place, expected, hint); its text is built from that.
Messages start in lower case, name the thing and the place, and hold no line break; the remedy is `hint`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = [
    "BudgetExceededError",
    "CatalogError",
    "ConfigurationError",
    "InputError",
    "JsonSyntaxError",
    "ParameterError",
    "PolicyError",
    "RuleError",
    "UndecidedError",
    "UsageError",
]


class PolicyError(Exception):
    """Base of every error of this library.

    Attributes:
        message: what is wrong, one line, without the place.
        hint: what to do about it, or None.
    """

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __reduce__(self) -> tuple[Callable[..., PolicyError], tuple[object, ...]]:
        # Errors of other processes arrive with all their data.
        return _restored, (type(self), self.args, vars(self).copy())


class UsageError(PolicyError):
    """The call makes no sense: an unknown kind, option or rule name."""


class InputError(PolicyError):
    """A document could not be read: missing, unreadable, not text, too large.

    Attributes:
        file: the file's name as it was given, or None.
    """

    def __init__(self, message: str, *, file: str | None = None, hint: str | None = None) -> None:
        super().__init__(message, hint=hint)
        self.file = file

    def __str__(self) -> str:
        return f"{self.file}: {self.message}" if self.file else self.message


class JsonSyntaxError(InputError, ValueError):
    """The text is not well-formed JSON.

    Attributes:
        offset: where reading stopped, in characters from the start of the text.
        line: the same place as a line number, 1-based.
        column: the same place as a column in characters, 1-based.
    """

    def __init__(
        self,
        message: str,
        *,
        offset: int,
        line: int,
        column: int,
        file: str | None = None,
        hint: str | None = None,
    ) -> None:
        super().__init__(message, file=file, hint=hint)
        self.offset = offset
        self.line = line
        self.column = column

    def __str__(self) -> str:
        place = f"line {self.line} column {self.column}"
        return f"{self.file}:{self.line}:{self.column}: {self.message}" if self.file else f"{place}: {self.message}"


class ParameterError(PolicyError, ValueError):
    """Parameters of a builder are wrong; all of them are listed.

    Attributes:
        problems: one line a problem, each naming its parameter.
    """

    def __init__(self, problems: tuple[str, ...], *, hint: str | None = None) -> None:
        super().__init__("; ".join(problems), hint=hint)
        self.problems = problems


class ConfigurationError(PolicyError, ValueError):
    """A configuration is wrong; all that is wrong with it is listed.

    Attributes:
        problems: one a problem, each with its message, hint, and place as `file`.
    """

    def __init__(self, problems: tuple[InputError, ...]) -> None:
        super().__init__("; ".join(map(str, problems)))
        self.problems = problems


class RuleError(PolicyError):
    """A rule that is not ours failed; the message names it."""


class CatalogError(PolicyError):
    """A catalogue file is missing, of another format, or damaged."""


class UndecidedError(PolicyError):
    """A question about the meaning of policies has no answer that could be proved; the message says why."""


class BudgetExceededError(UndecidedError):
    """A question was too large for its budget; the honest answer is "unknown"."""


def _restored(kind: type[PolicyError], arguments: tuple[Any, ...], data: dict[str, Any]) -> PolicyError:
    error = kind.__new__(kind, *arguments)
    vars(error).update(data)
    return error

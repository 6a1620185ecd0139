"""Policy variables: `${key}`, `${key, 'default'}` and the escapes `${*}`, `${?}`, `${$}` inside a pattern.

A text is cut into parts with their offsets; what is wrong with it is data beside the parts, so any text can be read.
A part may also be a `Token`: a value that only deployment knows (a template's reference), put there by whoever reads
templates. A token could be anything.

Sources: "IAM policy elements: Variables and tags" of the IAM user guide.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias, final

from jfml_policies.findings import Span
from jfml_policies.patterns.glob import Glob
from jfml_policies.patterns.tokens import ANY_ONE, ANY_RUN
from jfml_policies.patterns.tokens import Token as GlobToken
from jfml_policies.record import record

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = [
    "Escape",
    "Part",
    "PatternText",
    "Text",
    "Token",
    "Variable",
    "VariableProblem",
    "VariableProblemCode",
    "Wildcard",
    "parse_variables",
    "to_glob",
    "to_text",
]

VariableProblemCode = Literal["missing-brace", "missing-quote", "space-in-name", "empty", "text-after-default"]

_OPEN = "${"
_ESCAPED = "*?$"


@final
@record
class Text:
    """Literal characters."""

    text: str
    span: Span


@final
@record
class Wildcard:
    """`*` or `?`."""

    character: Literal["*", "?"]
    span: Span


@final
@record
class Variable:
    """A value of the request.

    Attributes:
        key: the condition key as written; keys are compared without regard to letter case.
        default: what stands in for an absent key, or None.
        span: from `$` to `}`.
    """

    key: str
    default: str | None
    span: Span


@final
@record
class Escape:
    """`${*}`, `${?}` or `${$}`: that character, literally."""

    character: Literal["*", "?", "$"]
    span: Span


@final
@record
class Token:
    """A value that only deployment knows; `label` is how the template writes it."""

    label: str
    span: Span


Part: TypeAlias = Text | Wildcard | Variable | Escape | Token


@final
@record
class VariableProblem:
    """What is wrong with a variable, and where.

    Attributes:
        code: `missing-brace` (`${` without `}`), `missing-quote` (a default without both its quotes),
            `space-in-name`, `empty` (`${}`), or `text-after-default`.
        span: the variable, from `$` to its end.
    """

    code: VariableProblemCode
    span: Span


@final
@record
class PatternText:
    """A text taken apart.

    Attributes:
        parts: in order and without gaps. A malformed variable is literal text.
        problems: in order of place.

    >>> read = parse_variables("home/${aws:username, 'guest'}/*")
    >>> read.variables[0].key, read.variables[0].default
    ('aws:username', 'guest')
    """

    parts: tuple[Part, ...]
    problems: tuple[VariableProblem, ...] = ()

    @property
    def variables(self) -> tuple[Variable, ...]:
        """The variables, in order."""
        return tuple(part for part in self.parts if isinstance(part, Variable))

    @property
    def has_tokens(self) -> bool:
        """True when some part is known only at deployment."""
        return any(isinstance(part, Token) for part in self.parts)

    def to_glob(self, values: Mapping[str, str | None] | None = None, *, fold_case: bool = False) -> Glob | None:
        """Return `to_glob(self.parts, values)`."""
        return to_glob(self.parts, values, fold_case=fold_case)


def parse_variables(text: str, *, enabled: bool = True) -> PatternText:
    """Return the parts of a pattern; never raises.

    Args:
        text: a Resource entry or a condition value.
        enabled: False for policies whose Version is not `2012-10-17`: there `${...}` is literal text.

    >>> [problem.code for problem in parse_variables("${aws:username/*").problems]
    ['missing-brace']
    """
    return _Reader(text).read(enabled=enabled)


def to_glob(
    parts: Sequence[Part], values: Mapping[str, str | None] | None = None, *, fold_case: bool = False
) -> Glob | None:
    """Return the glob that the parts mean for a request, or None when a missing value makes it match nothing.

    Substituted values, and defaults, are literal: wildcards in them are not active. A token becomes `*`.

    Args:
        parts: as in `PatternText.parts`.
        values: the request's values by key in lower case; a key that is missing or None is absent from the request.
            Without `values` nothing is known about the request, and each variable becomes `*` too.
        fold_case: whether the glob ignores letter case.

    >>> str(to_glob(parse_variables("home/${aws:username}/*").parts, {"aws:username": "ann"}))
    'home/ann/*'
    """
    tokens: list[GlobToken] = []
    for part in parts:
        if isinstance(part, Text):
            tokens += part.text
        elif isinstance(part, Wildcard):
            tokens.append(ANY_RUN if part.character == "*" else ANY_ONE)
        elif isinstance(part, Escape):
            tokens.append(part.character)
        elif isinstance(part, Token) or values is None:
            tokens.append(ANY_RUN)
        else:
            value = _value(part, values)
            if value is None:
                return None
            tokens += value
    return Glob(tuple(tokens), fold_case)


def to_text(parts: Sequence[Part], values: Mapping[str, str | None]) -> str | None:
    """Return the text that the parts mean under an operator without wildcards, as `StringEquals`, or None.

    None stands for a value that is absent from the request or known only at deployment.

    >>> to_text(parse_variables("${aws:username}-${*}*").parts, {"aws:username": "ann"})
    'ann-**'
    """
    pieces: list[str] = []
    for part in parts:
        if isinstance(part, Text):
            pieces.append(part.text)
        elif isinstance(part, Token):
            return None
        elif isinstance(part, Variable):
            value = _value(part, values)
            if value is None:
                return None
            pieces.append(value)
        else:
            pieces.append(part.character)
    return "".join(pieces)


def _value(variable: Variable, values: Mapping[str, str | None]) -> str | None:
    value = values.get(variable.key.lower())
    return variable.default if value is None else value


class _Reader:
    """Reads one text from left to right; every search goes forward only, so the whole is linear."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.parts: list[Part] = []
        self.problems: list[VariableProblem] = []
        self.literal_from = 0
        self.found: dict[str, int] = {}

    def read(self, *, enabled: bool) -> PatternText:
        place = 0
        while place < len(self.text):
            character = self.text[place]
            if character in "*?":
                self._flush(place)
                self.parts.append(Wildcard("*" if character == "*" else "?", Span(place, place + 1)))
                place = self.literal_from = place + 1
            elif enabled and self.text.startswith(_OPEN, place):
                place = self._variable(place)
            else:
                place += 1
        self._flush(place)
        return PatternText(tuple(self.parts), tuple(self.problems))

    def _flush(self, end: int) -> None:
        if end > self.literal_from:
            self.parts.append(Text(self.text[self.literal_from : end], Span(self.literal_from, end)))

    def _variable(self, start: int) -> int:
        """Read the variable at `start` and return the place after it, or after a malformed one."""
        inner = start + len(_OPEN)
        end, following = self._next("}", inner), self._next(_OPEN, inner)
        if end < 0 or 0 <= following < end:
            stop = following if following >= 0 else len(self.text)
            self.problems.append(VariableProblem("missing-brace", Span(start, stop)))
            return inner
        span = Span(start, end + 1)
        content = self.text[inner:end]
        part = self._well_formed(content, span)
        if part is not None:
            self._flush(start)
            self.parts.append(part)
            self.literal_from = span.end
        return span.end

    def _well_formed(self, content: str, span: Span) -> Part | None:
        for character in _ESCAPED:
            if content == character:
                return Escape("*" if character == "*" else "?" if character == "?" else "$", span)
        name, comma, rest = content.partition(",")
        default, code = _default(rest) if comma else (None, None)
        if not name.strip():
            code = "empty"
        elif " " in name:
            code = "space-in-name"
        if code is not None:
            self.problems.append(VariableProblem(code, span))
            return None
        return Variable(name, default, span)

    def _next(self, needle: str, place: int) -> int:
        """Return where `needle` comes next, or -1; remembered, so that a text of many `${` is searched once."""
        known = self.found.get(needle, 0)
        if 0 <= known < place or needle not in self.found:
            known = self.found[needle] = self.text.find(needle, place)
        return known


def _default(written: str) -> tuple[str | None, VariableProblemCode | None]:
    """Return the default that stands after the comma, or what is wrong with it."""
    quoted = written.strip(" ")
    if not quoted.startswith("'"):
        return None, "missing-quote"
    default, quote, after = quoted[1:].partition("'")
    if not quote:
        return None, "missing-quote"
    return (None, "text-after-default") if after else (default, None)

"""Many texts, one after another, or in portions that other processes do; what comes back is the same.

Small texts go together in one portion. The policies inside a large one are found here and go in several, so that one
file with a whole organization in it keeps all processes busy, too. A portion holds all that it takes: who does it needs
no file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Generic, TypeAlias, TypeVar

from jfml_policies.errors import JsonSyntaxError, PolicyError
from jfml_policies.linter.ahead import Call, ahead
from jfml_policies.linter.look import Looked, look
from jfml_policies.record import record
from jfml_policies.sources.find import may_hold_policies

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from jfml_policies.linter.ahead import Submitting
    from jfml_policies.linter.embedded import Options, Some
    from jfml_policies.sources.found import Found, Unread
    from jfml_policies.sources.source import Source

__all__ = ["Seen", "Text", "look_at_all"]

_Key = TypeVar("_Key")

#: The policies inside texts of more characters go in several portions.
_LARGE: Final = 250_000
#: A portion is full with so many characters, texts, or policies inside a text.
_CHARACTERS: Final = 100_000
_TEXTS: Final = 32
_POLICIES: Final = 64
#: Policies of more characters stay here: their file may repeat one value a thousand times, as YAML's anchors do.
_TOO_LARGE_TO_SEND: Final = 1_000_000

#: What was seen, or why nothing could be.
Seen: TypeAlias = "Looked | PolicyError"


@record(eq=False)
class Text(Generic[_Key]):
    """A text to look at.

    Attributes:
        key: whose it is.
        text: the text; None when there is none to look at.
        name: the file's name.
        options: see `lint`.
    """

    key: _Key
    text: str | None
    name: str
    options: Options


@record(eq=False)
class _Together(Generic[_Key]):
    """Small texts."""

    texts: tuple[Text[_Key], ...]


@record(eq=False)
class _Piece:
    """Some policies of a large text."""

    name: str


@record(eq=False)
class _End(Generic[_Key]):
    """The end of a large text: what it is, or why it can't be read."""

    text: Text[_Key]
    found: Found | None
    problem: PolicyError | None = None


_Portion: TypeAlias = "_Together[_Key] | _Piece | _End[_Key]"


def look_at_all(
    texts: Iterable[Text[_Key]],
    executor: Submitting | None = None,
    *,
    most: int = 64,
    told: Callable[[str, int], object] = lambda *_: None,
) -> Iterator[tuple[Text[_Key], Seen]]:
    """Each text with what is wrong in it, in their order.

    Args:
        texts: asked for no faster than results are taken, but for what is under way.
        executor: does the work; without one it is done here.
        most: so many portions may be under way.
        told: is called now and then with the name of a large file and how many of its policies were checked.

    Raises:
        Exception: what the executor raises of itself, as when a process was killed.
    """
    parts: list[Some | PolicyError] = []
    for portion, result in ahead(_portions(texts, together=executor is not None), executor, most=most):
        if isinstance(portion, _Together):
            yield from zip(portion.texts, result, strict=True)
        elif isinstance(portion, _Piece):
            parts.append(result)
            told(portion.name, sum([0 if isinstance(some, PolicyError) else some.policies for some in parts]))
        else:
            yield portion.text, _whole(portion, parts)
            parts = []


def _portions(texts: Iterable[Text[_Key]], *, together: bool) -> Iterator[Call[_Portion[_Key]]]:
    waiting: list[Text[_Key]] = []
    characters = 0
    for text in texts:
        length = len(text.text or "")
        large = _found_in_large(text) if length > _LARGE else None
        if waiting and (large is not None or characters + length > _CHARACTERS):
            yield _call(waiting)
            waiting, characters = [], 0
        if large is not None:
            yield from _pieces(text, large)
            continue
        waiting.append(text)
        characters += length
        if not together or len(waiting) == _TEXTS:
            yield _call(waiting)
            waiting, characters = [], 0
    if waiting:
        yield _call(waiting)


def _call(texts: Sequence[Text[_Key]]) -> Call[_Portion[_Key]]:
    if all(text.text is None for text in texts):
        return Call(_Together(tuple(texts)), result=[None] * len(texts))
    given = [(text.text, text.name, text.options) for text in texts]
    weight = sum([len(text.text or "") for text in texts])
    return Call(_Together(tuple(texts)), _look_at_some, (given,), weight=weight, names=_names(texts))


def _names(texts: Sequence[Text[_Key]]) -> str:
    return texts[0].name if len(texts) == 1 else f"{texts[0].name} to {texts[-1].name}"


def _found_in_large(text: Text[_Key]) -> Found | PolicyError | None:
    if text.text is None or not may_hold_policies(text.text, text.name):
        return None
    from jfml_policies.sources.find import find_policies

    try:
        return find_policies(text.text, text.name)
    except PolicyError as error:
        return error


def _pieces(text: Text[_Key], found: Found | PolicyError) -> Iterator[Call[_Portion[_Key]]]:
    from jfml_policies.sources.excerpt import cut_loose
    from jfml_policies.sources.source import Source

    host = text.text or ""
    if isinstance(found, PolicyError):
        yield Call(_End(text, None, found))
        return
    waiting: list[Source | Unread] = []
    characters = 0

    def piece() -> Call[_Portion[_Key]]:
        return Call(_Piece(text.name), _lint_some, (waiting, text.options), weight=characters, names=text.name)

    try:
        for one in found.policies:
            loose, length = cut_loose(one, host) if isinstance(one, Source) else (one, 0)
            # Edits of YAML depend on what stands elsewhere in the file.
            stays = length > _TOO_LARGE_TO_SEND or (isinstance(one, Source) and one.is_yaml)
            if waiting and (stays or len(waiting) == _POLICIES or characters + length > _CHARACTERS):
                yield piece()
                waiting, characters = [], 0
            if stays:
                yield Call(_Piece(text.name), result=_lint_some([one], text.options))
                continue
            waiting.append(loose)
            characters += length
    except JsonSyntaxError as error:
        yield Call(_End(text, None, error), weight=len(host))
        return
    if waiting:
        yield piece()
    yield Call(_End(text, found), weight=len(host))


def _whole(end: _End[_Key], parts: Sequence[Some | PolicyError]) -> Seen:
    from jfml_policies.linter.embedded import Some, broken_file, gathered

    problems = [end.problem, *[part for part in parts if isinstance(part, PolicyError)]]
    problem = next((one for one in problems if one is not None), None)
    if isinstance(problem, JsonSyntaxError):
        return broken_file(problem)
    if problem is not None or end.found is None:
        return problem
    return gathered(end.found, [part for part in parts if isinstance(part, Some)])


def _look_at_some(texts: Sequence[tuple[str | None, str, Options]]) -> list[Seen]:
    """What is seen in some texts; an error counts for its text alone."""
    return [_look(text, name, options) for text, name, options in texts]


def _look(text: str | None, name: str, options: Options) -> Seen:
    try:
        return None if text is None else look(text, name, **options)
    except PolicyError as error:
        return error


def _lint_some(policies: Sequence[Source | Unread], options: Options) -> Some | PolicyError:
    from jfml_policies.linter.embedded import lint_some

    try:
        return lint_some(policies, options)
    except PolicyError as error:
        return error

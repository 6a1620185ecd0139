"""Calls that an executor makes some way ahead of who waits for them; results come in order."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

from jfml_policies.record import record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from concurrent.futures import Future
    from typing import Protocol

    class Submitting(Protocol):
        """What an executor must do: `concurrent.futures.Executor` does, and so do those of Dask and others."""

        def submit(self, function: Callable[..., Any], /, *arguments: Any) -> Future[Any]:
            """Makes a call in its own time."""


__all__ = ["Call", "ahead"]

_T = TypeVar("_T")
#: What outstanding calls may hold together, in characters of text; more only where one alone is larger.
_MOST_CHARACTERS: Final = 64_000_000


@record(eq=False)
class Call(Generic[_T]):
    """A call, or something to hand on in its place between calls.

    Attributes:
        about: what the call is about; handed back with the result.
        function: what to call, at the top of a module; None for nothing.
        arguments: what with.
        weight: the characters that are kept until its result is taken.
        names: the files that it is about, for the note on an error.
        result: what is handed on where nothing is called.
    """

    about: _T
    function: Callable[..., Any] | None = None
    arguments: tuple[Any, ...] = ()
    weight: int = 0
    names: str = ""
    result: Any = None


def ahead(calls: Iterable[Call[_T]], executor: Submitting | None, *, most: int) -> Iterator[tuple[_T, Any]]:
    """What the calls are about, each with its result, in the order of the calls.

    Args:
        calls: the calls; they are asked for no faster than results are taken.
        executor: makes the calls; without one each is made when its result is wanted.
        most: so many calls may be outstanding.

    >>> list(ahead([Call("a", len, ("abc",)), Call("b")], None, most=1))
    [('a', 3), ('b', None)]
    """
    if executor is None:
        for call in calls:
            yield call.about, call.result if call.function is None else call.function(*call.arguments)
        return
    waiting: deque[tuple[Call[_T], Future[Any] | None]] = deque()
    weight = 0
    try:
        for call in calls:
            future = None if call.function is None else executor.submit(call.function, *call.arguments)
            waiting.append((call, future))
            weight += call.weight
            while waiting and (len(waiting) >= most or weight > _MOST_CHARACTERS or _is_done(waiting[0][1])):
                weight -= waiting[0][0].weight
                yield _taken(*waiting.popleft())
        while waiting:
            yield _taken(*waiting.popleft())
    finally:
        # Whoever stops waiting needs no results.
        for _, future in waiting:
            if future is not None:
                future.cancel()


def _is_done(future: Future[Any] | None) -> bool:
    return future is None or future.done()


def _taken(call: Call[_T], future: Future[Any] | None) -> tuple[_T, Any]:
    if future is None:
        return call.about, call.result
    try:
        return call.about, future.result()
    except Exception as error:
        error.add_note(call.names)
        raise

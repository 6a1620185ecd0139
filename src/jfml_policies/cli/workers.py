"""Processes that share the work of a check.

Nothing of this is imported for a few files: starting processes costs more than those take.
"""

from __future__ import annotations

import os
import sys
from argparse import ArgumentTypeError
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from jfml_policies.cli.inputs import STDIN
from jfml_policies.errors import PolicyError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from concurrent.futures import Executor, Future

    from jfml_policies.cli.file_settings import FileSettings
    from jfml_policies.cli.inputs import Input
    from jfml_policies.cli.parser import Parser

__all__ = ["LostProcessError", "Workers", "count_of_jobs", "jobs_option", "sent_for", "workers"]

#: Fewer bytes of input are checked sooner than other processes start.
_WORTH_IT: Final = 1_000_000
#: Nor does a process get less to do than this.
_SHARE: Final = 200_000
#: So many at most when nobody says how many, as each takes memory.
_MOST_UNASKED: Final = 8
#: Windows waits for no more.
_MOST: Final = 61


class LostProcessError(PolicyError):
    """A process ended before its work was done."""


def jobs_option(parser: Parser) -> None:
    """Adds `--jobs`."""
    parser.option(
        "--jobs",
        type=_number,
        metavar="N",
        help="check in N processes at once, 0 or `auto` for one a processor; without it one process for little input, "
        "and up to 8 for much",
    )


def _number(text: str) -> int:
    if text != "auto" and not (text.isascii() and text.isdigit() and len(text) < 10):
        raise ArgumentTypeError(f"`{text}` is no number of processes; 0 or `auto` is one a processor")
    return 0 if text == "auto" else int(text)


def count_of_jobs(wanted: int | None, inputs: Iterable[Input]) -> int:
    """How many processes to use.

    Args:
        wanted: what was asked for: a number, 0 for as many as there are processors, or None when nothing was.
        inputs: the files to check.

    """
    if wanted == 1:
        return 1
    size = sum([_size(item.path) for item in inputs])
    if wanted is None:
        return 1 if size < _WORTH_IT else min(_processors(), _MOST_UNASKED, size // _SHARE)
    return min(wanted or _processors(), _MOST)


def _size(path: str) -> int:
    try:
        return 0 if path == STDIN else os.stat(path).st_size
    except OSError:
        return 0


def _processors() -> int:
    # A container may have been given fewer than there are.
    given = getattr(os, "sched_getaffinity", None)
    return len(given(0)) if given is not None else os.cpu_count() or 1


def sent_for(settled: Iterable[tuple[Input, FileSettings]]) -> list[object]:
    """What must be sent to check some files: their options, each once."""
    return list({id(settings.lint): settings.lint for _, settings in settled}.values())


class Workers:
    """Processes that start with the first work for them; where none can be had, this one does the work.

    Args:
        jobs: how many.
        sent: what each of them must be sent.
    """

    def __init__(self, jobs: int, sent: Sequence[object] = ()) -> None:
        self._jobs = jobs
        self._sent = sent
        self._pool: Executor | None = None
        self._is_started = False

    def submit(self, function: Callable[..., Any], /, *arguments: Any) -> Future[Any]:
        """Has a call made."""
        if not self._is_started:
            self._is_started = True
            self._pool = _started(self._jobs, self._sent)
        if self._pool is not None:
            return self._pool.submit(function, *arguments)
        from concurrent.futures import Future

        done: Future[Any] = Future()
        done.set_result(function(*arguments))
        return done

    def close(self) -> None:
        """Waits for the processes to end."""
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)

    def end(self) -> None:
        """Ends the processes, whatever they are about."""
        if self._pool is not None:
            from multiprocessing import active_children

            self._pool.shutdown(wait=False, cancel_futures=True)
            for child in active_children():
                child.terminate()


@contextmanager
def workers(jobs: int, sent: Sequence[object] = ()) -> Iterator[Workers | None]:
    """So many processes; None where one is enough.

    Args:
        jobs: how many.
        sent: what each of them must be sent.

    Raises:
        LostProcessError: a process was killed, or died.
    """
    if jobs < 2:
        yield None
        return
    pool = Workers(jobs, sent)
    try:
        yield pool
    except (MemoryError, RuntimeError) as error:
        pool.end()
        # The class is known only where processes were started.
        names = {kind.__name__ for kind in type(error).__mro__}
        if names.isdisjoint({"BrokenExecutor", "MemoryError"}):
            raise
        notes = getattr(error, "__notes__", [])
        where = f" while it checked {notes[0]}" if notes else ""
        hint = "it may have run out of memory: fewer --jobs need less"
        raise LostProcessError(f"a process ended{where} before its work was done", hint=hint) from None
    except BaseException:
        # Whoever interrupts does not wait for what is under way.
        pool.end()
        raise
    finally:
        pool.close()


def _started(jobs: int, sent: Sequence[object]) -> Executor | None:
    import pickle

    try:
        pickle.dumps(sent)
    except Exception:  # noqa: BLE001 (whatever rules of somebody else hold)
        return None
    try:
        import multiprocessing
        import signal
        import threading
        from concurrent.futures import ProcessPoolExecutor

        # A copy of this process starts at once; it is safe as long as nothing else runs in here.
        is_alone = sys.platform == "linux" and threading.active_count() == 1
        context: Any = multiprocessing.get_context("fork" if is_alone else "spawn")
        pool = ProcessPoolExecutor(jobs, mp_context=context, initializer=_begin)
        if threading.current_thread() is not threading.main_thread():
            pool.submit(int).result()
            return pool
        # An interruption is for this process alone; the others inherit that they ignore it.
        handler = signal.signal(signal.SIGINT, signal.SIG_IGN)
        try:
            pool.submit(int).result()
        finally:
            signal.signal(signal.SIGINT, handler)
    except (ImportError, OSError, RuntimeError):
        # There are places without semaphores, or where no process may be started.
        return None
    return pool


def _begin() -> None:
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)

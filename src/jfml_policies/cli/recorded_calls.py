"""Recorded calls for the verbs that take `--used`: read with progress, and what to tell of them."""

from __future__ import annotations

import sys
import time
from collections import Counter
from typing import TYPE_CHECKING, Final

from jfml_policies.cli.inputs import STDIN
from jfml_policies.errors import InputError, UsageError
from jfml_policies.privilege.usage.calls import NoRecordError
from jfml_policies.privilege.usage.trails import Unread, records_in, trail_files
from jfml_policies.privilege.usage.usage import Usage
from jfml_policies.report.tally import count_of

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator
    from typing import Any, BinaryIO

    from jfml_policies.cli.console import Console
    from jfml_policies.cli.parser import Parser

__all__ = ["RecordedCalls", "doubts_of", "read_usage", "told_of", "usage_options"]

#: Progress is shown after so many records, and no more than ten times a second.
_STEP: Final = 1_000
_PAUSE: Final = 0.1
_SHOWN: Final = 10
_MOST_PLACES: Final = 1_000


def usage_options(parser: Parser) -> None:
    """Adds `--used` and what goes with it."""
    parser.option(
        "--used",
        metavar="PATH",
        help="CloudTrail records: a file or a folder of .json, .json.gz or JSON lines, or - for standard input",
    )
    parser.option(
        "--principal",
        metavar="ARN",
        help="count the calls of this role or user only; `*` and `?` are wildcards",
    )
    parser.option(
        "--folder-threshold",
        type=int,
        metavar="N",
        help="grant a folder of objects as a whole once N different entries of it were used; without it every key "
        "stands for itself",
    )
    parser.option(
        "--with-service-calls",
        action="store_true",
        help="count also what a service called with the principal's permissions, as Athena reads objects",
    )
    parser.option(
        "--tell-all",
        action="store_true",
        help=f"tell all that was left out of the need, rather than the {_SHOWN} most frequent of each sort",
    )


class RecordedCalls:
    """What records say, and how much of them could not be read.

    Attributes:
        usage: what was used.
        unread: how many lines or records are broken or something else.
        places: the first of them, each with its place and what is wrong.
    """

    def __init__(self, usage: Usage) -> None:
        self.usage = usage
        self.unread: int = 0
        self.places: list[str] = []

    def pass_over(self, place: str) -> None:
        """Counts what could not be read."""
        self.unread += 1
        if len(self.places) < _MOST_PLACES:
            self.places.append(place)


def read_usage(options: Namespace, console: Console) -> RecordedCalls | None:
    """What the records under `--used` say.

    Returns:
        What was used; None without `--used`.

    Raises:
        UsageError: the threshold is no count, or an option is given that is about records, without any.
        InputError: a file cannot be read, or holds something else; the message says where.
    """
    if options.used is None:
        if options.principal or options.folder_threshold is not None or options.with_service_calls or options.tell_all:
            raise UsageError("--principal, --folder-threshold, --with-service-calls and --tell-all are about --used")
        return None
    if options.folder_threshold is not None and options.folder_threshold < 2:
        raise UsageError("--folder-threshold takes a number from 2 up", hint="one use says nothing about a folder")
    usage = Usage(
        folder_threshold=options.folder_threshold,
        principal=options.principal,
        with_service_calls=options.with_service_calls,
    )
    found = RecordedCalls(usage)
    shown = time.monotonic()
    for file in trail_files(options.used):
        stream = _standard_input() if file == STDIN else None
        before, first = usage.records, None
        for number, record in enumerate(records_in(file, stream), 1):
            if isinstance(record, Unread):
                found.pass_over(f"{file}:{record.line}: {record.reason}")
                continue
            try:
                usage.add(record)
            except NoRecordError as error:
                first = first or InputError(f"record {number:,}: {error.message}", file=file, hint=error.hint)
                found.pass_over(f"{file}: record {number:,}: {error.message}")
            if usage.records % _STEP == 0 and time.monotonic() - shown > _PAUSE:
                shown = time.monotonic()
                console.progress(f"{usage.records:,} records read, {len(usage.used):,} different requests")
        if first is not None and usage.records == before:
            raise first
    usage.finish()
    return found


def _standard_input() -> BinaryIO:
    if sys.stdin is None:
        raise InputError("standard input is closed", file=STDIN)
    return sys.stdin.buffer


def doubts_of(calls: RecordedCalls) -> Iterator[str]:
    """Why more may be needed than the records tell, a clause each."""
    usage = calls.usage
    if usage.undecided:
        what = f"what {count_of(usage.undecided, 'recorded call')} needed is not known"
        yield f"{what}, so that more may be needed"
    if calls.unread:
        yield f"{count_of(calls.unread, 'record')} could not be read, so that more may be needed"
    if usage.left_out:
        folders = f"folders are left out in which something was denied ({len(usage.left_out):,})"
        yield f"{folders}, so that more may be needed"


def told_of(calls: RecordedCalls, *, all_of_them: bool) -> Iterator[str]:
    """What was left out of the need and why, and what to look at, a line each.

    Args:
        calls: what was read.
        all_of_them: whether everything is told, rather than the most frequent of each sort.
    """
    usage, shown = calls.usage, None if all_of_them else _SHOWN
    read = count_of(usage.records, "record")
    yield f"{read} read, {count_of(len(usage.used), 'different request')} used"
    if calls.unread:
        yield f"{count_of(calls.unread, 'record')} could not be read, so that more may have been used"
        yield from calls.places[:shown]
        if (more := calls.unread - len(calls.places[:shown])) > 0:
            yield f"and {more:,} more that could not be read"
    if usage.others:
        yield f"left out: {count_of(usage.others, 'record')} that tell of no API call, or of other principals"
    if len(usage.principals) > 1:
        yield (
            f"the calls are those of {count_of(len(usage.principals), 'principal')}, such as "
            f"{_first(usage.principals)}; --principal counts one alone"
        )
    for (action, resource), _ in _most(Counter(usage.granted_anyway), shown):
        yield f"look at it, denied at times and granted by what else was used: {action} on {resource}"
    denied = Counter({request: count for request, count in usage.denied.items() if request not in usage.granted_anyway})
    for (action, resource), count in _most(denied, shown):
        yield f"left out, as it was denied: {_times(action, count)} on {resource}"
    for (action, resource), _ in _most(Counter(usage.left_out), shown):
        yield f"left out: {action} on {resource}, where something was denied; a higher --folder-threshold tells more"
    for (service, operation), count in _most(usage.for_services, shown):
        yield f"left out, as {service} called it: {_times(operation, count)}"
    if usage.through_services:
        through = count_of(usage.through_services, "call")
        yield f"services made {through} with the principal's permissions; --with-service-calls counts them as used"
    for operation, count in _most(usage.unknown, shown):
        yield f"left out, as no action of that name is known: {_times(operation, count)}"
    for operation, count in _most(usage.free, shown):
        yield f"needs no permission: {_times(operation, count)}"
    for action, _ in _most(usage.unplaced, shown):
        yield f"on every resource, as the records do not tell which: {action}"
    for (action, resource), _ in _most(usage.widened, shown):
        yield f"on more than was used, as the records tell only that much: {action} on {resource}"
    for (action, operation, role), count in _most(usage.further, shown):
        on = f" on {role}" if role else ""
        yield f"not granted, may be needed as well: {action}{on}, for {_times(operation, count)}"


def _most(counter: Counter[Any], shown: int | None) -> Iterator[tuple[Any, int]]:
    """The most frequent, in a stable order."""
    ranked = sorted(counter.items(), key=lambda item: (-item[1], item[0]))
    yield from ranked[:shown]
    rest = ranked[len(ranked[:shown]) :]
    if rest:
        more = f"{len(rest):,} more (--tell-all)"
        key = rest[0][0]
        yield (
            ((more, *["various"] * (len(key) - 1)) if isinstance(key, tuple) else more),
            sum(count for _, count in rest),
        )


def _first(counter: Counter[str]) -> str:
    return min(counter)


def _times(what: str, count: int) -> str:
    return what if count == 1 else f"{what} ({count:,} times)"

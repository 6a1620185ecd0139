"""Holds files against the JSON Schema of their kind."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final, cast

from jfml_policies.cli.inputs import STDIN, find_inputs, mentions_statement, read_input
from jfml_policies.cli.single_policies import refuse_files_of_policies
from jfml_policies.errors import InputError, JsonSyntaxError
from jfml_policies.findings import Finding, Span
from jfml_policies.policy.detect import detect_kind, is_policy_shaped, locate
from jfml_policies.policy.schema import policy_schema
from jfml_policies.report.headline import headline
from jfml_policies.report.inert import cut
from jfml_policies.report.interface import FileReport
from jfml_policies.report.tally import Tally
from jfml_policies.text.lines import LineIndex
from jfml_policies.text.parse import parse_json
from jfml_policies.text.tree import JsonArray, JsonObject, to_python

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from jfml_policies.cli.asked_settings import AskedSettings
    from jfml_policies.cli.console import Console
    from jfml_policies.cli.inputs import Input
    from jfml_policies.findings import Path
    from jfml_policies.policy.kinds import Kind
    from jfml_policies.text.tree import Json

__all__ = ["validate"]

#: More problems of one file are counted, not listed.
_LISTED: Final = 50
_LONGEST: Final = 300


def validate(paths: Sequence[str], console: Console, *, settings: AskedSettings, hook: bool, verbose: bool) -> int:
    """Prints where the policies among some files break the schema, and returns the exit code.

    Args:
        paths: files, folders, or `-`.
        console: where problems are told.
        settings: as what the files are read.
        hook: whether named templates and plans are passed over, too.
        verbose: whether to count what was passed over.
    """
    inputs, problems = find_inputs(paths)
    for problem in problems:
        console.fail(str(problem), problem.hint)
    tally = Tally()
    skipped = 0
    for item in inputs:
        report = _report(item, console, settings, hook=hook)
        if report is None:
            skipped += 1
            continue
        tally.add(report)
        lines = LineIndex(report.text or "")
        for finding in report.findings[:_LISTED]:
            console.write(headline(item.shown, finding, lines, console.out_style) + "\n")
        if len(report.findings) > _LISTED:
            console.say(f"{len(report.findings) - _LISTED:,} more problems of this file are not listed")
    if verbose:
        console.say(f"validated {tally.checked:,}, passed over {skipped:,}")
    if tally.failed or problems:
        return 2
    return 1 if tally.findings else 0


def _report(item: Input, console: Console, settings: AskedSettings, *, hook: bool) -> FileReport | None:
    """The report of one file; None when it is not meant as a policy."""
    try:
        text = read_input(item)
    except InputError as error:
        if item.path != STDIN and not mentions_statement(item.path):
            return None
        console.fail(f"{item.shown}: {error.message}", error.hint)
        return FileReport(item.shown, problem=error.message)
    try:
        if item.named and not hook:
            refuse_files_of_policies(text, item.shown)
    except InputError as error:
        console.fail(str(error), error.hint)
        return FileReport(item.shown, problem=error.message)
    try:
        tree = parse_json(text)
    except JsonSyntaxError as error:
        if '"statement"' not in text.lower():
            return None
        span = Span(error.offset, error.offset + 1)
        return FileReport(item.shown, text, (_finding(error.message, (), span),))
    if not is_policy_shaped(tree):
        return None
    located = locate(tree)
    what = cast("Kind | None", settings.read_as(item.path).kind) or located.kind or detect_kind(located.tree)[0]
    found = [_finding(message, path, _span(located.tree, path)) for path, message in _problems(located.tree, what)]
    found.sort(key=lambda finding: (finding.span.start if finding.span else -1, finding.message))
    return FileReport(item.shown, text, tuple(found))


def _problems(document: Json, kind: Kind) -> Iterator[tuple[Path, str]]:
    for error in _validator(kind).iter_errors(to_python(document)):
        while error.context:
            # Of the forms that are allowed, the one that was meant has the right type and fails deeper inside.
            fitting = [inner for inner in error.context if inner.validator != "type" or inner.relative_path]
            error = max(fitting or error.context, key=lambda inner: len(inner.relative_path))
        yield tuple(error.absolute_path), cut(error.message, _LONGEST)


@cache
def _validator(kind: Kind) -> Any:
    from jsonschema import Draft7Validator

    return Draft7Validator(cast("dict[str, Any]", policy_schema(kind)))


def _finding(message: str, path: Path, span: Span | None) -> Finding:
    return Finding(code="SCHEMA", severity="error", message=message, path=path, span=span)


def _span(document: Json, path: Iterable[str | int]) -> Span:
    """The place of the value at a path, or of the nearest value above it."""
    value = document
    for step in path:
        inner: Json | None = None
        if isinstance(value, JsonObject) and isinstance(step, str):
            inner = value.get(step)
        elif isinstance(value, JsonArray) and isinstance(step, int) and step < len(value.items):
            inner = value.items[step]
        if inner is None:
            break
        value = inner
    return Span(value.start, value.end)

"""Many files at once: any number of them, one after another or by an executor."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, final

from jfml_policies.errors import InputError, PolicyError
from jfml_policies.linter.day import check_day
from jfml_policies.linter.look import Plain
from jfml_policies.linter.portions import Text, look_at_all
from jfml_policies.linter.registry import chosen_codes
from jfml_policies.linter.rule_settings import DEFAULT_RULE_SETTINGS, RuleSettings
from jfml_policies.policy.parse import check_kind
from jfml_policies.record import record
from jfml_policies.text.read import read_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from concurrent.futures import Executor

    from jfml_policies.catalog import Catalog
    from jfml_policies.findings import Finding
    from jfml_policies.linter.embedded import Options
    from jfml_policies.linter.portions import Seen

__all__ = ["LintedFile", "lint_files"]


@final
@record
class LintedFile:
    """What was found in one file.

    Attributes:
        file: its path, as it was given.
        findings: of all its policies, sorted by place and rule; `resource` tells which, where it holds several.
        policies: how many policies were checked; 0 for a file that is not meant as a policy and holds none.
        not_checked: what could not be looked at, as policies that only deployment knows: addresses with reasons.
        problem: why the file could not be checked, or None.
    """

    file: str
    findings: tuple[Finding, ...] = ()
    policies: int = 0
    not_checked: tuple[tuple[str, str], ...] = ()
    problem: PolicyError | None = None


def lint_files(
    paths: Iterable[str | os.PathLike[str]],
    *,
    kind: str | None = None,
    resource_type: str | None = None,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    catalog: Catalog | None = None,
    today: str | None = None,
    settings: RuleSettings = DEFAULT_RULE_SETTINGS,
    executor: Executor | None = None,
    portions: int = 64,
) -> Iterator[LintedFile]:
    """What is wrong with the policies in some files, file by file in their order, whoever does the work.

    Files are read here, as results are taken, and no more of them than the portions under way hold; an executor gets
    their texts, so that it may be on other machines.

    Args:
        paths: files as `lint` takes them: policies, templates, plans, answers of AWS's API.
        kind: see `lint`; it counts for all files.
        resource_type: likewise.
        select: see `lint`.
        ignore: see `lint`.
        catalog: see `lint`; where another machine does the work, the file must be there under the same path.
        today: see `lint`.
        settings: see `lint`; rules of one's own must be importable where the work is done.
        executor: does the work, as `concurrent.futures.ProcessPoolExecutor` or the executor of a Dask client; without
            one it is done here.
        portions: so many pieces of work may be under way, a few for each process.

    Raises:
        UsageError: unknown kind or rule, or no day.
        Exception: what the executor raises of itself, as when a process was killed.

    >>> list(lint_files(["missing.json"]))[0].problem
    InputError('no such file')
    """
    options: Options = {
        "kind": kind,
        "resource_type": resource_type,
        "select": tuple(select),
        "ignore": tuple(ignore),
        "catalog": catalog,
        "today": today,
        "settings": settings,
    }
    # What is wrong for all files is told at once, not by each of them, and not when the first result is taken.
    check_kind(kind)
    chosen_codes(options["select"], options["ignore"], settings.rules)
    if today is not None:
        check_day(today)
    return _results(paths, options, executor, portions)


def _results(
    paths: Iterable[str | os.PathLike[str]], options: Options, executor: Executor | None, portions: int
) -> Iterator[LintedFile]:
    for text, seen in look_at_all(_texts(paths, options), executor, most=portions):
        yield _linted(text.name, text.key if text.text is None else seen)


def _texts(paths: Iterable[str | os.PathLike[str]], options: Options) -> Iterator[Text[InputError | None]]:
    for path in paths:
        name = os.fspath(path)
        try:
            yield Text(None, read_text(name), name, options)
        except InputError as error:
            yield Text(error, None, name, options)


def _linted(file: str, seen: Seen) -> LintedFile:
    if seen is None:
        return LintedFile(file)
    if isinstance(seen, PolicyError):
        return LintedFile(file, problem=seen)
    if isinstance(seen, Plain):
        return LintedFile(file, seen.findings, 1) if seen.is_policy else LintedFile(file)
    not_checked = tuple([(one.resource, one.reason) for one in seen.unread])
    return LintedFile(file, seen.findings, seen.policies, not_checked)

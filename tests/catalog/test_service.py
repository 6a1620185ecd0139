"""One service of the catalogue."""

from __future__ import annotations

import pytest

from jfml_policies.catalog.service import ActionResource, ConditionKey, ResourceType, Service
from jfml_policies.errors import CatalogError

_COLUMNS = (
    "shop",
    "BuyItem ListItems OldThing!",
    '[["item","arn:${Partition}:shop:::item/${Id}",[1]],["store","arn:${Partition}:shop::${Account}:store"]]',
    '{"aws:TagKeys":"ArrayOfString","shop:Color":"String","shop:Size":"Numeric"}',
    '{"shapes":[["Write",[[0,1,[2],["kms:Decrypt"]],[1,0]],[0],["iam:PassRole"]],["List"]],"of":[0,1,1]}',
)
_LINE = "\t".join(_COLUMNS)
_SERVICE = Service(_LINE)


def test_names() -> None:
    """Present and retired names are told apart without looking at details."""
    assert ("shop", False) == (_SERVICE.prefix, _SERVICE.retired)
    assert ("BuyItem", "ListItems") == _SERVICE.action_names
    assert ("OldThing",) == _SERVICE.retired_action_names
    assert {"buyitem": "BuyItem", "listitems": "ListItems", "oldthing": "OldThing"} == _SERVICE.spelling


def test_details_of_an_action() -> None:
    """An action carries its level, resource types, keys and dependent actions by name."""
    action = _SERVICE.action("BUYITEM")

    assert action is not None
    assert ("shop:BuyItem", "Write", False) == (action.full_name, action.access_level, action.retired)
    assert ("aws:TagKeys",) == action.condition_keys
    assert ("iam:PassRole",) == action.dependent_actions
    expected = (ActionResource("item", True, ("shop:Size",), ("kms:Decrypt",)), ActionResource("store", False))
    assert expected == action.resource_types


def test_retired_actions_are_marked() -> None:
    """A retired action is found and says that it is retired."""
    action = _SERVICE.action("oldthing")

    assert action is not None
    assert ("OldThing", True) == (action.name, action.retired)


def test_all_actions_come_in_order() -> None:
    """The tuple of all actions agrees with asking one by one."""
    assert _SERVICE.actions == tuple(_SERVICE.action(name) for name in _SERVICE.spelling)


def test_resource_types_and_keys() -> None:
    """Resource types and keys are found in any letter case."""
    item = ResourceType("shop", "item", "arn:${Partition}:shop:::item/${Id}", ("shop:Color",))

    assert item == _SERVICE.resource_type("ITEM")
    assert _SERVICE.resource_type("nothing") is None
    assert ConditionKey("shop:Size", "Numeric") == _SERVICE.condition_key("SHOP:size")
    assert _SERVICE.condition_key("shop:Weight") is None


def test_keys_of_an_action_include_those_of_its_resources() -> None:
    """The keys of a request are the action's, its resource types' and those of both together."""
    assert ("aws:TagKeys", "shop:Color", "shop:Size") == _SERVICE.keys_of_action("buyitem")
    assert () == _SERVICE.keys_of_action("nothing")


def test_equality_is_by_content() -> None:
    """Two services that say the same are equal and hash the same; others are not equal."""
    same = Service(_LINE)

    assert (_SERVICE, hash(_SERVICE)) == (same, hash(same))
    assert Service(_LINE.replace("shop", "mall")) != _SERVICE
    assert _SERVICE != "shop"


def test_a_retired_service_without_known_actions() -> None:
    """A prefix alone is a service too."""
    service = Service("zocalo!\t\t[]\t{}\t{}")

    assert ("zocalo", True, (), ()) == (service.prefix, service.retired, service.action_names, service.actions)
    assert service.action("x") is None


@pytest.mark.parametrize("line", ["", "shop", "shop\tA\t[]\t{}", "shop\tA\t[]\t{}\t{}\t"])
def test_a_line_with_other_columns_is_damage(line: str) -> None:
    """A line that does not have five columns raises our error."""
    with pytest.raises(CatalogError, match="damaged"):
        Service(line)


@pytest.mark.parametrize(
    "actions",
    [
        "",
        "[",
        "[[" * 10_000,
        "null",
        '{"shapes":[],"of":[0]}',
        '{"shapes":[["Read",[[7,1]]]],"of":[0]}',
        '{"shapes":[["Read",[],["x"]]],"of":[0]}',
        '{"shapes":[["Read",1,2,3,4]],"of":[0]}',
    ],
)
def test_damaged_details_raise_our_error(actions: str) -> None:
    """Details written by hand and wrong never end in a built-in exception."""
    with pytest.raises(CatalogError, match="damaged"):
        Service(f"shop\tBuy\t[]\t{{}}\t{actions}").action("Buy")


@pytest.mark.parametrize(("resources", "keys"), [("{", "{}"), ("[1]", "{}"), ("[]", "[]"), ("[]", "{")])
def test_damaged_tables_raise_our_error(resources: str, keys: str) -> None:
    """The same holds for resource types and condition keys."""
    service = Service(f"shop\tBuy\t{resources}\t{keys}\t{{}}")

    with pytest.raises(CatalogError, match="damaged"):
        _ = (service.resource_types, service.condition_keys)

"""One AWS service as the catalogue knows it: names at once, details when a question needs them.

Source: AWS Service Authorization Reference (https://docs.aws.amazon.com/service-authorization/latest/reference/),
through the catalogue file.
"""

from __future__ import annotations

import json
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar, final

from jfml_policies.catalog.arn_format import ArnFormat
from jfml_policies.catalog.condition_key import ConditionKey, KeyTable
from jfml_policies.errors import CatalogError
from jfml_policies.record import record

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["ACCESS_LEVELS", "Action", "ActionResource", "ConditionKey", "ResourceType", "Service"]

#: AWS's access levels; an action has one.
ACCESS_LEVELS = ("List", "Read", "Write", "Permissions management", "Tagging")

_Decoded = TypeVar("_Decoded")


@record
class ResourceType:
    """A kind of resource that a service's actions work on.

    Attributes:
        service: the prefix of the service whose table lists it.
        name: as published, such as `bucket`.
        arn: the ARN template, such as `arn:${Partition}:s3:::${BucketName}`.
        condition_keys: names of the keys that a request on such a resource may carry.
    """

    service: str
    name: str
    arn: str
    condition_keys: tuple[str, ...]

    @property
    def arn_format(self) -> ArnFormat:
        """The template's fields: which are empty, which needed."""
        return ArnFormat.from_template(self.arn, owner=self.service, resource_type=self.name)


@record
class ActionResource:
    """A resource type that an action works on.

    Attributes:
        name: the resource type's name, in the action's own service.
        required: True when the action always needs such a resource; False when it is one of several, or optional.
        condition_keys: further keys that the request carries with this resource type only.
        dependent_actions: further actions needed with this resource type only.
    """

    name: str
    required: bool
    condition_keys: tuple[str, ...] = ()
    dependent_actions: tuple[str, ...] = ()


@record
class Action:
    """One action of a service.

    Attributes:
        service: the service's prefix.
        name: in AWS's spelling, without the prefix.
        access_level: one of `ACCESS_LEVELS`.
        resource_types: what it works on; empty means that only `Resource: "*"` fits.
        condition_keys: keys of the request itself; those of its resource types come on top.
        dependent_actions: actions, with prefix, that a caller needs as well.
        retired: True when AWS no longer lists it; then only name and level are known.
    """

    service: str
    name: str
    access_level: str
    resource_types: tuple[ActionResource, ...]
    condition_keys: tuple[str, ...]
    dependent_actions: tuple[str, ...]
    retired: bool

    @property
    def full_name(self) -> str:
        """The name as policies write it: `s3:GetObject`."""
        return f"{self.service}:{self.name}"


@final
class Service:
    """One service. Immutable; equal when it says the same.

    >>> from jfml_policies.catalog import load
    >>> s3 = load().service("s3")
    >>> s3.action("getobject").access_level
    'Read'
    >>> s3.resource_type("bucket").arn
    'arn:${Partition}:s3:::${BucketName}'
    """

    def __init__(self, line: str) -> None:
        self._line = line
        columns = line.split("\t")
        if len(columns) != 5:
            raise CatalogError(f"catalogue line of service `{columns[0]!s:.60}` is damaged")
        prefix, self._name_text, self._resource_text, self._key_text, self._action_text = columns
        self._prefix = prefix.removesuffix("!")
        self._retired = prefix.endswith("!")

    @property
    def prefix(self) -> str:
        """What stands before the colon of its actions, in lower case."""
        return self._prefix

    @property
    def retired(self) -> bool:
        """True when AWS's reference no longer has the service; all its actions are retired then."""
        return self._retired

    @cached_property
    def action_names(self) -> tuple[str, ...]:
        """Names of the actions that AWS lists today, sorted, in AWS's spelling, without the prefix."""
        if "!" not in self._name_text:
            return tuple(self._names)
        return tuple(name for name in self._names if not name.endswith("!"))

    @cached_property
    def retired_action_names(self) -> tuple[str, ...]:
        """Names of actions that AWS listed once, sorted."""
        return tuple(name[:-1] for name in self._names if name.endswith("!"))

    @cached_property
    def spelling(self) -> dict[str, str]:
        """Every action name, retired ones too, in lower case -> in AWS's spelling, in order. Not to be changed."""
        # Lowering the text as a whole, not name by name, is what keeps all names of all services at a few milliseconds.
        text = self._name_text.replace("!", "")
        return dict(zip(text.lower().split(" "), text.split(" "), strict=True)) if text else {}

    @cached_property
    def resource_types(self) -> tuple[ResourceType, ...]:
        """Its resource types, sorted by name."""
        return self._decoded(self._decode_resource_types)

    @cached_property
    def condition_keys(self) -> tuple[ConditionKey, ...]:
        """The keys its table lists, global ones such as `aws:TagKeys` included, sorted by name."""
        return self._decoded(self._decode_condition_keys)

    @cached_property
    def actions(self) -> tuple[Action, ...]:
        """All its actions, retired ones too, sorted by name."""
        return tuple(self._action_at(place) for place in range(len(self._names)))

    def action(self, name: str) -> Action | None:
        """The action called `name` (without prefix, any letter case), or None."""
        place = self._places.get(name.lower())
        return None if place is None else self._action_at(place)

    def resource_type(self, name: str) -> ResourceType | None:
        """The resource type called `name` (any letter case), or None."""
        return self._resource_types_by_name.get(name.lower())

    def condition_key(self, name: str) -> ConditionKey | None:
        """The key that `name` writes (any letter case, templates with any tail), or None."""
        return self._key_table.find(name)

    def keys_of_action(self, name: str) -> tuple[str, ...]:
        """All condition keys that requests of an action may carry, by published name, sorted.

        Its own keys and those of the resource types it works on; global keys that every request carries are not
        listed. Empty for an unknown action.
        """
        action = self.action(name)
        if action is None:
            return ()
        keys = set(action.condition_keys)
        for resource in action.resource_types:
            keys.update(resource.condition_keys)
            described = self.resource_type(resource.name)
            if described is not None:
                keys.update(described.condition_keys)
        return tuple(sorted(keys))

    def __eq__(self, other: object) -> bool:
        return self._line == other._line if isinstance(other, Service) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._line)

    def __repr__(self) -> str:
        return f"Service({self._prefix!r}, {len(self._names)} actions)"

    @cached_property
    def _names(self) -> list[str]:
        return self._name_text.split(" ") if self._name_text else []

    @cached_property
    def _places(self) -> dict[str, int]:
        return {name: place for place, name in enumerate(self.spelling)}

    @cached_property
    def _resource_types_by_name(self) -> dict[str, ResourceType]:
        return {resource.name.lower(): resource for resource in self.resource_types}

    @cached_property
    def _key_table(self) -> KeyTable:
        return KeyTable(self.condition_keys)

    @cached_property
    def _shapes(self) -> tuple[list[Any], list[int]]:
        def decode() -> tuple[list[Any], list[int]]:
            document = json.loads(self._action_text)
            return document["shapes"], document["of"]

        return self._decoded(decode)

    def _action_at(self, place: int) -> Action:
        cache = self._action_cache
        found = cache.get(place)
        if found is None:
            found = cache[place] = self._decoded(lambda: self._decode_action(place))
        return found

    @cached_property
    def _action_cache(self) -> dict[int, Action]:
        return {}

    def _decode_resource_types(self) -> tuple[ResourceType, ...]:
        return tuple(
            ResourceType(self._prefix, name, arn, self._key_names(*keys))
            for name, arn, *keys in json.loads(self._resource_text)
        )

    def _decode_condition_keys(self) -> tuple[ConditionKey, ...]:
        return tuple(ConditionKey(name, kind) for name, kind in json.loads(self._key_text).items())

    def _decode_action(self, place: int) -> Action:
        _, of = self._shapes
        level, resources, keys, dependents = self._shape_at(of[place])
        name = self._names[place]
        return Action(self._prefix, name.removesuffix("!"), level, resources, keys, dependents, name.endswith("!"))

    def _shape_at(self, number: int) -> tuple[str, tuple[ActionResource, ...], tuple[str, ...], tuple[str, ...]]:
        """What actions of one shape have in common; a service with hundreds of actions has a few dozen shapes."""
        found = self._shape_cache.get(number)
        if found is None:
            level, resources, keys, dependents = _padded(self._shapes[0][number], 4)
            found = self._shape_cache[number] = (
                level,
                tuple([self._decode_action_resource(resource) for resource in resources]),
                self._key_names(keys),
                tuple(dependents),
            )
        return found

    @cached_property
    def _shape_cache(self) -> dict[int, tuple[str, tuple[ActionResource, ...], tuple[str, ...], tuple[str, ...]]]:
        return {}

    def _decode_action_resource(self, resource: list[Any]) -> ActionResource:
        index, required, keys, dependents = _padded(resource, 4)
        return ActionResource(self.resource_types[index].name, bool(required), self._key_names(keys), tuple(dependents))

    def _key_names(self, indexes: list[int] | tuple[()] = ()) -> tuple[str, ...]:
        return tuple(self.condition_keys[index].name for index in indexes)

    def _decoded(self, decode: Callable[[], _Decoded]) -> _Decoded:
        # A file that passed its checksum may still have been written by hand; its faults must stay our errors.
        try:
            return decode()
        except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
            raise CatalogError(f"catalogue line of service `{self._prefix:.60}` is damaged") from None


def _padded(values: list[Any], length: int) -> list[Any]:
    return values + [[]] * (length - len(values))

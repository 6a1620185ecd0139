"""What the catalogue knows of one name, as lines."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING, Final

from jfml_policies.catalog import global_keys
from jfml_policies.errors import UsageError
from jfml_policies.text.suggest import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jfml_policies.catalog import Action, Catalog, ConditionKey, ResourceType, Service
    from jfml_policies.report.style import Style

__all__ = ["look_up", "unknown_name"]

_WIDTH: Final = 100
_LABELS: Final = 16
_WILDCARDS: Final = frozenset("*?")


def look_up(catalog: Catalog, name: str, style: Style) -> Iterator[str]:
    """Everything that `name` is in the catalogue, in any letter case: nothing when it is unknown.

    Args:
        catalog: where to look.
        name: `s3`, `s3:GetObject`, `s3:bucket`, `aws:PrincipalArn`, or a pattern of actions such as `s3:Get*`.
        style: colours, or none.
    """
    if _WILDCARDS & set(name):
        yield from catalog.matches(name, include_retired=False)
        return
    prefix, colon, short = name.partition(":")
    service = catalog.service(prefix)
    if not colon:
        if service is not None:
            yield from _service(service, style)
        return
    action = catalog.action(name)
    if action is not None:
        yield from _action(catalog, action, style)
    resource = _resource_type(service, short)
    if resource is not None:
        yield from _resource(resource, style)
    key = catalog.condition_key(name)
    if key is not None:
        yield from _key(key, style)


def unknown_name(catalog: Catalog, name: str) -> UsageError:
    """The error for a name that the catalogue does not know, with the nearest one that it does."""
    if _WILDCARDS & set(name):
        return UsageError(f"no action matches `{name}`")
    prefix, colon, short = name.partition(":")
    service = catalog.service(prefix)
    if service is None and prefix.lower() != "aws":
        near = nearest(prefix, catalog.prefixes)
        hint = f"did you mean `{near}{colon}{short}`?" if near else None
        return UsageError(f"there is no service `{prefix}`", hint=hint)
    keys = [key.name for key in (service.condition_keys if service else global_keys.GLOBAL_KEYS)]
    known = {key.partition(":")[2]: key for key in keys}
    if service is not None:
        known |= {resource.name: f"{service.prefix}:{resource.name}" for resource in service.resource_types}
        known |= {action: f"{service.prefix}:{action}" for action in service.action_names}
    near = nearest(short, known)
    what = "action, resource type or condition key" if service else "global condition key"
    return UsageError(f"there is no {what} `{name}`", hint=f"did you mean `{known[near]}`?" if near else None)


def _resource_type(service: Service | None, name: str) -> ResourceType | None:
    for resource in service.resource_types if service else ():
        if resource.name.lower() == name.lower():
            return resource
    return None


def _service(service: Service, style: Style) -> Iterator[str]:
    yield f"{style.paint(service.prefix, 'strong')}  service{', retired' if service.retired else ''}"
    yield from _field("actions", (f"{len(service.action_names):,}, listed by `catalog '{service.prefix}:*'`",))
    yield from _field("resource types", (resource.name for resource in service.resource_types))
    yield from _field("condition keys", (key.name for key in service.condition_keys))


def _action(catalog: Catalog, action: Action, style: Style) -> Iterator[str]:
    retired = ", retired: AWS no longer lists it" if action.retired else ""
    yield f"{style.paint(action.full_name, 'strong')}  action, {action.access_level}{retired}"
    service = catalog.service(action.service)
    for number, item in enumerate(action.resource_types):
        resource = service.resource_type(item.name) if service else None
        arn = f"  {resource.arn}" if resource else ""
        need = " (always)" if item.required else ""
        yield f"  {'' if number else 'resource types':<{_LABELS}}{item.name}{need}{arn}"
    if not action.resource_types and not action.retired:
        yield from _field("resource types", ('none: only "*" fits',))
    yield from _field("condition keys", catalog.condition_keys_of(action.full_name))
    needed = [*action.dependent_actions, *(name for item in action.resource_types for name in item.dependent_actions)]
    yield from _field("needs as well", dict.fromkeys(needed))


def _resource(resource: ResourceType, style: Style) -> Iterator[str]:
    yield f"{style.paint(f'{resource.service}:{resource.name}', 'strong')}  resource type"
    yield from _field("ARN", (resource.arn,))
    yield from _field("condition keys", resource.condition_keys)


def _key(key: ConditionKey, style: Style) -> Iterator[str]:
    many = ", several values: use ForAllValues or ForAnyValue" if key.is_multivalued else ""
    yield f"{style.paint(key.name, 'strong')}  condition key, {key.value_type}{many}"
    shared = global_keys.find(key.name)
    if shared is not None:
        when = {"always": "all requests", "signed": "all signed requests"}.get(shared.presence, shared.when)
        yield from _field("present in", (when,))


def _field(label: str, values: Iterable[str]) -> Iterator[str]:
    text = ", ".join(values)
    if text:
        yield from wrap(
            text,
            _WIDTH,
            initial_indent=f"  {label:<{_LABELS}}",
            subsequent_indent=" " * (_LABELS + 2),
            break_long_words=False,
            break_on_hyphens=False,
        )

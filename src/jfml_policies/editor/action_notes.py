"""What the catalogue knows of an action, or of the actions that a pattern covers, in Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jfml_policies.editor.limits import MAX_LISTED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from jfml_policies.catalog import Action, Catalog

__all__ = ["action_note", "listed"]


def action_note(name: str, catalog: Catalog) -> str | None:
    """What an `Action` entry names, or None when the catalogue knows no such action.

    >>> from jfml_policies.catalog import load
    >>> print(action_note("s3:Get*Accelerate*", load()))
    **1 action**
    <BLANKLINE>
    - Read: `s3:GetAccelerateConfiguration`
    """
    if "*" in name or "?" in name:
        return _pattern(catalog.matches(name, include_retired=False), catalog)
    action = catalog.action(name)
    return None if action is None else "\n".join(_lines(action, catalog))


def listed(names: Sequence[str]) -> str:
    """Names in code, the first few."""
    shown = ", ".join(f"`{name}`" for name in names[:MAX_LISTED])
    return shown if len(names) <= MAX_LISTED else f"{shown} and {len(names) - MAX_LISTED} more"


def _lines(action: Action, catalog: Catalog) -> Iterator[str]:
    retired = "; AWS no longer lists it" if action.retired else ""
    yield f"**`{action.full_name}`** action, {action.access_level}{retired}"
    yield ""
    service = catalog.service(action.service)
    for used in action.resource_types:
        resource = service.resource_type(used.name) if service else None
        need = "always" if used.required else "one of several, or optional"
        yield f"- resource type {used.name} ({need})" + (f": `{resource.arn}`" if resource else "")
    if not action.resource_types and not action.retired:
        yield "- works on no resource of its own: only `*` fits"
    keys = catalog.condition_keys_of(action.full_name)
    if keys:
        yield f"- condition keys: {listed(keys)}"
    if action.dependent_actions:
        yield f"- the caller needs as well: {listed(action.dependent_actions)}"


def _pattern(names: Sequence[str], catalog: Catalog) -> str | None:
    if not names:
        return None
    services = {name.partition(":")[0] for name in names}
    where = f" of {len(services):,} services" if len(services) > 1 else ""
    head = f"**{len(names):,} {'action' if len(names) == 1 else 'actions'}**{where}"
    # Access levels are decoded service by service; for all of AWS that would take seconds.
    if len(services) > 1:
        return head
    levels: dict[str, list[str]] = {}
    for name in names:
        action = catalog.action(name)
        if action is not None:
            levels.setdefault(action.access_level, []).append(name)
    return "\n".join([head, "", *_level_lines(levels.items())])


def _level_lines(levels: Iterable[tuple[str, Sequence[str]]]) -> Iterator[str]:
    for level, names in sorted(levels):
        yield f"- {level}: {listed(names)}"

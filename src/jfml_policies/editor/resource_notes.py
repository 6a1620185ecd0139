"""Which published resource types an ARN fits, in Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jfml_policies.editor.limits import MAX_LISTED
from jfml_policies.editor.named_actions import named_actions
from jfml_policies.linter.questions.arn_demands import format_index
from jfml_policies.linter.questions.resource_arn import as_pattern, resource_arn
from jfml_policies.patterns.glob import intersects

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jfml_policies.catalog import ArnFormat, Catalog

__all__ = ["resource_note"]


def resource_note(text: str, actions: Sequence[str], catalog: Catalog) -> str | None:
    """The resource types that an ARN fits, those that the statement's actions work on first; None for no ARN.

    >>> from jfml_policies.catalog import load
    >>> print(resource_note("arn:aws:iam::111122223333:role/app", ["iam:PassRole"], load()))
    **`iam:role`** `arn:${Partition}:iam::${Account}:role/${RoleNameWithPath}`, of this statement's actions
    """
    if text == "*":
        return "**every resource**"
    arn = resource_arn(text)
    if arn is None:
        return None
    resource = as_pattern(arn.resource)
    wanted = {
        (action.service, used.name) for action in named_actions(actions, catalog) for used in action.resource_types
    }
    fitting = [
        entry
        for entry in format_index(catalog, arn.service).candidates(resource)
        if intersects(resource, entry.resource_pattern)
    ]
    fitting.sort(key=lambda entry: ((entry.owner, entry.resource_type) not in wanted, entry.owner, entry.resource_type))
    # Other services list the same ARN under names of their own; the first tells it.
    once = {(entry.region, entry.account, entry.resource_pattern): entry for entry in reversed(fitting)}
    lines = [line for entry in reversed(once.values()) if (line := _line(entry, catalog, wanted))]
    more = f"\n\nand {len(lines) - MAX_LISTED} more" if len(lines) > MAX_LISTED else ""
    return "\n\n".join(lines[:MAX_LISTED]) + more if lines else None


def _line(entry: ArnFormat, catalog: Catalog, wanted: set[tuple[str, str]]) -> str:
    service = catalog.service(entry.owner)
    resource = service.resource_type(entry.resource_type) if service else None
    if resource is None:
        return ""
    used = ", of this statement's actions" if (entry.owner, entry.resource_type) in wanted else ""
    return f"**`{entry.owner}:{entry.resource_type}`** `{resource.arn}`{used}"

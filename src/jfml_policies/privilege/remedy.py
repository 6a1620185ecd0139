"""What to do about a piece of excess or shortage, in one clause."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from jfml_policies.policy.nodes import Listing
    from jfml_policies.privilege.excess import Difference

__all__ = ["how_to_add", "how_to_remove"]

_SHOWN: Final = 4


def how_to_remove(excess: Difference) -> str:
    """What to take out of the granting statement so that the excess is gone."""
    region = excess.region
    if excess.source is None:
        return (
            f"deny {_few(region.actions)}"
            if not region.resources
            else (f"deny {_few(region.actions)} on {_few(region.resources)}")
        )
    statement = excess.source.statement
    if region.lifted:
        return "add the Deny that the need states"
    if any(exception.startswith("Allow ") for exception in region.exceptions):
        narrow = "narrow the statement to the part that is needed"
        return f"remove {_few(excess.strangers)}, and {narrow}" if excess.strangers else narrow
    every_action = _is_all(statement.actions, region.actions) and not region.except_actions
    every_resource = _is_all(statement.resources, region.resources)
    if every_action and every_resource:
        return "remove the statement" if not region.exceptions else "narrow the statement to the part that is needed"
    if every_resource:
        return f"remove {_few(region.actions)} from its actions"
    if every_action:
        return f"remove {_few(region.resources)} from its resources"
    return f"remove {_few(region.actions)} for {_few(region.resources)}"


def how_to_add(shortage: Difference) -> str:
    """What to grant so that nothing is lacking."""
    region = shortage.region
    if shortage.deny is not None:
        return "except this from the Deny that takes it away"
    on = f" on {_few(region.resources)}" if region.resources and not region.except_resources else ""
    when = ", under the same conditions" if region.conditions else ""
    return f"allow {_few(region.actions)}{on}{when}"


def _is_all(listing: Listing | None, texts: tuple[str, ...]) -> bool:
    return listing is None or set(texts) == {value.value for value in listing.values}


def _few(texts: tuple[str, ...]) -> str:
    more = f" and {len(texts) - _SHOWN:,} more" if len(texts) > _SHOWN else ""
    return ", ".join(f"`{text}`" for text in texts[:_SHOWN]) + more

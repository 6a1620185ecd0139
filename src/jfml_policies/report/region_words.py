"""The parts of a region in words; every text that comes from a policy is still as it was and must be made harmless."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jfml_policies.access.regions import Region
    from jfml_policies.access.request import Request
    from jfml_policies.report.answer import Effect

__all__ = ["by_service", "counts", "exception_text", "first_few", "is_everybody", "one_line_region", "request_text"]

_EVERYBODY: Final = frozenset((("*",), ("AWS: *",)))
_FEW: Final = 6
_LIFTED: Final[dict[str, str]] = {"added": " (denied before)", "removed": " (denied now)"}
#: Whose Allow is an exception: what it allows is not part of the difference, or is told as a difference of its own.
_OTHERS: Final[dict[str, str]] = {
    "added": "old allows, too",
    "removed": "new allows, too",
    "undenied": "new allows itself",
    "denied": "old allowed itself",
    "excess": "is needed",
    "shortage": "is granted",
}


def counts(region: Region, catalog_date: str) -> str:
    """`1 Read, 1 Write`: the known actions by access level, or that there is none; empty where that says nothing."""
    if region.only_unknown_actions:
        return f"only action names outside the catalogue of {catalog_date}"
    return ", ".join(f"{number:,} {level}" for level, number in region.access_levels)


def by_service(actions: Sequence[str]) -> dict[str, list[str]]:
    """Action patterns by their service, sorted; the pattern `*` under an empty name.

    >>> by_service(["s3:GetObject", "EC2:Run*", "s3:Put*"])
    {'ec2': ['Run*'], 's3': ['GetObject', 'Put*']}
    """
    services: dict[str, list[str]] = {}
    for action in actions:
        prefix, colon, name = action.partition(":")
        services.setdefault(prefix.lower() if colon else "", []).append(name if colon else action)
    return {service: sorted(services[service], key=str.lower) for service in sorted(services)}


def first_few(texts: Sequence[str], limit: int = _FEW) -> str:
    """The texts with commas between them; of many the first and how many more there are.

    >>> first_few(["a", "b", "c", "d"], 2)
    'a, b and 2 more'
    """
    if len(texts) <= limit + 1:
        return ", ".join(texts)
    return f"{', '.join(texts[:limit])} and {len(texts) - limit:,} more"


def is_everybody(principals: Sequence[str]) -> bool:
    """Whether a region's principals are all there are."""
    return tuple(principals) in _EVERYBODY


def _actions_text(region: Region) -> str:
    """The actions in a few words."""
    text = "every action" if region.actions == ("*",) else first_few(region.actions)
    return f"{text} but {first_few(region.except_actions)}" if region.except_actions else text


def one_line_region(region: Region, effect: Effect, catalog_date: str) -> str:
    """All of a region but its example in one line; long lists are cut short."""
    text = _actions_text(region)
    known = counts(region, catalog_date)
    if known:
        text += f" ({known})"
    if region.resources:
        text += f" on {first_few(region.resources)}"
        if region.except_resources:
            text += f" but {first_few(region.except_resources)}"
    if region.principals or region.except_principals:
        everybody = not region.principals or is_everybody(region.principals)
        text += " by everybody" if everybody else f" by {first_few(region.principals)}"
        if region.except_principals:
            text += f" but {first_few(region.except_principals)}"
    if region.conditions:
        text += f" when {' and '.join(region.conditions)}"
    if region.lifted and effect in _LIFTED:
        text += _LIFTED[effect]
    if region.exceptions:
        text += "".join(f", {exception_text(exception, effect)}" for exception in region.exceptions[:2])
        if len(region.exceptions) > 2:
            text += f", and {len(region.exceptions) - 2:,} more exceptions"
    return text


def exception_text(exception: str, effect: Effect) -> str:
    """A statement that a region's requests do not match, and what it does to them.

    >>> exception_text("Allow s3:Get* on *", "added")
    'except what old allows, too: s3:Get* on *'
    """
    verb, _, rest = exception.partition(" ")
    if verb == "Allow" and effect in _OTHERS:
        return f"except what {_OTHERS[effect]}: {rest}"
    return f"except what is denied: {rest}" if verb == "Deny" else f"except: {exception}"


def request_text(request: Request) -> str:
    """A request in one line.

    >>> from jfml_policies.access.request import Request
    >>> request_text(Request("s3:GetObject", "arn:aws:s3:::b/k", context={"aws:SourceVpc": "vpc-1"}))
    's3:GetObject on arn:aws:s3:::b/k with aws:SourceVpc = vpc-1'
    """
    text = request.action if request.resource == "*" else f"{request.action} on {request.resource}"
    if request.principal is not None:
        text += f" by {request.principal}"
    if request.context:
        text += f" with {', '.join(f'{key} = {_value(request, key)}' for key in request.context)}"
    return text


def _value(request: Request, key: str) -> str:
    values = request.values(key)
    return (values[0] or '""') if len(values) == 1 else f"[{', '.join(values)}]"

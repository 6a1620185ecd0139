"""What two versions of a file attach by name, compared by name: what it allows stands elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jfml_policies.sources.attached import Attached, Attachments, Name

__all__ = ["Change", "are_gone", "changes"]

#: More names are not listed.
_MOST: Final = 5
_WHAT: Final = {
    "grant": "what it names grants access that is not looked at",
    "target": "the policy is for something else",
    "limit": "what holds access back is not the same",
    "condition": "the resource is there under another condition",
}


class Change(NamedTuple):
    """A place whose names are others now.

    Attributes:
        address: the place.
        reason: what changed, a clause.
        adds_nothing: whether nothing that grants came, and nothing went that limits or may deny.
    """

    address: str
    reason: str
    adds_nothing: bool


def changes(old: Attachments, new: Attachments) -> Iterator[Change]:
    """The places whose names changed, in the order of the new file.

    A policy's target and what limits it matter where the resource is there before and after; else the policy itself is
    told to have come or gone.
    """
    for address in dict.fromkeys([*new.places, *old.places]):
        before, after = old.places.get(address), new.places.get(address)
        one = after or before
        if one is None or ((before is None or after is None) and not (one.bearing == "grant" or one.is_apart)):
            continue
        came, went = _missing_in(before, after), _missing_in(after, before)
        if not came and not went:
            continue
        reason = f"{_WHAT[one.bearing]}: {', '.join([*_listed(came, 'came'), *_listed(went, 'went')])}"
        if one.bearing == "limit":
            yield Change(address, reason, adds_nothing=not went)
        elif one.bearing == "condition":
            # Without the condition the resource is there in more cases, with it in fewer.
            yield Change(address, reason, adds_nothing=not went and all(name.is_harmless for name in came))
        else:
            denying = [name for name in went if not name.is_harmless and not are_gone(name.holders, old, new)]
            if denying:
                reason += "; a Deny would be gone with it"
            yield Change(address, reason, adds_nothing=not came and not denying)


def are_gone(holders: frozenset[str], old: Attachments, new: Attachments) -> bool:
    """Whether all of some resources were there, and none of them is any more."""
    return bool(holders) and holders <= old.present - old.kept and not holders & new.present


def _missing_in(one: Attached | None, other: Attached | None) -> list[Name]:
    """The names of `other` that `one` does not have."""
    known = {name.key for name in one.names} if one is not None else set()
    return list({name.key: name for name in other.names if name.key not in known}.values()) if other is not None else []


def _listed(names: list[Name], verb: str) -> list[str]:
    if not names:
        return []
    more = f" and {len(names) - _MOST:,} more" if len(names) > _MOST else ""
    return [", ".join([f"`{name.shown}`" for name in names[:_MOST]]) + f"{more} {verb}"]

"""What two versions of a file attach by name, compared by name: what it allows stands elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from jfml_policies.sources.attached import Attached

__all__ = ["Change", "changes"]

#: More names are not listed.
_MOST: Final = 5
_WHAT: Final = {
    "grant": "what it names grants access that is not looked at",
    "target": "the policy is for something else",
    "limit": "what holds access back is not the same",
}


class Change(NamedTuple):
    """A place whose names are others now.

    Attributes:
        address: the place.
        reason: what changed, a clause.
        adds_nothing: whether nothing that grants came, and nothing that limits went.
    """

    address: str
    reason: str
    adds_nothing: bool


def changes(old: Mapping[str, Attached], new: Mapping[str, Attached]) -> Iterator[Change]:
    """The places whose names changed, in the order of the new file.

    A policy's target and what limits it matter where the resource is there before and after; else the policy itself is
    told to have come or gone.
    """
    for address in dict.fromkeys([*new, *old]):
        before, after = old.get(address), new.get(address)
        one = after or before
        if one is None or (one.bearing != "grant" and (before is None or after is None)):
            continue
        was = dict(before.names) if before is not None else {}
        now = dict(after.names) if after is not None else {}
        came = [shown for name, shown in now.items() if name not in was]
        went = [shown for name, shown in was.items() if name not in now]
        if came or went:
            told = [*_listed(came, "came"), *_listed(went, "went")]
            adds_nothing = not (went if one.bearing == "limit" else came)
            yield Change(address, f"{_WHAT[one.bearing]}: {', '.join(told)}", adds_nothing)


def _listed(names: list[str], verb: str) -> list[str]:
    if not names:
        return []
    more = f" and {len(names) - _MOST:,} more" if len(names) > _MOST else ""
    return [", ".join([f"`{name}`" for name in names[:_MOST]]) + f"{more} {verb}"]

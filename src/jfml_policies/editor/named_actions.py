"""The catalogue's actions that a statement's entries cover, so many that no document takes long."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jfml_policies.catalog import Action, Catalog

__all__ = ["named_actions"]

_MOST_ENTRIES: Final = 100
_MOST_ACTIONS: Final = 500
#: AWS's longest action name is far shorter.
_LONGEST: Final = 200


def named_actions(entries: Iterable[str], catalog: Catalog) -> tuple[Action, ...]:
    """The actions that entries such as `s3:Get*` cover, each once; entries for every service say nothing.

    >>> from jfml_policies.catalog import load
    >>> [action.name for action in named_actions(["s3:GetObject", "*"], load())]
    ['GetObject']
    """
    found: dict[str, Action] = {}
    for entry in islice(entries, _MOST_ENTRIES):
        prefix = entry.partition(":")[0]
        if len(entry) > _LONGEST or not catalog.is_service(prefix):
            continue
        for name in catalog.matches(entry, include_retired=False):
            action = catalog.action(name)
            if action is not None:
                found.setdefault(name, action)
            if len(found) >= _MOST_ACTIONS:
                return tuple(found.values())
    return tuple(found.values())

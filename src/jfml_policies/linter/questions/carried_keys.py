"""Which actions of a statement send requests that never carry one of its condition keys.

Source: the "Condition keys" column of the Service Authorization Reference, through the catalogue.
The column has gaps, so a key counts only where the catalogue ties it to other actions: of the same service, or of the
same statement.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from jfml_policies.catalog import Catalog
from jfml_policies.catalog.global_keys import CROSS_SERVICE_KEYS
from jfml_policies.linter.questions.key_types import published_key
from jfml_policies.linter.questions.resource_arn import is_literal
from jfml_policies.record import record

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from jfml_policies.policy.nodes import Text

__all__ = ["Entries", "entries_without"]

_ANYWHERE: Final = frozenset(key.name.lower() for key in CROSS_SERVICE_KEYS)
#: Keys of the `aws:` family that only requests with tags carry, so no request that lists or reads does.
_REQUEST_TAGS: Final = frozenset(("aws:RequestTag/${TagKey}", "aws:TagKeys"))
_READING: Final = ("List", "Read")
#: Services whose tables leave out keys that their own documentation promises.
#: Source: AWS Marketplace Buyer Guide, "Controlling access to AWS Marketplace subscriptions", which limits
#: `aws-marketplace:Subscribe` by `aws-marketplace:ProductId`.
_WITH_GAPS: Final = frozenset(("aws-marketplace",))
#: Actions that a pattern may cover; a wider one is not looked at.
_MOST_COVERED: Final = 100


@record
class Entries:
    """The entries of an Action, by whether their requests carry a key.

    Attributes:
        without: those whose requests never do.
        others: how many entries are left, with the key or undecided.
    """

    without: tuple[Text, ...]
    others: int


def entries_without(key: str, actions: Sequence[Text], catalog: Catalog) -> Entries | None:
    """The entries whose requests never carry `key`; None where that is not for the catalogue to say.

    >>> from jfml_policies.catalog import load
    >>> from jfml_policies.policy.parse import parse_text
    >>> text = '{"Statement": {"Action": ["s3:ListBucket", "s3:GetObject"]}}'
    >>> found = entries_without("s3:prefix", parse_text(text).statements[0].action.values, load())
    >>> [entry.value for entry in found.without]
    ['s3:GetObject']
    """
    published = published_key(catalog, key)
    if published is None or published.name.lower() in _ANYWHERE:
        return None
    name = published.name
    prefix = name.partition(":")[0].lower()
    if (prefix == "aws" and name not in _REQUEST_TAGS) or prefix in _WITH_GAPS:
        return None
    known = {entry.value: _covered(entry.value, catalog) for entry in actions}
    with_key = {text for text, covered in known.items() if any(_carries(name, action, catalog) for action in covered)}
    without = []
    for entry in actions:
        covered = known[entry.value]
        if not covered or entry.value in with_key:
            continue
        if prefix == "aws":
            is_told = all(_is_reading(action, catalog) and _is_tied(name, action, catalog) for action in covered)
        else:
            is_told = bool(with_key) or all(_is_own(prefix, action, name, catalog) for action in covered)
        if is_told:
            without.append(entry)
    return Entries(tuple(without), len(actions) - len(without))


def _covered(text: str, catalog: Catalog) -> Sequence[str]:
    """The actions of an entry; none where there are too many, or of several services, or one that AWS has retired."""
    if is_literal(text):
        action = catalog.action(text)
        return () if action is None or action.retired else (action.full_name,)
    if not is_literal(text.partition(":")[0]):
        return ()
    found = catalog.matches(text)
    return () if len(found) > _MOST_COVERED or _some_retired(found, catalog) else found


def _some_retired(names: Iterable[str], catalog: Catalog) -> bool:
    actions = [catalog.action(name) for name in names]
    return any(action is None or action.retired for action in actions)


def _is_reading(name: str, catalog: Catalog) -> bool:
    action = catalog.action(name)
    return action is not None and action.access_level in _READING


def _is_own(prefix: str, action: str, key: str, catalog: Catalog) -> bool:
    return action.partition(":")[0] == prefix and _is_tied(key, action, catalog)


def _is_tied(key: str, action: str, catalog: Catalog) -> bool:
    """Whether the catalogue ties the key to some action of this action's service."""
    return key in _tied_keys(action.partition(":")[0], catalog)


@lru_cache(maxsize=64)
def _tied_keys(prefix: str, catalog: Catalog) -> frozenset[str]:
    service = catalog.service(prefix)
    if service is None:
        return frozenset()
    return frozenset(key for action in service.actions for key in service.keys_of_action(action.name))


def _carries(key: str, action: str, catalog: Catalog) -> bool:
    return key in _keys_of(action, catalog)


@lru_cache(maxsize=4096)
def _keys_of(action: str, catalog: Catalog) -> frozenset[str]:
    return frozenset(catalog.condition_keys_of(action))

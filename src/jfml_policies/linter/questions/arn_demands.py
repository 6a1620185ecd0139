"""What the published ARN formats demand of an ARN's Region and account.

An ARN may fit several formats; only what all of them agree on can be held against it.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal

from jfml_policies.catalog import ArnFormat, Catalog
from jfml_policies.linter.questions.near_names import NearNames
from jfml_policies.linter.questions.resource_arn import as_pattern
from jfml_policies.patterns.arn import Arn, has_wildcard
from jfml_policies.patterns.glob import intersects

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["FormatIndex", "agreed_formats", "format_index", "head_of"]

_SEPARATORS: Final = ("/", ":")


class FormatIndex:
    """The ARN formats of one service, by the word that their resource part begins with.

    A list of 40,000 ARNs asks 40,000 times; the word leaves a handful of formats to compare.
    """

    def __init__(self, formats: Iterable[ArnFormat]) -> None:
        self._all = tuple(formats)
        by_head: dict[str, list[ArnFormat]] = {}
        opened: list[ArnFormat] = []
        for entry in self._all:
            head = head_of(entry.resource_pattern)
            (opened if has_wildcard(head) else by_head.setdefault(head, [])).append(entry)
        self._by_head = {head: (*entries, *opened) for head, entries in by_head.items()}
        self._opened = tuple(opened)
        self._heads = frozenset(() if opened else by_head)
        self._near = NearNames(self._heads)

    @property
    def heads(self) -> frozenset[str]:
        """The words that resource parts begin with; none when some format begins with a name of the user's."""
        return self._heads

    def near_head(self, head: str) -> str | None:
        """The word that a misspelt first word most likely stands for, or None."""
        return self._near.nearest(head)

    def candidates(self, resource: str) -> tuple[ArnFormat, ...]:
        """The formats that a resource pattern may meet, judged by its first word."""
        head = head_of(resource)
        return self._all if has_wildcard(head) else self._by_head.get(head, self._opened)


def head_of(resource: str) -> str:
    """What stands before the first `/` or `:`; all of it when there is neither.

    >>> head_of("role/team/app"), head_of("/restapis/x"), head_of("my-queue")
    ('role', '', 'my-queue')
    """
    places = [place for place in map(resource.find, _SEPARATORS) if place >= 0]
    return resource[: min(places)] if places else resource


@lru_cache(maxsize=512)
def format_index(catalog: Catalog, service: str) -> FormatIndex:
    """The formats of an ARN service field."""
    return FormatIndex(catalog.formats_for_arn_service(service) if catalog.is_arn_service(service) else ())


def agreed_formats(
    arn: Arn, catalog: Catalog, field: Literal["region", "account"], demand: str
) -> tuple[ArnFormat, ...]:
    """The formats that an ARN's resource part meets, when every one has this demand of the field; else none.

    Args:
        arn: the ARN or ARN pattern.
        catalog: where the formats are.
        field: which field of the formats to look at.
        demand: as in `ArnFormat`: "empty", "required" ...

    >>> from jfml_policies.catalog import load
    >>> bucket = Arn.parse("arn:aws:s3::111122223333:acme-features/*")
    >>> sorted(entry.resource_type for entry in agreed_formats(bucket, load(), "account", "empty"))
    ['bucket', 'object']
    """
    resource = as_pattern(arn.resource)
    candidates = format_index(catalog, arn.service).candidates(resource)
    agreeing = [entry for entry in candidates if getattr(entry, field) == demand]
    if not agreeing:
        return ()
    others = (entry for entry in candidates if getattr(entry, field) != demand)
    if any(intersects(resource, entry.resource_pattern) for entry in others):
        return ()
    return tuple([entry for entry in agreeing if intersects(resource, entry.resource_pattern)])

"""Which service prefixes count as known, and which known one a misspelt prefix is near to."""

from __future__ import annotations

from functools import lru_cache

from jfml_policies.catalog import Catalog
from jfml_policies.catalog.retired_services import find as find_retired
from jfml_policies.linter.questions.near_names import NearNames

__all__ = ["is_known_arn_service", "is_known_prefix", "near_arn_service", "near_prefix"]


def is_known_prefix(catalog: Catalog, prefix: str) -> bool:
    """Whether an action may begin with this prefix, in any letter case.

    A service that AWS has retired still counts, unless AWS's own validation is known to refuse it.

    >>> from jfml_policies.catalog import load
    >>> [is_known_prefix(load(), prefix) for prefix in ("S3", "codestar", "elastic-inference", "s33")]
    [True, True, False, False]
    """
    return catalog.is_service(prefix) and not _is_refused(prefix)


def is_known_arn_service(catalog: Catalog, field: str) -> bool:
    """Whether a text, in lower case, may stand in the service field of an ARN.

    What a service of today publishes as an ARN format counts, even when the prefix begins no action any more.

    >>> from jfml_policies.catalog import load
    >>> is_known_arn_service(load(), "s3-outposts"), is_known_arn_service(load(), "storage")
    (True, False)
    """
    return catalog.is_arn_service(field) and (not _is_refused(field) or bool(catalog.formats_for_arn_service(field)))


def near_prefix(catalog: Catalog, prefix: str) -> str | None:
    """The action prefix that a misspelt one most likely stands for, or None."""
    return _prefixes(catalog).nearest(prefix)


def near_arn_service(catalog: Catalog, field: str) -> str | None:
    """The service field that a misspelt one most likely stands for, or None."""
    return _arn_services(catalog).nearest(field)


def _is_refused(prefix: str) -> bool:
    retired = find_retired(prefix)
    return retired is not None and retired.validator_accepts is False


@lru_cache(maxsize=4)
def _prefixes(catalog: Catalog) -> NearNames:
    return NearNames([name for name in catalog.prefixes if not _is_refused(name)])


@lru_cache(maxsize=4)
def _arn_services(catalog: Catalog) -> NearNames:
    return NearNames([name for name in catalog.prefixes | catalog.arn_services if not _is_refused(name)])

"""Buckets that a spec gives to two accounts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from jfml_policies.build.identifiers import account_id_problem
from jfml_policies.build.specs.part import Disagreement
from jfml_policies.build.wording import quoted

__all__ = ["owned_twice"]

_Path = tuple[int | str, ...]


class _Named(NamedTuple):
    """A bucket, the account that it belongs to, and where that is said."""

    bucket: str
    owner: str
    path: _Path


def owned_twice(value: object, path: _Path, account: object) -> Iterator[Disagreement]:
    """Buckets that belong to one account in one place and to another in a later one; the spec's depth is bounded.

    The name of a bucket is one account's alone, so that either use would be refused.

    Args:
        value: parts of a spec as they were given.
        path: where they stand.
        account: the account of buckets of which no other is said, if it is known and right.
    """
    first: dict[str, str] = {}
    for named in _named(value, path, account):
        owner = first.setdefault(named.bucket, named.owner)
        if owner != named.owner:
            both = f"belongs to {quoted(named.owner)} here and to {quoted(owner)} before"
            yield named.path, f"{quoted(named.bucket)} {both}; say in every place whose it is"


def _named(value: object, path: _Path, account: object) -> Iterator[_Named]:
    if isinstance(value, Mapping):
        bucket, given = value.get("bucket"), value.get("bucket_account")
        owner = account if given is None else given
        if isinstance(bucket, str) and isinstance(owner, str) and account_id_problem(owner) is None:
            yield _Named(bucket, owner, (*path, "bucket" if given is None else "bucket_account"))
        for name, item in value.items():
            yield from _named(item, (*path, name), account)
    elif isinstance(value, list | tuple):
        for place, item in enumerate(value):
            yield from _named(item, (*path, place), account)

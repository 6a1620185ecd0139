"""Object keys as folders: only where a folder was used in as many ways as somebody said, and never a whole bucket."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

__all__ = ["covering", "folders_above", "generalised"]

_object: Final = re.compile(r"(arn:[^:]+:s3:::[^/]+/)(.+)", re.DOTALL)


def folders_above(resource: str) -> Iterator[str]:
    """The folders that an object lies in, the widest first, each ending in a slash; none for anything else.

    >>> list(folders_above("arn:aws:s3:::acme/logs/2026/a.csv"))
    ['arn:aws:s3:::acme/logs/', 'arn:aws:s3:::acme/logs/2026/']
    """
    found = _object.fullmatch(resource)
    if found is None:
        return
    start = found.end(1)
    while (slash := resource.find("/", start)) >= 0:
        yield resource[: slash + 1]
        start = slash + 1


def covering(resource: str, folders: Collection[str]) -> str | None:
    """The widest of some folders that holds an object, or None."""
    return next((folder for folder in folders_above(resource) if folder in folders), None)


def generalised(resources: Collection[str], threshold: int, denied: Collection[str]) -> dict[str, str]:
    """Each resource with the one to grant for it: itself, or `FOLDER*`.

    A folder is granted as a whole when at least `threshold` different entries right below it, objects or folders,
    were used, and nothing in it was denied; of nested folders the widest.

    >>> keys = [f"arn:aws:s3:::acme/logs/{day}/a.csv" for day in range(3)]
    >>> set(generalised(keys, 3, ()).values())
    {'arn:aws:s3:::acme/logs/*'}
    >>> len(set(generalised(keys, 4, ()).values()))
    3
    """
    entries: defaultdict[str, set[str]] = defaultdict(set)
    for resource in resources:
        for folder in folders_above(resource):
            entries[folder].add(resource[len(folder) :].partition("/")[0])
    spoilt = {folder for resource in denied for folder in folders_above(resource)}
    folders = {folder for folder, names in entries.items() if folder not in spoilt and len(names) >= threshold}
    # A folder that was generalised before stays one.
    folders |= {resource[:-1] for resource in resources if resource.endswith("/*") and resource[:-1] in entries}
    chosen: dict[str, str] = {}
    for resource in resources:
        widest = covering(resource, folders)
        chosen[resource] = resource if widest is None else f"{widest}*"
    return chosen

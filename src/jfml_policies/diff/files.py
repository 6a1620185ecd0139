"""Two versions of a file, whatever it is: a policy, or a template or plan that holds some."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jfml_policies.diff.inside import compare_inside
from jfml_policies.diff.pairs import Compared, compare_sides
from jfml_policies.errors import InputError
from jfml_policies.sources.find import find_policies, is_yaml

if TYPE_CHECKING:
    from jfml_policies.diff.sides import Side

__all__ = ["compare_files"]


def compare_files(
    old: Side, new: Side, *, kind: str | None = None, resource_type: str | None = None
) -> list[Compared] | None:
    """What two versions of a file differ in, a comparison for each policy; None when neither version holds one.

    Of a template or plan only policies that changed are in the list.

    Args:
        old: the old version.
        new: the new one.
        kind: the kind of all; told from their content when None.
        resource_type: for resource policies, as in `AWS::S3::Bucket`.

    Raises:
        JsonSyntaxError: one is meant as a policy and broken; the error knows which, line and column.
        InputError: it is YAML, and PyYAML is not installed, or only one version can be read.
        UsageError: there is no such kind.

    >>> from jfml_policies.diff.sides import Side
    >>> compare_files(Side("HEAD:package.json", "{}"), Side("package.json", '{"name": "acme"}')) is None
    True
    """
    inside = compare_inside(old, new, kind=kind, resource_type=resource_type)
    if inside is not None:
        return inside
    texts = [(side.text, side.name.rpartition(":")[2]) for side in (old, new) if side.text is not None]
    if any(is_yaml(text, name) for text, name in texts):
        if not any(_may_hold_policies(text, name) for text, name in texts):
            return None
        raise InputError("only one version of it is known to hold policies, so it can't be compared", file=new.name)
    compared = compare_sides(old, new, kind=kind, resource_type=resource_type)
    return None if compared is None else [compared]


def _may_hold_policies(text: str, name: str) -> bool:
    return find_policies(text, name) is not None or ("tatement" in text and not is_yaml(text, name))

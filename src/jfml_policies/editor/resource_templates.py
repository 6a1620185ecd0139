"""Completions of resources: the ARN templates of what the statement's actions work on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jfml_policies.catalog.arn_format import PLACEHOLDER
from jfml_policies.editor.candidate import Candidate, candidate, is_begun
from jfml_policies.editor.named_actions import named_actions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jfml_policies.catalog import Catalog
    from jfml_policies.editor.place import Place

__all__ = ["resource_candidates", "written_template"]


def resource_candidates(place: Place, catalog: Catalog) -> Iterator[Candidate]:
    """ARN templates that fit the statement's actions, and `*`; those that the most actions need come first."""
    cursor = place.cursor
    actions = named_actions(place.actions, catalog)
    uses: dict[str, list[str]] = {}
    names: dict[str, str] = {}
    for action in actions:
        service = catalog.service(action.service)
        for used in action.resource_types if service else ():
            resource = service.resource_type(used.name) if service else None
            if resource is not None:
                arn = written_template(resource.arn)
                names.setdefault(arn, f"{resource.service}:{resource.name}")
                uses.setdefault(arn, []).append(action.name)
    order = sorted(uses, key=lambda arn: (-len(uses[arn]), arn))
    for rank, arn in enumerate(order):
        if is_begun(arn, cursor.typed):
            yield candidate(cursor, arn, "resource", f"{names[arn]}, for {_listed(uses[arn])}", rank=rank)
    if is_begun("*", cursor.typed):
        alone = bool(actions) and not uses
        detail = "the only resource that fits these actions" if alone else "every resource"
        yield candidate(cursor, "*", "resource", detail, rank=0 if alone else len(order))


def written_template(arn: str) -> str:
    """A published template as a policy may hold it: the partition filled in, each other placeholder in capitals.

    A placeholder must not look like a policy variable, `${...}`.

    >>> written_template("arn:${Partition}:s3:::${BucketName}/${ObjectName}")
    'arn:aws:s3:::BUCKET_NAME/OBJECT_NAME'
    """
    return PLACEHOLDER.sub(lambda found: _capitals(found[0].strip("${}<>")), arn)


def _capitals(name: str) -> str:
    if name == "Partition":
        return "aws"
    words = ""
    for place, letter in enumerate(name):
        starts = letter.isupper() and place > 0 and not name[place - 1].isupper()
        words += f"_{letter}" if starts else letter
    return words.upper()


def _listed(names: list[str]) -> str:
    shown = ", ".join(names[:2])
    return shown if len(names) <= 2 else f"{shown} and {len(names) - 2} more"

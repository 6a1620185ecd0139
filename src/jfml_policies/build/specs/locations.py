"""Folders of buckets, as specs name them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Final, cast

from pydantic import AfterValidator, Field

from jfml_policies.build.fields import Account, Bucket, Keys, ObjectKey, Prefix, PrefixOrKey
from jfml_policies.build.identifiers import KmsKey, Partition
from jfml_policies.build.parameters import checked_by
from jfml_policies.build.place import Place
from jfml_policies.build.s3_names import folder_problem
from jfml_policies.build.specs.part import Disagreement, Part
from jfml_policies.build.tasks.s3 import Folder, ReadFolder, WriteFolder
from jfml_policies.build.wording import quoted

__all__ = ["DatedLocation", "FileLocation", "Location", "Where", "keys_of"]


@dataclass(frozen=True, slots=True)
class Where:
    """What holds of all of a role's needs.

    Attributes:
        place: region and account of resources that do not say otherwise.
        strict: whether folders are listed with their prefix only.
    """

    place: Place
    strict: bool = True


def keys_of(arns: tuple[str, ...]) -> tuple[KmsKey, ...]:
    """Keys from the ARNs of a spec, which were checked."""
    return tuple(KmsKey.of(arn) for arn in arns)


class Location(Part):
    """A folder of a bucket, or the whole bucket."""

    elsewhere: ClassVar[Mapping[str, str]] = {"key": "a folder is read or written; give it as `prefix`"}

    bucket: Annotated[Bucket, Field(description="the bucket's name")]
    prefix: Annotated[Prefix | None, Field(description="the folder; the whole bucket when left out")] = None
    kms_keys: Annotated[Keys, Field(description="ARNs of the KMS keys that encrypt the objects")] = ()
    bucket_account: Annotated[
        Account | None, Field(description="the account that the bucket belongs to, when not that of the role")
    ] = None

    def folder(self, where: Where) -> Folder:
        """The folder that is named."""
        return Folder.of(self.bucket, self.prefix, cast("Partition", where.place.partition))

    def read(self, where: Where, *, versions: bool = False) -> ReadFolder:
        """Reading it."""
        owner = self.bucket_account or where.place.account or None
        return ReadFolder(self.folder(where), where.strict, owner, keys_of(self.kms_keys), versions)

    def write(self, where: Where) -> WriteFolder:
        """Writing to it."""
        owner = self.bucket_account or where.place.account or None
        return WriteFolder(self.folder(where), owner, keys_of(self.kms_keys))


class FileLocation(Location):
    """A folder of a bucket, one object of it, or the whole bucket."""

    prefix: Annotated[
        PrefixOrKey | None, Field(description="the folder; the whole bucket when left out, unless a key is given")
    ] = None
    key: Annotated[ObjectKey | None, Field(description="the key of one object, instead of a folder")] = None

    def folder(self, where: Where) -> Folder:
        """The folder or object that is named."""
        if self.key is None:
            return super().folder(where)
        return Folder.of_object(self.bucket, self.key, cast("Partition", where.place.partition))

    @classmethod
    def disagreements(cls, right: Mapping[str, Any]) -> Iterator[Disagreement]:
        """A folder and an object at once."""
        if right.get("prefix") is not None and right.get("key") is not None:
            yield ("key",), "does not go with a prefix: give the folder, or one object by its whole key"


def _constant_part(prefix: str) -> str:
    """How the folder's name begins, before what changes from run to run.

    >>> _constant_part("in/day={%d-%m-%Y}/")
    'in/day='
    """
    return prefix.partition("{")[0]


_unclosed: Final = re.compile(r"\{[^}]*(?:\{|\Z)")


def _dated_folder_problem(prefix: str) -> str | None:
    constant = _constant_part(prefix)
    if prefix != constant and _unclosed.search(prefix):
        return f"{quoted(prefix)} opens a brace that nothing closes: write a date as in `in/{{%d-%m-%Y}}`"
    # With nothing constant the whole bucket is meant, so only the rest is looked at.
    return folder_problem(constant or "x") if prefix != constant else folder_problem(prefix)


_DatedPrefix = Annotated[
    str,
    AfterValidator(checked_by(_dated_folder_problem)),
    Field(
        json_schema_extra={"minLength": 1, "maxLength": 1024, "pattern": r"^[^/*?][^*?]*$"},
        examples=["in/{%d-%m-%Y}"],
    ),
]


class DatedLocation(Location):
    """A folder whose name may hold dates, as in `in/{%d-%m-%Y}`; all that begins like it before them is meant."""

    prefix: Annotated[
        _DatedPrefix | None, Field(description="the folder; all that begins with what comes before `{` is granted")
    ] = None

    def folder(self, where: Where) -> Folder:
        """All that begins with what comes before the first date."""
        prefix = self.prefix or ""
        if "{" not in prefix:
            return super().folder(where)
        return Folder(self.bucket, _constant_part(prefix), cast("Partition", where.place.partition))

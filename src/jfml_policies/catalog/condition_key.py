"""A condition key as AWS publishes it, and which written keys it stands for.

Source: "Condition keys" tables of the AWS Service Authorization Reference
(https://docs.aws.amazon.com/service-authorization/latest/reference/), through the catalogue file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from jfml_policies.catalog.arn_format import PLACEHOLDER
from jfml_policies.catalog.name_pattern import NamePattern
from jfml_policies.record import record

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["ConditionKey", "KeyTable"]

_LIST = "ArrayOf"


@record
class ConditionKey:
    """One condition key.

    Attributes:
        name: as published, such as `s3:prefix`; a template such as `ec2:ResourceTag/${TagKey}` stands for any tail.
        type: the published text: String, ARN, Bool, Numeric, Date, IPAddress, or `ArrayOf` one of these.
    """

    name: str
    type: str

    @property
    def is_multivalued(self) -> bool:
        """True when a request may carry several values, so operators need `ForAllValues:` or `ForAnyValue:`."""
        return self.type.startswith(_LIST)

    @property
    def value_type(self) -> str:
        """The type of one value: `String` for `ArrayOfString`."""
        return self.type.removeprefix(_LIST)

    @property
    def is_template(self) -> bool:
        """True when part of the name is a placeholder."""
        return PLACEHOLDER.search(self.name) is not None


@final
class KeyTable:
    """Condition keys, found by the name that a policy writes; letter case does not matter.

    >>> table = KeyTable([ConditionKey("s3:prefix", "String"), ConditionKey("s3:BucketTag/${TagKey}", "String")])
    >>> table.find("S3:Prefix").name
    's3:prefix'
    >>> table.find("s3:buckettag/team").name
    's3:BucketTag/${TagKey}'
    >>> table.find("s3:buckettag/") is None
    True
    """

    __slots__ = ("_exact", "_templates")

    def __init__(self, keys: Iterable[ConditionKey]) -> None:
        exact: dict[str, ConditionKey] = {}
        templates: list[tuple[NamePattern, ConditionKey]] = []
        for key in keys:
            exact[key.name.lower()] = key
            if key.is_template:
                templates.append((NamePattern(PLACEHOLDER.sub("?*", key.name.lower())), key))
        # The most specific template first: `events:Metadata/${Key}/Matcher` before `events:Metadata/${Key}`.
        templates.sort(key=lambda item: (-item[0].least_length, item[0].text))
        self._exact = exact
        self._templates = tuple(templates)

    def find(self, name: str) -> ConditionKey | None:
        """The key that `name` writes, or None; a template's own spelling finds the template."""
        lowered = name.lower()
        found = self._exact.get(lowered)
        if found is not None:
            return found
        for pattern, key in self._templates:
            if pattern.matches(lowered):
                return key
        return None

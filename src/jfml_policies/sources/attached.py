"""What a file attaches to whom by name: access that stands in no document of the file, or whom a document is for."""

from __future__ import annotations

from typing import Literal, TypeAlias, final

from jfml_policies.record import record

__all__ = ["Attached", "Bearing"]

#: What a name bears on. `grant`: it stands for access, as a managed policy; `target`: it is whom or what a policy is
#: for, as a bucket; `limit`: it holds access back, as a permissions boundary.
Bearing: TypeAlias = Literal["grant", "target", "limit"]


@final
@record
class Attached:
    """The names in one place of a resource.

    Attributes:
        bearing: what they bear on.
        names: each name with a text to show; what is compared is the first.
    """

    bearing: Bearing
    names: tuple[tuple[str, str], ...]

"""One policy inside a file: what it belongs to, what kind it is, and its texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias, final

from jfml_policies.record import record
from jfml_policies.sources.writing import Written, written

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jfml_policies.policy.kinds import Kind
    from jfml_policies.sources.excerpt import Excerpt
    from jfml_policies.sources.places import Places
    from jfml_policies.sources.shape import Shape

__all__ = ["Quoted", "Source"]


@final
@record
class Quoted:
    """A policy that stands in the file as JSON text: in a string, or as it is where everything in it is known.

    Attributes:
        text: the JSON text.
        places: where in the file it comes from.
    """

    text: str
    places: Places


Document: TypeAlias = "Shape | Quoted"


@final
@record
class Source:
    """One policy inside a file.

    Attributes:
        resource: the address of what it belongs to, as in `aws_iam_policy.reader.policy` or
            `Reader.Policies[read].PolicyDocument`.
        document: the policy.
        host: the file's text, or an excerpt of it with all that the policy takes.
        kind: the policy's kind, or None when only its content tells.
        resource_type: for resource policies, as in `AWS::S3::Bucket`; None where it is not known.
        editable: whether people write this file, so that fixes may change it.
        is_yaml: whether the file is YAML, in which a fix may only put one value in place of another.
        grounds: for holes that another plan may fill otherwise, whatever their labels: what stands for all that
            their values may come from, or nothing where that is not known; None where labels tell.
        only_if: the conditions of the file that the policy as a whole depends on: the name of each, whether it must
            hold, and what it means as for a `Choice`.
    """

    resource: str
    document: Document
    host: str | Excerpt
    kind: Kind | None = None
    resource_type: str | None = None
    editable: bool = False
    is_yaml: bool = False
    grounds: str | None = None
    only_if: tuple[tuple[str, bool, str], ...] = ()

    def texts(self) -> Iterator[Iterable[Written]]:
        """The policy as texts: what is said of a policy is what holds for all texts of one group."""
        if isinstance(self.document, Quoted):
            yield (Written(self.document.text, self.document.places),)
        else:
            yield from written(self.document, self.host)

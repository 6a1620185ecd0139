"""What a file attaches to whom by name: access that stands in no document of the file, or whom a document is for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias, final

from jfml_policies.record import field, record

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Attached", "Attachments", "Bearing", "Name", "is_harmless_policy"]

#: What a name bears on. `grant`: it stands for access, as a managed policy; `target`: it is whom or what a policy is
#: for, as a bucket; `limit`: it holds access back, as a permissions boundary; `condition`: its resource is there only
#: where it holds.
Bearing: TypeAlias = Literal["grant", "target", "limit", "condition"]

#: Policies of AWS that hold nothing but Allows, by the AWS Managed Policy Reference Guide. Of others that is not known
#: here: many deny something, and AWS may change them.
_OF_AWS: Final = frozenset(
    {
        "AdministratorAccess",
        "AmazonS3FullAccess",
        "AmazonS3ReadOnlyAccess",
        "IAMFullAccess",
        "IAMReadOnlyAccess",
        "PowerUserAccess",
        "ReadOnlyAccess",
        "SecurityAudit",
        "job-function/ViewOnlyAccess",
        "service-role/AWSLambdaBasicExecutionRole",
    }
)
_of_aws = re.compile(r"arn:[\w-]+:iam::aws:policy/(.*)")


class Name(NamedTuple):
    """One of the names in a place.

    Attributes:
        key: what is compared.
        shown: a text to show.
        is_harmless: whether nothing is denied less when it is taken away: it is known that what it stands for, or for
            a target what the policy says, denies nothing.
        holders: those that it is for; where none of them is there any more, nothing is denied less either.
    """

    key: str
    shown: str
    is_harmless: bool = False
    holders: frozenset[str] = frozenset()


@final
@record
class Attached:
    """The names in one place of a resource.

    Attributes:
        bearing: what they bear on.
        names: the names.
        is_apart: whether the resource is there for this alone, so that what it bears on stays without it.
    """

    bearing: Bearing
    names: tuple[Name, ...]
    is_apart: bool = False


@final
@record
class Attachments:
    """All that a file attaches by name.

    Attributes:
        places: what is attached, by address; places that hold nothing are there, too.
        present: the resources that are there, under each name by which one may refer to them.
        kept: those that stay where a later version of the file no longer has them.
        bearers: whom the documents of a resource are for, by its address; nobody where that is not known. Where none
            of them is there any more, their documents are not missed.
    """

    places: Mapping[str, Attached] = field(default_factory=dict)
    present: frozenset[str] = frozenset()
    kept: frozenset[str] = frozenset()
    bearers: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def bearers_of(self, address: str) -> frozenset[str]:
        """Whom the document at an address is for."""
        ends = [at for at, character in enumerate(address) if character in " .["]
        known = (address[:end] for end in reversed(ends) if address[:end] in self.bearers)
        return self.bearers.get(next(known, ""), frozenset())


def is_harmless_policy(arn: str) -> bool:
    """Whether a managed policy is one of AWS's that are known to deny nothing.

    >>> is_harmless_policy("arn:aws:iam::aws:policy/ReadOnlyAccess")
    True
    >>> is_harmless_policy("arn:aws:iam::aws:policy/AWSDenyAll")
    False
    """
    match = _of_aws.fullmatch(arn)
    return match is not None and match[1] in _OF_AWS

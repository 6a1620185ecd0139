"""Resource elements: which request resources a Resource or NotResource entry matches.

`*` alone matches every resource, also the resource `*` of actions that have none. Anything else is an ARN pattern.
What becomes of an ARN with fewer than six fields depends on the kind of policy; `COMPLETION` is the one place that
says so.

Sources: "IAM JSON policy elements: Resource" of the IAM user guide; the completion of short ARNs is documented for
identity policies only ("incomplete ARNs"), the other kinds are as observed by others.
"""

from __future__ import annotations

from enum import Enum
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, final

from jfml_policies.errors import UsageError
from jfml_policies.patterns.arn import FIELD_COUNT
from jfml_policies.patterns.arn_pattern import ArnPattern, arn_glob
from jfml_policies.patterns.glob import ANYTHING, Glob
from jfml_policies.patterns.tokens import ANY_RUN, COLON, Token, Wild
from jfml_policies.record import record

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["COMPLETION", "Completion", "ResourcePattern", "resource_glob", "resource_matches"]


class Completion(Enum):
    """When an ARN pattern with missing fields is completed with fields `*`; else it matches nothing."""

    ALWAYS = "always"
    IF_WILDCARD = "if it has a wildcard"
    IF_LAST_FIELD_WILDCARD = "if its last field has a wildcard"
    NEVER = "never"


#: Kind of policy -> when short ARNs are completed. A trust policy has no Resource element.
COMPLETION: Final[Mapping[str, Completion]] = MappingProxyType(
    {
        "identity": Completion.ALWAYS,
        "boundary": Completion.ALWAYS,
        "session": Completion.ALWAYS,
        "resource": Completion.IF_WILDCARD,
        "endpoint": Completion.IF_WILDCARD,
        "scp": Completion.IF_LAST_FIELD_WILDCARD,
        "rcp": Completion.NEVER,
        "trust": Completion.NEVER,
    }
)


@final
@record
class ResourcePattern:
    """A set of request resources.

    Attributes:
        arn: the ARN pattern, completed where its kind of policy does so; None for `*` and for what matches nothing.
        is_everything: True for `*`.

    >>> ResourcePattern.parse("arn:aws:s3", kind="identity").matches("arn:aws:s3:::acme/a.csv")
    True
    >>> ResourcePattern.parse("arn:aws:s3", kind="rcp").is_empty
    True
    """

    arn: ArnPattern | None
    is_everything: bool = False

    @staticmethod
    def parse(text: str, *, kind: str = "identity") -> ResourcePattern:
        """Return the pattern that an entry without variables writes, in a policy of this kind.

        Raises:
            UsageError: `kind` is not a kind of policy.
        """
        if kind not in COMPLETION:
            raise UsageError(f"`{kind}` is not a kind of policy", hint=f"kinds are {', '.join(sorted(COMPLETION))}")
        return ResourcePattern.from_glob(Glob.parse(text), COMPLETION[kind])

    @staticmethod
    def from_glob(glob: Glob, completion: Completion) -> ResourcePattern:
        """Return the pattern of an entry whose variables have been replaced."""
        if glob.is_everything:
            return ResourcePattern(None, is_everything=True)
        whole = _completed(glob, completion)
        return ResourcePattern(None if whole is None else ArnPattern.from_glob(whole))

    @property
    def is_empty(self) -> bool:
        """True when it matches nothing: an ARN with missing fields that is not completed."""
        return self.arn is None and not self.is_everything

    @property
    def glob(self) -> Glob | None:
        """The same set as one glob over whole texts; None when it is empty."""
        if self.is_everything:
            return ANYTHING
        return None if self.arn is None else self.arn.glob

    def matches(self, resource: str) -> bool:
        """Return True when the entry matches a request's resource: an ARN, or `*`."""
        return self.is_everything or (self.arn is not None and self.arn.matches(resource))

    def intersects(self, other: ResourcePattern) -> bool:
        """Return True when some resource matches both."""
        if self.is_everything or other.is_everything:
            return not self.is_empty and not other.is_empty
        return self.arn is not None and other.arn is not None and self.arn.intersects(other.arn)

    def is_subset(self, other: ResourcePattern) -> bool:
        """Return True when every resource that this entry matches is matched by `other`."""
        if other.is_everything or self.is_empty:
            return True
        return self.arn is not None and other.arn is not None and self.arn.is_subset(other.arn)


def resource_matches(pattern: str, resource: str, *, kind: str = "identity") -> bool:
    """Return True when a Resource entry without variables matches a request's resource.

    Args:
        pattern: the entry, as in `arn:aws:s3:::acme/*`.
        resource: an ARN, or `*` for actions without resource-level permissions.
        kind: kind of policy the entry stands in; it decides what becomes of incomplete ARNs.

    Raises:
        UsageError: `kind` is not a kind of policy.

    >>> resource_matches("*", "*"), resource_matches("arn:*:*:*:*:*", "*")
    (True, False)
    """
    return ResourcePattern.parse(pattern, kind=kind).matches(resource)


def resource_glob(written: Glob, completion: Completion) -> Glob | None:
    """The request resources of an entry without variables, as one glob over whole texts; None when there are none."""
    if written.is_everything:
        return ANYTHING
    whole = _completed(written, completion)
    return None if whole is None else arn_glob(whole)


def _completed(glob: Glob, completion: Completion) -> Glob | None:
    """An ARN pattern with all six fields; None when it lacks some and is not completed."""
    if glob.text.count(COLON) >= FIELD_COUNT - 1:
        return glob
    colons = [place for place, token in enumerate(glob.tokens) if token == COLON]
    if not _is_completed(glob.tokens, colons, completion):
        return None
    added: tuple[Token, ...] = (COLON, ANY_RUN)
    return Glob(glob.tokens + added * (FIELD_COUNT - 1 - len(colons)), glob.fold_case)


def _is_completed(tokens: tuple[Token, ...], colons: list[int], completion: Completion) -> bool:
    if completion is Completion.IF_WILDCARD:
        return any(isinstance(token, Wild) for token in tokens)
    if completion is Completion.IF_LAST_FIELD_WILDCARD:
        last = colons[-1] + 1 if colons else 0
        return any(isinstance(token, Wild) for token in tokens[last:])
    return completion is Completion.ALWAYS

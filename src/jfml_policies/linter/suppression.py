"""Findings that somebody decided to live with: which rule, where, why, and how long."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jfml_policies.record import record

if TYPE_CHECKING:
    from jfml_policies.findings import Finding, Path
    from jfml_policies.linter.configuration.file_globs import FileGlob

__all__ = ["Suppression", "pointer_of"]


@record
class Suppression:
    """One entry of `suppressions`.

    Attributes:
        code: the rule's code.
        files: in which files.
        reason: why.
        place: where it stands, as `FILE:LINE:COLUMN`.
        resource: only findings in the policies of this resource, in a file that holds several; None for all.
        sid: only findings in the statement of this Sid; None for all.
        pointer: only findings at this JSON Pointer in the policy document, or below it; None for all.
        until: the last day on which it counts, as in `2027-01-31`; None for ever.
    """

    code: str
    files: FileGlob
    reason: str
    place: str
    resource: str | None = None
    sid: str | None = None
    pointer: str | None = None
    until: str | None = None

    def covers(self, finding: Finding) -> bool:
        """Whether a finding in one of its files is meant."""
        if finding.code != self.code:
            return False
        if self.resource is not None and not _is_within(finding.resource or "", self.resource):
            return False
        if self.sid is not None and finding.sid != self.sid:
            return False
        return self.pointer is None or f"{pointer_of(finding.path)}/".startswith(f"{self.pointer}/")

    def is_over(self, today: str) -> bool:
        """Whether it no longer counts on a day."""
        return self.until is not None and self.until < today


def _is_within(address: str, resource: str) -> bool:
    """Whether an address is that of a resource, of one of its documents, or of one of its instances.

    >>> [_is_within(address, "aws_iam_role.a") for address in ("aws_iam_role.a[0].inline_policy", "aws_iam_role.ab")]
    [True, False]
    """
    # The CDK's path of a construct stands in brackets behind the logical id.
    return address.startswith(resource) and address[len(resource) : len(resource) + 1] in ("", ".", "[", " ")


def pointer_of(path: Path) -> str:
    """A path as a JSON Pointer (RFC 6901).

    >>> pointer_of(("Statement", 0, "Condition", "Bool", "a/b"))
    '/Statement/0/Condition/Bool/a~1b'
    """
    return "".join([f"/{str(step).replace('~', '~0').replace('/', '~1')}" for step in path])

"""What of a finding stays the same while lines move and statements change places, so that it is known again."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from jfml_policies.record import record
from jfml_policies.text.content import Holder, content_of

if TYPE_CHECKING:
    from jfml_policies.findings import Finding

__all__ = ["LastingName", "lasting_name"]

#: Of longer values the beginning is kept, with a digest of the whole.
_LONGEST: Final = 120
_quoted: Final = re.compile(r"`([^`]+)`")
_place: Final = re.compile(r"\[\d+\]")


@record
class LastingName:
    """By what a finding is known again; several may share it.

    Attributes:
        code: the rule's code.
        resource: whose policy it is in, in a file that holds several.
        sid: the statement's Sid.
        at: the way to the place by names, without indexes, as in `/Statement/Action`.
        value: what stands there as JSON, shortened when long. Of an object or list in a statement without Sid it is
            a digest of its content, in whatever order; of any other it is empty, since what stands inside may change
            without the problem becoming another one.
        about: what else the message names, sorted, as the actions that make a way to more permissions together with
            the one that stands there: with others it is another problem.
    """

    code: str
    resource: str | None
    sid: str | None
    at: str
    value: str
    about: str = ""


def lasting_name(finding: Finding, text: str | None) -> LastingName:
    """By what a finding is known again.

    Args:
        finding: the finding.
        text: the text that its span counts in, or None.

    >>> from jfml_policies.findings import Finding, Span
    >>> text = '{"Statement": [{"Action": "s3:*"}]}'
    >>> found = Finding("X", "error", "m", path=("Statement", 0, "Action"), span=Span(26, 32), sid="Read")
    >>> lasting_name(found, text)
    LastingName(code='X', resource=None, sid='Read', at='/Statement/Action', value='"s3:*"', about='')
    """
    at = "".join([f"/{step}" for step in finding.path if isinstance(step, str)])
    quoted = "" if text is None or finding.span is None else text[finding.span.start : finding.span.end]
    value = _value(quoted, finding)
    return LastingName(
        finding.code, finding.resource, finding.sid, _short(at), _short(value), _short(_about(finding.message, value))
    )


def _about(message: str, value: str) -> str:
    """The names that a message quotes, but for the value and for places, which change with the order of statements."""
    names = {name for name in _quoted.findall(message) if f'"{name}"' != value and not _place.search(name)}
    return ", ".join(sorted(names))


def _value(quoted: str, finding: Finding) -> str:
    content = content_of(quoted)
    if not isinstance(content, Holder):
        return content
    holds_statements = finding.path == ("Statement",) and content.is_list
    if finding.sid is not None or finding.path[:1] != ("Statement",) or holds_statements:
        return ""
    return "content " + _digest(content)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}... {_digest(text)}"


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]

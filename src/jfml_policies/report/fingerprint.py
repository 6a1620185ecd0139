"""Names for findings that stay the same while lines move, so that a tracker knows an old finding again."""

from __future__ import annotations

from collections import Counter
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jfml_policies.findings import Finding

__all__ = ["Fingerprints"]


class Fingerprints:
    """Gives each finding of a run its fingerprint.

    It is made from the file, the resource that the policy belongs to, the rule, the Sid, the element's name and the
    text at the place, but from no line number and no statement's index. Findings that share all of these are numbered
    in their order.
    """

    __slots__ = ("_seen",)

    def __init__(self) -> None:
        self._seen: Counter[bytes] = Counter()

    def of(self, file: str, finding: Finding, text: str | None) -> str:
        """The fingerprint of the next finding, 32 hexadecimal digits."""
        names = [step for step in finding.path if isinstance(step, str)]
        quoted = "" if text is None or finding.span is None else text[finding.span.start : finding.span.end]
        # What stands inside an object or list may change without the problem becoming another one.
        if quoted.startswith(("{", "[")):
            quoted = ""
        parts = (file, finding.code, finding.sid or "", *names, quoted)
        if finding.resource is not None:
            parts = (finding.resource, *parts)
        content = "\0".join(parts).encode("utf-8", "surrogatepass")
        digest = sha256(content).digest()
        self._seen[digest] += 1
        return sha256(digest + str(self._seen[digest]).encode()).hexdigest()[:32]

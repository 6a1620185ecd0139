"""Names for findings that stay the same while lines move, so that a tracker knows an old finding again."""

from __future__ import annotations

from collections import Counter
from hashlib import sha256
from typing import TYPE_CHECKING

from jfml_policies.text.lasting_name import lasting_name

if TYPE_CHECKING:
    from jfml_policies.findings import Finding

__all__ = ["Fingerprints"]


class Fingerprints:
    """Gives each finding of a run its fingerprint.

    It is made from the file and the finding's lasting name, which has no line number and no statement's index.
    Findings that share all of these are numbered in their order.
    """

    __slots__ = ("_seen",)

    def __init__(self) -> None:
        self._seen: Counter[bytes] = Counter()

    def of(self, file: str, finding: Finding, text: str | None) -> str:
        """The fingerprint of the next finding, 32 hexadecimal digits."""
        name = lasting_name(finding, text)
        parts = (file, name.code, name.resource or "", name.sid or "", name.at, name.value, name.about)
        digest = sha256("\0".join(parts).encode("utf-8", "surrogatepass")).digest()
        self._seen[digest] += 1
        return sha256(digest + str(self._seen[digest]).encode()).hexdigest()[:32]

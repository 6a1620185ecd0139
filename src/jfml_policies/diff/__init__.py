"""Two policies, or two revisions of files: what the new one allows that the old one does not, and the other way."""

from __future__ import annotations

__all__: list[str] = []

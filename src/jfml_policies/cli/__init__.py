"""The command line: the only room that prints, exits, reads arguments and writes files."""

from __future__ import annotations

__all__: list[str] = []

"""Findings as text for people and for programs: one renderer a file, all over the same input (`interface.py`)."""

from __future__ import annotations

__all__: list[str] = []

"""Specs: what a role is for, written down in a file, and every problem with it told at its place."""

from __future__ import annotations

__all__: list[str] = []

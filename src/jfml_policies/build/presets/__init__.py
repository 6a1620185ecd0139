"""Presets: vendors' roles as typed parameters, each with the facts it rests on and their sources."""

from __future__ import annotations

__all__: list[str] = []

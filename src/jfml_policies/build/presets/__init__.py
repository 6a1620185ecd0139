"""Presets: vendors' roles as typed parameters, each with the facts it rests on and their sources.

JFrog ML's is a room of its own. The others are files in `vendors/`, of the form that `preset` describes; `from_preset`
builds their roles, and those of your own files.
"""

from __future__ import annotations

__all__: list[str] = []

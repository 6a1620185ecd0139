"""Tasks: what a workload does, each knowing the statements that takes and the sources of that knowledge."""

from __future__ import annotations

__all__: list[str] = []

"""Policies inside other files: templates, plans, answers of AWS's API; each keeps its places in the file."""

from __future__ import annotations

from jfml_policies.sources.find import find_policies
from jfml_policies.sources.found import Found, Unread
from jfml_policies.sources.source import Source

__all__ = ["Found", "Source", "Unread", "find_policies"]

"""Rules without code: what an organization demands of access, as data, and the rules that are made of it."""

from __future__ import annotations

from jfml_policies.linter.custom_rules.custom_rule import custom_rule
from jfml_policies.linter.custom_rules.demand import Demand, DemandKind

__all__ = ["Demand", "DemandKind", "custom_rule"]

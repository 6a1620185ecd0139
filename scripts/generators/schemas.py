"""The JSON Schemas of policies."""

from __future__ import annotations

import json

from jfml_policies.policy.kinds import KINDS
from jfml_policies.policy.schema import policy_schema

OWNED = ("schemas/*-policy.json",)


def files() -> dict[str, str]:
    """Return a schema file per kind of policy."""
    return {f"schemas/{kind}-policy.json": json.dumps(policy_schema(kind), indent=2) + "\n" for kind in KINDS}

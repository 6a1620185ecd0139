"""The JSON Schemas of policies, of presets, settings and baselines in files, and of the output for programs."""

from __future__ import annotations

import json

from jfml_policies.build import jfrog_ml
from jfml_policies.build.presets.preset import Preset
from jfml_policies.linter.baseline import BASELINE_SCHEMA
from jfml_policies.linter.configuration.schema import configuration_schema
from jfml_policies.policy.kinds import KINDS
from jfml_policies.policy.schema import policy_schema
from jfml_policies.report.change_schema import DIFF_OUTPUT_SCHEMA, NEEDS_OUTPUT_SCHEMA, QUESTION_OUTPUT_SCHEMA
from jfml_policies.report.json_schema import CHECK_OUTPUT_SCHEMA
from jfml_policies.report.risk_schema import RISKS_OUTPUT_SCHEMA

OWNED = ("schemas/*.json",)


def files() -> dict[str, str]:
    """Return a schema file per kind of policy, and those of specs, presets and outputs."""
    schemas: dict[str, dict[str, object]] = {f"{kind}-policy": policy_schema(kind) for kind in KINDS}
    schemas["configuration"] = configuration_schema()
    schemas["baseline"] = BASELINE_SCHEMA
    schemas["preset"] = Preset.model_json_schema()
    schemas["check-output"] = CHECK_OUTPUT_SCHEMA
    schemas["diff-output"] = DIFF_OUTPUT_SCHEMA
    schemas["question-output"] = QUESTION_OUTPUT_SCHEMA
    schemas["needs-output"] = NEEDS_OUTPUT_SCHEMA
    schemas["risks-output"] = RISKS_OUTPUT_SCHEMA
    schemas["jfrog-ml-role"] = jfrog_ml.spec_schema()
    return {f"schemas/{name}.json": json.dumps(schema, indent=2) + "\n" for name, schema in schemas.items()}

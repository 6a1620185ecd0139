"""The JSON Schema (draft-07) of a `jfml-policies.toml`, for editors."""

from __future__ import annotations

from typing import Any

from jfml_policies.linter.configuration.custom_rules import custom_rule_schema
from jfml_policies.linter.configuration.keys import READ_FIRST, SETTINGS, TABLES_OF_THEIR_OWN
from jfml_policies.linter.configuration.rule_options import options_schema
from jfml_policies.linter.configuration.shapes import schema_of
from jfml_policies.linter.registry import all_rules

__all__ = ["configuration_schema"]


def configuration_schema() -> dict[str, Any]:
    """The schema; in a `pyproject.toml` it is that of the table `tool.jfml-policies`.

    >>> configuration_schema()["properties"]["fail-on"]["enum"][0]
    'error'
    """
    schema = schema_of({**READ_FIRST, **SETTINGS})
    schema["properties"] |= {
        "rules": {"description": TABLES_OF_THEIR_OWN["rules"]} | options_schema(all_rules()),
        "custom-rules": {
            "description": TABLES_OF_THEIR_OWN["custom-rules"],
            "type": "array",
            "items": custom_rule_schema(),
        },
    }
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$id": "urn:jfml-policies:schema:configuration:1",
        "title": "Settings of jfml-policies: jfml-policies.toml, or [tool.jfml-policies] in pyproject.toml",
    } | schema

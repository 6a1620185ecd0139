"""JSON Schema (draft-07) of what `risks` prints with `--output-format json`."""

from __future__ import annotations

from typing import Final

from jfml_policies.privilege.escalation_paths import CATEGORIES
from jfml_policies.privilege.exposed_actions import EXPOSURES

__all__ = ["RISKS_OUTPUT_SCHEMA"]

_TEXTS: Final = {"type": "array", "items": {"type": "string"}}
_PATH: Final = {
    "description": "names and list indexes from the policy document's root",
    "type": "array",
    "items": {"type": ["string", "integer"]},
}
_STATES: Final = ("open", "potential", "closed")
_STATE: Final = {"enum": list(_STATES)}
_REASONS: Final = {"description": "what limits or closes it, clauses", **_TEXTS}
_WITNESS: Final = {
    "description": "a request that is allowed, confirmed by the evaluator; null when there is none",
    "type": ["object", "null"],
    "required": ["action", "resource", "context"],
    "properties": {
        "action": {"type": "string"},
        "resource": {"type": "string"},
        "context": {"description": "values by condition key", "type": "object", "additionalProperties": _TEXTS},
    },
}
_PLACES: Final = {
    "description": "statements",
    "type": "array",
    "items": {
        "type": "object",
        "required": ["file", "path", "sid", "line", "column"],
        "properties": {
            "file": {"type": "string"},
            "path": _PATH,
            "sid": {"type": ["string", "null"]},
            "line": {"type": ["integer", "null"], "minimum": 1},
            "column": {"type": ["integer", "null"], "minimum": 1},
        },
    },
}


def _object(**properties: object) -> dict[str, object]:
    return {"type": "object", "required": list(properties), "properties": properties}


#: Objects may gain members in later versions of the library; `version` grows when one is changed or removed.
RISKS_OUTPUT_SCHEMA: Final[dict[str, object]] = {
    "$schema": "http://json-schema.org/draft-07/schema#",
    "$id": "urn:jfml-policies:schema:risks-output:1",
    "title": "Output of jfml-policies risks --output-format json",
    **_object(
        version={"const": 1},
        files={"description": "those that hold policies, sorted", **_TEXTS},
        summary={
            "description": "how many escalation paths are in each state",
            **_object(**{state: {"type": "integer", "minimum": 0} for state in _STATES}),
        },
        paths={
            "description": "every escalation path, the worst first",
            "type": "array",
            "items": _object(
                id={"type": "string"},
                category={"enum": list(CATEGORIES)},
                variant_of={"type": ["string", "null"]},
                state=_STATE,
                effect={"type": "string"},
                needs={"type": "string"},
                passed_to_service={"type": ["string", "null"]},
                permissions={
                    "type": "array",
                    "items": _object(
                        action={"type": "string"},
                        state=_STATE,
                        reasons=_REASONS,
                        granted_by=_PLACES,
                        closed_by=_PLACES,
                        witness=_WITNESS,
                    ),
                },
                reasons=_REASONS,
                closing_statement={"description": "a statement that would close it", "type": ["object", "null"]},
            ),
        },
        exposures={
            "description": "what the policies lay open, the worst first",
            "type": "array",
            "items": _object(
                **{"class": {"enum": list(EXPOSURES)}},
                actions=_TEXTS,
                any_resource={"type": "boolean"},
                unconditional={"type": "boolean"},
                reasons=_REASONS,
                granted_by=_PLACES,
                witness=_WITNESS,
            ),
        },
        public={
            "description": "policies of resources and roles, and whether strangers have access",
            "type": "array",
            "items": _object(
                **{"class": {"const": "public"}},
                file={"type": "string"},
                outcome={"description": "`fail` where they have", "enum": ["pass", "fail", "unknown"]},
                access={
                    "type": "array",
                    "items": _object(actions=_TEXTS, resources=_TEXTS, path=_PATH, witness=_WITNESS),
                },
                unknown=_TEXTS,
            ),
        },
        notes=_TEXTS,
        catalogue={"description": "the date of the catalogue", "type": "string"},
    ),
}

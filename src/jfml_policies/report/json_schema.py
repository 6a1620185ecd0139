"""The JSON Schema (draft-07) of what `check --output-format json` prints."""

from __future__ import annotations

from typing import Final

from jfml_policies.findings import SEVERITIES

__all__ = ["CHECK_OUTPUT_SCHEMA"]

_COUNT: Final = {"type": "integer", "minimum": 0}
_PLACE: Final = {
    name: {"type": ["integer", "null"], "minimum": 1} for name in ("line", "column", "end_line", "end_column")
}
_EDIT: Final = {
    "type": "object",
    "required": ["line", "column", "end_line", "end_column", "text"],
    "properties": {**{name: {"type": "integer", "minimum": 1} for name in _PLACE}, "text": {"type": "string"}},
}
_FIX: Final = {
    "type": "object",
    "required": ["title", "safe", "edits"],
    "properties": {
        "title": {"type": "string"},
        "safe": {"description": "whether the policy's meaning provably stays the same", "type": "boolean"},
        "edits": {"type": "array", "items": _EDIT},
    },
}
_REQUIRED: Final = ["file", "rule", "code", "severity", "message", "path", *_PLACE, "sid", "fix"]
_PROPERTIES: Final = {
    "file": {"description": "as given; `-` is standard input", "type": "string"},
    "rule": {"description": "as in `invalid-action`", "type": "string", "pattern": "^[a-z0-9-]+$"},
    "code": {"description": "as in `INVALID_ACTION`", "type": "string", "pattern": "^[A-Z0-9_]+$"},
    "severity": {"enum": list(SEVERITIES)},
    "message": {"type": "string"},
    "hint": {"description": "the remedy", "type": ["string", "null"]},
    "path": {
        "description": "names and list indexes from the policy document's root",
        "type": "array",
        "items": {"type": ["string", "integer"]},
    },
    **_PLACE,
    "sid": {"type": ["string", "null"]},
    "resource": {
        "description": "what the policy belongs to in a file that holds several, as in `aws_iam_role.reader`",
        "type": ["string", "null"],
    },
    "fix": {"anyOf": [{"type": "null"}, _FIX]},
}
_FINDING: Final = {"type": "object", "required": _REQUIRED, "properties": _PROPERTIES}

_SUPPRESSED: Final = {
    "type": "object",
    "required": [*_REQUIRED, "suppressed"],
    "properties": {
        **_PROPERTIES,
        "suppressed": {
            "type": "object",
            "required": ["by", "reason"],
            "properties": {"by": {"enum": ["configuration", "baseline"]}, "reason": {"type": "string"}},
        },
    },
}

_NOT_CHECKED: Final = {
    "type": "object",
    "required": ["file", "resource", "line", "reason"],
    "properties": {
        "file": _PROPERTIES["file"],
        "resource": {"description": "the address of what the policy belongs to", "type": "string"},
        "line": {"type": ["integer", "null"], "minimum": 1},
        "reason": {"description": "why, as in `it is known only after apply`", "type": "string"},
    },
}

#: Objects may gain members in later versions of the library; `version` grows when one is changed or removed.
CHECK_OUTPUT_SCHEMA: Final[dict[str, object]] = {
    "$schema": "http://json-schema.org/draft-07/schema#",
    "$id": "urn:jfml-policies:schema:check-output:1",
    "title": "Output of jfml-policies check --output-format json",
    "type": "object",
    "required": ["version", "findings", "summary"],
    "properties": {
        "version": {"const": 1},
        "findings": {"description": "sorted by file and place", "type": "array", "items": _FINDING},
        "suppressed": {
            "description": "findings that do not count; left out when there are none",
            "type": "array",
            "items": _SUPPRESSED,
        },
        "not_checked": {
            "description": "policies in templates and plans that could not be looked at; left out when there are none",
            "type": "array",
            "items": _NOT_CHECKED,
        },
        "summary": {"type": "object", "additionalProperties": {"anyOf": [_COUNT, {"type": "object"}]}},
    },
}

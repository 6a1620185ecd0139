"""JSON Schemas (draft-07) of what `diff`, `needs` and the questions about access print with `--output-format json`."""

from __future__ import annotations

from typing import Final

from jfml_policies.privilege.exposed_actions import EXPOSURES
from jfml_policies.privilege.risk import LEVELS_BY_RISK

__all__ = ["DIFF_OUTPUT_SCHEMA", "NEEDS_OUTPUT_SCHEMA", "QUESTION_OUTPUT_SCHEMA"]

_TEXTS: Final = {"type": "array", "items": {"type": "string"}}
_PLACE: Final = {
    name: {"type": ["integer", "null"], "minimum": 1} for name in ("line", "column", "end_line", "end_column")
}
_PATH: Final = {
    "description": "names and list indexes from the policy document's root",
    "type": "array",
    "items": {"type": ["string", "integer"]},
}
_CODES: Final = (
    "invalid",
    "undecided",
    "document",
    "dead-statement",
    "direct-grant",
    "delegated-grant",
    "only-unknown-actions",
    "used",
    "outsider",
    "assumed",
    "idle",
    "hint",
)
_REQUEST: Final = {
    "type": "object",
    "required": ["action", "resource", "principal", "context"],
    "properties": {
        "action": {"type": "string"},
        "resource": {"type": "string"},
        "principal": {"type": ["string", "null"]},
        "context": {"description": "values by condition key", "type": "object", "additionalProperties": _TEXTS},
    },
}
_WITNESS: Final = {
    "description": "a request that proves it, confirmed by the evaluator; null when there is none",
    "anyOf": [{"type": "null"}, _REQUEST],
}
_LISTS: Final = {
    "actions": "patterns; `*` alone is every action",
    "except_actions": "left out of `actions`",
    "resources": "patterns; empty where the document has none",
    "except_resources": "left out of `resources`",
    "principals": "as in `AWS: arn:...`; empty where the document has none",
    "except_principals": "left out of `principals`",
    "conditions": "clauses that all must hold",
    "exceptions": "statements whose requests are not part of it",
}
_REGION: Final = {
    "description": "a piece of access: all of it but the exceptions",
    "type": "object",
    "required": [
        *_LISTS,
        *("access_levels", "only_unknown_actions", "lifted", "path", "sid", "witness", "file"),
        *_PLACE,
        "deny",
    ],
    "properties": {
        **{name: {"description": meaning, **_TEXTS} for name, meaning in _LISTS.items()},
        "access_levels": {
            "description": "how many known actions it holds of each level",
            "type": "object",
            "additionalProperties": {"type": "integer", "minimum": 1},
        },
        "only_unknown_actions": {"description": "whether the catalogue knows none of its actions", "type": "boolean"},
        "lifted": {"description": "whether a Deny of the other document took it away", "type": "boolean"},
        "path": {"description": "the statement", **_PATH},
        "sid": {"type": ["string", "null"]},
        "witness": _REQUEST,
        "file": {"description": "the document that the statement is in", "type": "string"},
        **_PLACE,
        "deny": {
            "description": "where the Deny of the other document stands that makes the difference, or null",
            "anyOf": [
                {"type": "null"},
                {
                    "type": "object",
                    "required": ["file", "path", *_PLACE],
                    "properties": {"file": {"type": "string"}, "path": _PATH, **_PLACE},
                },
            ],
        },
    },
}
_REGIONS: Final = {"type": "array", "items": _REGION}
_UNKNOWN: Final = {"description": "why the answer is not complete; empty when it is", **_TEXTS}
_NOTES: Final = {"description": "what to know beside", **_TEXTS}
_REMARKS: Final = {
    "description": "the texts of `unknown` and `notes`, each with its place",
    "type": "array",
    "items": {
        "type": "object",
        "required": ["code", "message", "file", "path", *_PLACE],
        "properties": {
            "code": {
                "description": "`invalid` and `undecided` are in `unknown`, all others in `notes`",
                "enum": list(_CODES),
            },
            "message": {"type": "string"},
            "file": {"description": "the document that it speaks of", "type": ["string", "null"]},
            "path": {"anyOf": [{"type": "null"}, _PATH]},
            **_PLACE,
        },
    },
}

_RELATIONS: Final = ("equivalent", "narrower", "wider", "incomparable", "unknown")
_DIFFERENCE: Final[dict[str, object]] = {
    "old": {"description": "as given; `-` is standard input", "type": "string"},
    "new": {"description": "as given; `-` is standard input", "type": "string"},
    "relation": {"description": "of new to old", "enum": list(_RELATIONS)},
    "added": {"description": "what new allows and old does not", **_REGIONS},
    "removed": {"description": "what old allows and new does not", **_REGIONS},
    "no_longer_denied": {"description": "what only old denies; counts where another policy allows it", **_REGIONS},
    "newly_denied": {"description": "what only new denies, of two documents that do nothing but deny", **_REGIONS},
    "witnesses": {
        "type": "object",
        "required": ["added", "removed"],
        "properties": {"added": _WITNESS, "removed": _WITNESS},
    },
    "unknown": _UNKNOWN,
    "notes": _NOTES,
    "remarks": _REMARKS,
}


def _several(one: dict[str, object], order: str, **totals: str) -> dict[str, object]:
    """What an object has that holds several answers: a list of them, and how many there are of each sort."""
    counts = {
        name: {
            "description": meaning,
            "type": "object",
            "additionalProperties": {"type": "integer", "minimum": 1},
        }
        for name, meaning in totals.items()
    }
    return {
        "required": ["files", "summary"],
        "properties": {
            "files": {
                "description": order,
                "type": "array",
                "items": {"type": "object", "required": list(one), "properties": one},
            },
            "summary": {
                "type": "object",
                "required": ["compared", "skipped", *totals],
                "properties": {
                    "compared": {"type": "integer", "minimum": 0},
                    "skipped": {"description": "files without a policy", "type": "integer", "minimum": 0},
                    **counts,
                },
            },
        },
    }


#: Objects may gain members in later versions of the library; `version` grows when one is changed or removed.
DIFF_OUTPUT_SCHEMA: Final[dict[str, object]] = {
    "$schema": "http://json-schema.org/draft-07/schema#",
    "$id": "urn:jfml-policies:schema:diff-output:1",
    "title": "Output of jfml-policies diff --output-format json",
    "type": "object",
    "required": ["version"],
    "properties": {"version": {"const": 1}},
    "oneOf": [
        {"description": "of two documents", "required": list(_DIFFERENCE), "properties": _DIFFERENCE},
        {
            "description": "of the files changed since a revision",
            **_several(_DIFFERENCE, "sorted by name", relations="how many files of each relation"),
        },
    ],
}

_ANSWER: Final[dict[str, object]] = {
    "check": {"enum": ["no-new-access", "not-granted", "no-public-access"]},
    "file": {
        "description": "as given, in a template or plan with the resource; `-` is standard input",
        "type": "string",
    },
    "outcome": {"enum": ["pass", "fail", "unknown"]},
    "regions": {"description": "the access that must not be", **_REGIONS},
    "witness": _WITNESS,
    "unknown": _UNKNOWN,
    "notes": _NOTES,
    "remarks": _REMARKS,
}

#: As above.
QUESTION_OUTPUT_SCHEMA: Final[dict[str, object]] = {
    "$schema": "http://json-schema.org/draft-07/schema#",
    "$id": "urn:jfml-policies:schema:question-output:1",
    "title": "Output of jfml-policies no-new-access, not-granted and no-public-access with --output-format json",
    "type": "object",
    "required": ["version"],
    "properties": {"version": {"const": 1}},
    "oneOf": [
        {"description": "of single policies", "required": list(_ANSWER), "properties": _ANSWER},
        {
            "description": "of the policies in two templates or plans",
            **_several(
                _ANSWER,
                "an answer for each policy that changed; if none did, one for the file",
                outcomes="how many policies of each outcome",
            ),
        },
    ],
}

_MENDABLE: Final = {
    "type": "array",
    "items": {
        "allOf": [_REGION],
        "required": ["remedy", "risk"],
        "properties": {
            "remedy": {"description": "what to do about it, in words", "type": "string"},
            "risk": {
                "description": "how much it matters; pieces are sorted by it",
                "type": "object",
                "required": ["level", "breadth", "exposure", "actions"],
                "properties": {
                    "level": {"description": "the worst access level of its actions", "enum": list(LEVELS_BY_RISK)},
                    "breadth": {
                        "description": "4 for every resource, 3 for all of a type or account, 2 for a whole bucket, "
                        "table or the like, 1 for a part of one, 0 for resources named in full",
                        "type": "integer",
                        "minimum": 0,
                        "maximum": 4,
                    },
                    "exposure": {
                        "description": "the worst of what its actions lay open",
                        "enum": [*EXPOSURES, None],
                    },
                    "actions": {"description": "how many known actions it holds", "type": "integer", "minimum": 0},
                },
            },
        },
    },
}

#: As above.
NEEDS_OUTPUT_SCHEMA: Final[dict[str, object]] = {
    "$schema": "http://json-schema.org/draft-07/schema#",
    "$id": "urn:jfml-policies:schema:needs-output:1",
    "title": "Output of jfml-policies needs --output-format json",
    "type": "object",
    "required": [
        *("version", "check", "file", "need", "outcome", "excess", "shortage", "witnesses"),
        *("unknown", "notes", "remarks"),
    ],
    "properties": {
        "version": {"const": 1},
        "check": {"const": "needs"},
        "file": {"description": "the policies that were asked about, commas between them", "type": "string"},
        "need": {"description": "what says what is needed", "type": "string"},
        "outcome": {"description": "`pass` when exactly the need is granted", "enum": ["pass", "fail", "unknown"]},
        "excess": {"description": "granted and not needed, the riskiest first", **_MENDABLE},
        "shortage": {"description": "needed and not granted, likewise", **_MENDABLE},
        "witnesses": {
            "type": "object",
            "required": ["excess", "shortage"],
            "properties": {"excess": _WITNESS, "shortage": _WITNESS},
        },
        "unknown": _UNKNOWN,
        "notes": _NOTES,
        "remarks": _REMARKS,
    },
}

"""The JSON Schema (draft-07) of each kind of policy, from the same tables that the grammar rules use.

A schema says what the grammar rules say: elements and their JSON types, which exclude each other, operator names,
shapes of condition keys. What needs AWS's data (does the action exist?) is for `check`.
"""

from __future__ import annotations

from typing import Final

from jfml_policies.policy.kinds import DOCUMENT_ELEMENTS, EFFECTS, KINDS, PRINCIPAL_TYPES, VERSIONS, Kind
from jfml_policies.policy.operators import OPERATORS, QUALIFIERS

__all__ = ["SCHEMA_VERSION", "JsonSchema", "policy_schema"]

#: Counts incompatible changes; stands in every `$id`.
SCHEMA_VERSION: Final = 1

JsonSchema = dict[str, object]

_TEXT_OR_TEXTS: Final[JsonSchema] = {"$ref": "#/definitions/textOrTexts"}
_PAGE: Final = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_"


def policy_schema(kind: Kind) -> JsonSchema:
    """The JSON Schema of a kind of policy, as plain JSON values.

    Source: IAM User Guide, "Grammar of the IAM JSON policy language"; AWS Organizations User Guide, "SCP syntax" and
    "RCP syntax".

    >>> schema = policy_schema("trust")
    >>> schema["$id"], schema["required"]
    ('urn:jfml-policies:schema:trust-policy:1', ['Statement'])
    """
    title = KINDS[kind].title
    document: dict[str, JsonSchema] = {
        "Version": {"description": f"Version of the policy language. {_PAGE}version.html", "enum": list(VERSIONS)},
        "Id": {"description": f"Name of the document. {_PAGE}id.html", "type": "string"},
        "Statement": {
            "description": f"What is allowed or denied. {_PAGE}statement.html",
            "anyOf": [
                {"$ref": "#/definitions/statement"},
                {"type": "array", "items": {"$ref": "#/definitions/statement"}},
            ],
        },
    }
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$id": f"urn:jfml-policies:schema:{kind}-policy:{SCHEMA_VERSION}",
        "title": f"AWS {title}",
        "type": "object",
        "required": ["Statement"],
        "additionalProperties": False,
        "properties": {name: document[name] for name in DOCUMENT_ELEMENTS},
        "definitions": {
            "statement": _statement(kind),
            "condition": _condition(),
            "conditionValue": _condition_value(None),
            "booleanValue": _condition_value(1),
            "textOrTexts": {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]},
            **({"principal": _principal(kind)} if KINDS[kind].principal != "forbidden" else {}),
        },
    }


def _statement(kind: Kind) -> JsonSchema:
    facts = KINDS[kind]
    elements: dict[str, JsonSchema] = {
        "Sid": {"description": f"Name of the statement. {_PAGE}sid.html", "type": "string"},
        "Effect": {"description": f"Allow or Deny. {_PAGE}effect.html", "enum": list(EFFECTS)},
        "Action": {"description": f"Actions it is about. {_PAGE}action.html", **_TEXT_OR_TEXTS},
        "Condition": {"description": f"When it applies. {_PAGE}condition.html", "$ref": "#/definitions/condition"},
    }
    required = ["Effect"]
    choices: list[JsonSchema] = []
    if facts.negations.action:
        elements["NotAction"] = {"description": f"Every action but these. {_PAGE}notaction.html", **_TEXT_OR_TEXTS}
        choices.append(_exactly_one("Action", "NotAction"))
    else:
        required.append("Action")
    if facts.principal == "required":
        elements["Principal"] = {"description": f"Who. {_PAGE}principal.html", "$ref": "#/definitions/principal"}
        if facts.negations.principal:
            elements["NotPrincipal"] = {
                "description": f"Everybody but these. {_PAGE}notprincipal.html",
                "$ref": "#/definitions/principal",
            }
            choices.append(_exactly_one("Principal", "NotPrincipal"))
        else:
            required.append("Principal")
    if facts.resource == "required":
        elements["Resource"] = {"description": f"On what. {_PAGE}resource.html", **_TEXT_OR_TEXTS}
        elements["NotResource"] = {
            "description": f"Every resource but these. {_PAGE}notresource.html",
            **_TEXT_OR_TEXTS,
        }
        one = _exactly_one("Resource", "NotResource")
        choices.append({"anyOf": [one, _REPOSITORY_STATEMENT]} if kind == "resource" else one)
    return {
        "type": "object",
        "required": required,
        "additionalProperties": False,
        "properties": elements,
        **({"allOf": choices} if choices else {}),
    }


#: Policies of container repositories stand on the repository itself, so that their statements name no resource.
_ECR_ACTION: Final[JsonSchema] = {"type": "string", "pattern": "^[eE][cC][rR](-[pP][uU][bB][lL][iI][cC])?:"}
_REPOSITORY_STATEMENT: Final[JsonSchema] = {
    "required": ["Action"],
    "not": {"anyOf": [{"required": ["Resource"]}, {"required": ["NotResource"]}]},
    "properties": {"Action": {"anyOf": [_ECR_ACTION, {"type": "array", "minItems": 1, "items": _ECR_ACTION}]}},
}


def _exactly_one(first: str, second: str) -> JsonSchema:
    return {"oneOf": [{"required": [first]}, {"required": [second]}]}


def _principal(kind: Kind) -> JsonSchema:
    if kind == "rcp":
        return {"const": "*"}
    types = [name for name in PRINCIPAL_TYPES if kind == "trust" or name != "Federated"]
    by_type: JsonSchema = {
        "type": "object",
        "additionalProperties": False,
        "properties": dict.fromkeys(types, _TEXT_OR_TEXTS),
    }
    return by_type if kind == "trust" else {"anyOf": [{"const": "*"}, by_type]}


def _condition() -> JsonSchema:
    block: JsonSchema = {"type": "object", "propertyNames": {"pattern": "^[^:]+:[\\s\\S]+$"}}
    others = "|".join(name for name in OPERATORS if name not in ("Bool", "Null"))
    prefix = "|".join(QUALIFIERS)
    return {
        "type": "object",
        "additionalProperties": False,
        "patternProperties": {
            f"^(?:(?:{prefix}):)?(?:(?:{others})(?:IfExists)?|Null)$": {
                **block,
                "additionalProperties": {"$ref": "#/definitions/conditionValue"},
            },
            f"^(?:(?:{prefix}):)?Bool(?:IfExists)?$": {
                **block,
                "additionalProperties": {"$ref": "#/definitions/booleanValue"},
            },
        },
    }


def _condition_value(most: int | None) -> JsonSchema:
    limit = {} if most is None else {"maxItems": most}
    scalar: JsonSchema = {"type": ["string", "number", "boolean"]}
    lists: list[JsonSchema] = [
        {"type": "array", "items": {"type": name}, **limit} for name in ("string", "number", "boolean")
    ]
    return {"anyOf": [scalar, *lists]}

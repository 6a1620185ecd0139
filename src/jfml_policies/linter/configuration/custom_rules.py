"""Rules without code: what `[[custom-rules]]` says becomes rules like any other."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from jfml_policies.catalog import load
from jfml_policies.findings import SEVERITIES
from jfml_policies.linter import retired_checks
from jfml_policies.linter.configuration.conditions import Conditions
from jfml_policies.linter.configuration.named_texts import NamedTexts
from jfml_policies.linter.configuration.shapes import (
    BAD,
    Choice,
    Field,
    ListOf,
    Text,
    read_fields,
    schema_of,
)
from jfml_policies.linter.custom_rules.demand import (
    DEFAULT_SEVERITY,
    DEMAND_KINDS,
    Demand,
    DemandKind,
    default_kinds,
    possible_kinds,
)
from jfml_policies.linter.custom_rules.tags import tag_demands
from jfml_policies.linter.custom_rules.trusted import is_principal
from jfml_policies.linter.registry import code_of
from jfml_policies.linter.rule import CUSTOM
from jfml_policies.linter.rules.index import INDEX
from jfml_policies.policy.kinds import KINDS
from jfml_policies.text.suggest import nearest

if TYPE_CHECKING:
    from jfml_policies.linter.configuration.layers import Spot
    from jfml_policies.linter.rule import Rule

__all__ = ["custom_rule_schema", "read_custom_rules"]

_MOST: Final = 1_000
#: Patterns of actions and resources of one rule.
_MOST_PATTERNS: Final = 200


class _Action(Text):
    """A pattern of actions that some action fits: a misspelt one would never find anything."""

    def __init__(self) -> None:
        super().__init__(r"\*|[A-Za-z0-9*?-]+:[A-Za-z0-9*?]+", expected="an action such as `s3:GetObject` or `s3:Get*`")

    def read(self, value: Any, at: Spot) -> Any:
        """The text."""
        text = super().read(value, at)
        if text is BAD or load().matches_any(text):
            return text
        prefix, _, name = text.partition(":")
        known = load().action_names(prefix)
        near = f"{prefix}:{found}" if (found := nearest(name, known)) else nearest(prefix, load().prefixes)
        at.wrong(f"`{text:.100}` is no action that is known", f"did you mean `{near}`?" if near and known else None)
        return BAD


class _Principal(Text):
    """Whoever may be let in."""

    def __init__(self) -> None:
        super().__init__(expected="an account id, an ARN, a service or an identity provider")

    def read(self, value: Any, at: Spot) -> Any:
        """The text."""
        text = super().read(value, at)
        if text is BAD or is_principal(text):
            return text
        hint = "as in `111122223333`, `arn:aws:iam::111122223333:role/ci-*` or `lambda.amazonaws.com`"
        at.wrong(f"`{text:.100}` is not {self.expected}", hint)
        return BAD


_RESOURCE: Final = Text(
    r"arn:[^:$]*:[^:$]*:[^:$]*:[^:$]*:[^$]+",
    expected="a pattern of ARNs such as `arn:aws:s3:::lake/*`",
    hint="policy variables have no place here",
)
_ACTIONS: Final = ListOf(_Action(), "a list of patterns of actions")
_RESOURCES: Final = ListOf(_RESOURCE, "a list of patterns of ARNs")
_TAGS: Final = NamedTexts("a table of tags, each with a list of values")

_COMMON: Final[dict[str, Field]] = {
    "code": Field(
        Text(
            r"[a-z][a-z0-9]*(-[a-z0-9]+)*",
            expected="a name of small letters, digits and hyphens",
            hint="as in `org-tls`",
        ),
        "the rule's name, which no other rule has",
        required=True,
    ),
    "kind": Field(Choice(DEMAND_KINDS), "what is demanded", required=True),
    "message": Field(Text(r".+", expected="one line of text"), "what a finding says first", required=True),
    "severity": Field(Choice(SEVERITIES), f"how bad a finding is; `{DEFAULT_SEVERITY}` if left out"),
    "kinds": Field(
        ListOf(Choice(tuple(KINDS)), "a list of kinds of policy"),
        "the kinds of policy to look at; those that grant by themselves (identity, resource, trust) if left out",
    ),
    "url": Field(Text(r"https?://[^\s<>]+", expected="an address that begins with `https://`"), "where more is told"),
    "actions": Field(_ACTIONS, "the actions that it is about; every action if left out"),
    "resources": Field(_RESOURCES, "the resources that it is about; every resource if left out"),
}
_OF_KIND: Final[dict[DemandKind, dict[str, Field]]] = {
    "required-condition": {
        "condition": Field(
            Conditions(), "what must be demanded of each request; of a list one condition is enough", required=True
        ),
    },
    "forbidden-access": {
        "unless": Field(Conditions(), "a condition under which it may be allowed; of a list one is enough"),
    },
    "required-tags": {
        "request-tags": Field(
            _TAGS, "tags that a request must set, each with its values; any value if the list is empty"
        ),
        "resource-tags": Field(_TAGS, "tags that a resource must have, likewise"),
    },
    "allowed-principals": {
        "principals": Field(
            ListOf(_Principal(), "a list of principals"),
            "accounts, ARNs with wildcards, services and identity providers that may be let in",
        ),
        "organization-ids": Field(
            ListOf(Text(r"o-[a-z0-9]{10,32}", expected="an organization's id"), "a list of ids of organizations"),
            "organizations whose principals may be let in",
        ),
    },
}
#: Keys of which a table of a kind needs one.
_ONE_OF: Final[dict[DemandKind, tuple[str, ...]]] = {
    "required-condition": ("actions", "resources"),
    "forbidden-access": ("actions", "resources"),
    "required-tags": ("request-tags", "resource-tags"),
    "allowed-principals": ("principals", "organization-ids"),
}


def custom_rule_schema() -> dict[str, Any]:
    """The JSON Schema of one table of `custom-rules`."""
    schemas = []
    for kind in DEMAND_KINDS:
        schema = schema_of({**_COMMON, **_OF_KIND[kind]})
        schema["properties"]["kind"] = {"description": _COMMON["kind"].meaning, "const": kind}
        schemas.append(schema | {"anyOf": [{"required": [key]} for key in _ONE_OF[kind]]})
    return {"oneOf": schemas}


def read_custom_rules(tables: list[Any], at: Spot) -> list[tuple[type[Rule], Spot]]:
    """The rules that tables describe, each with the spot of its name; what is wrong with them is noted at the spot.

    Args:
        tables: the value of `custom-rules`, each item not looked at yet.
        at: where they stand; `at / 0` is the first of them.
    """
    from jfml_policies.linter.custom_rules.custom_rule import custom_rule

    if len(tables) > _MOST:
        at.wrong(f"`custom-rules` holds more than {_MOST:,} tables")
        return []
    demands = [(_demand(table, at / index), at / index / "code") for index, table in enumerate(tables)]
    return [(custom_rule(demand), spot) for demand, spot in demands if demand is not None]


def _demand(table: Any, at: Spot) -> Demand | None:
    if not isinstance(table, dict):
        at.wrong("`custom-rules` must be a list of tables", "write each under `[[custom-rules]]`")
        return None
    kind = next((one for one in DEMAND_KINDS if one == table.get("kind")), None)
    # Where the kind is not known, the keys of any kind are good.
    others = {key: Field(one.shape, one.meaning) for some in _OF_KIND.values() for key, one in some.items()}
    found = read_fields({**_COMMON, **(others if kind is None else _OF_KIND[kind])}, table, at)
    if isinstance(table.get("code"), str):
        _check_code(table["code"], at / "code")
    return None if found is None else _made(found, table, at)


def _made(found: dict[str, Any], table: dict[str, object], at: Spot) -> Demand | None:
    kind: DemandKind = found["kind"]
    wanted = _ONE_OF[kind]
    if not any(found.get(key) for key in wanted):
        if any(table.get(key) for key in wanted):
            # Its entries are wrong, which was told.
            return None
        at.wrong(f"neither `{wanted[0]}` nor `{wanted[1]}` says anything", "one of both must be there and not be empty")
        return None
    too_long = [key for key in ("actions", "resources", "principals") if len(found.get(key, ())) > _MOST_PATTERNS]
    for key in too_long:
        (at / key).wrong(f"`{key}` holds more than {_MOST_PATTERNS} entries")
    names_resources = bool(found.get("resources"))
    kinds = found.get("kinds") or default_kinds(kind, names_resources=names_resources)
    possible = possible_kinds(kind, names_resources=names_resources)
    for index, one in enumerate(kinds):
        if one not in possible:
            lacks = "resources" if names_resources and KINDS[one].resource == "forbidden" else "principals"
            (at / "kinds" / index).wrong(f"no {KINDS[one].title} names {lacks}")
    actions, resources = found.get("actions", ()), found.get("resources", ())
    permitted: tuple[tuple[str, ...], ...] = ()
    if kind == "required-condition":
        permitted = (found["condition"],)
    elif kind == "forbidden-access":
        permitted = (found.get("unless", ()),)
    elif kind == "required-tags":
        permitted = tag_demands(found.get("request-tags", {}), found.get("resource-tags", {}), actions, load())
    if too_long or not set(kinds) <= set(possible):
        return None
    return Demand(
        code_of(found["code"]),
        kind,
        found["message"],
        found.get("severity", DEFAULT_SEVERITY),
        tuple(dict.fromkeys(kinds)),
        actions,
        resources,
        permitted,
        found.get("principals", ()),
        found.get("organization-ids", ()),
        found.get("url"),
        at.layer.place(at.path),
    )


def _check_code(name: str, at: Spot) -> None:
    """Notes when a name is that of another rule; that of another table is noted where both are known."""
    code = code_of(name)
    if re.fullmatch(r"[A-Z][A-Z0-9_]*", code) is None:
        return
    families = {module.partition(".")[0] for _, module, *_ in INDEX} | {CUSTOM}
    if code in {known for known, *_ in INDEX} | set(retired_checks.RETIRED_CHECKS):
        at.wrong(f"`{name:.100}` is the name of a rule of ours", "an own prefix tells them apart, as in `acme-...`")
    elif name in families:
        at.wrong(f"`{name:.100}` is the name of a family of rules", "an own prefix tells them apart, as in `acme-...`")

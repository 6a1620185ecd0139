"""Which kind of policy a document is: from its wrapper or its shape, with the reason."""

from __future__ import annotations

from typing import Final

from jfml_policies.findings import Path
from jfml_policies.policy.kinds import Kind
from jfml_policies.record import record
from jfml_policies.text.tree import Json, JsonArray, JsonObject, JsonString

__all__ = ["Located", "detect_kind", "is_policy_shaped", "locate"]

#: Wrappers that AWS's command line and templates put around a policy, innermost key first in meaning.
_WRAPPERS: Final[tuple[tuple[tuple[str, ...], Kind | None], ...]] = (
    (("AssumeRolePolicyDocument",), "trust"),
    (("Role", "AssumeRolePolicyDocument"), "trust"),
    (("PolicyVersion", "Document"), "identity"),
    (("PolicyDocument",), None),
    (("Document",), None),
)
_TRUST_ACTIONS: Final = (
    "sts:assumerole",
    "sts:assumerolewithsaml",
    "sts:assumerolewithwebidentity",
    "sts:tagsession",
    "sts:setsourceidentity",
    "sts:setcontext",
)


@record
class Located:
    """A policy document inside a JSON document: where it is and what its wrapper says of its kind."""

    tree: Json
    wrapper: Path
    kind: Kind | None


def locate(tree: Json) -> Located:
    """The policy document in a JSON document: itself, or what stands in a known wrapper."""
    if isinstance(tree, JsonObject) and tree.get("Statement") is None:
        for keys, kind in _WRAPPERS:
            inner: Json | None = tree
            for key in keys:
                inner = inner.get(key) if isinstance(inner, JsonObject) else None
            if isinstance(inner, JsonObject) and inner.get("Statement") is not None:
                return Located(inner, keys, kind)
    return Located(tree, (), None)


def is_policy_shaped(tree: Json) -> bool:
    """Whether a JSON document is meant as a policy: it has statements with an Effect, or a version of the language."""
    document = locate(tree).tree
    if not isinstance(document, JsonObject):
        return False
    names = {member.key.value.lower() for member in document.members}
    if "statement" not in names:
        return False
    if "version" in names and isinstance(document.get("Version"), JsonString):
        return True
    return any(
        {"effect", "action", "notaction", "principal"} & {member.key.value.lower() for member in statement.members}
        for statement in _statements(document)
    )


def detect_kind(document: Json) -> tuple[Kind, str]:
    """The kind a document has by its shape, and the reason as a clause.

    Principals make the difference; whether they stand in a trust policy is told by the actions. SCPs and boundaries
    look like identity policies and RCPs like resource policies: say the kind of those.

    >>> from jfml_policies.text.parse import parse_json
    >>> detect_kind(parse_json('{"Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}}'))
    ('identity', 'no statement names a principal')
    """
    statements = list(_statements(document))
    with_principal = [s for s in statements if s.get("Principal") is not None or s.get("NotPrincipal") is not None]
    if not with_principal:
        if statements and all(_only_assumes(s) and s.get("Resource") is None for s in statements):
            return "trust", "its only actions assume a role, and no resource is named"
        return "identity", "no statement names a principal"
    if all(_only_assumes(s) for s in with_principal):
        return "trust", "its principals may only assume a role"
    # A misspelt action must not hide what the document is: only a trust policy does without resources.
    without_resources = all(s.get("Resource") is None and s.get("NotResource") is None for s in statements)
    if without_resources and any(_mentions_sts(s) for s in statements):
        return "trust", "its statements name principals, actions of STS and no resources"
    return "resource", "its statements name principals"


def _statements(document: Json) -> list[JsonObject]:
    if not isinstance(document, JsonObject):
        return []
    block = document.get("Statement") or document.get("statement")
    items = block.items if isinstance(block, JsonArray) else (block,)
    return [item for item in items if isinstance(item, JsonObject)]


def _only_assumes(statement: JsonObject) -> bool:
    texts = _actions(statement)
    return bool(texts) and all(text in _TRUST_ACTIONS or text.startswith("sts:assumerole") for text in texts)


def _mentions_sts(statement: JsonObject) -> bool:
    return any(text.startswith("sts:") for text in _actions(statement))


def _actions(statement: JsonObject) -> list[str]:
    action = statement.get("Action")
    items = action.items if isinstance(action, JsonArray) else (action,)
    return [item.value.lower() for item in items if isinstance(item, JsonString)]

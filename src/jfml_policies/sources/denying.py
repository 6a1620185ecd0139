"""Whether a policy may deny anything, so that it is missed where it is taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jfml_policies.errors import JsonSyntaxError
from jfml_policies.sources.found import Unread
from jfml_policies.sources.shape import Choice, Items, Members, Word, shape_of
from jfml_policies.sources.source import Quoted
from jfml_policies.text.parse import parse_json

if TYPE_CHECKING:
    from jfml_policies.sources.shape import Shape
    from jfml_policies.sources.source import Source

__all__ = ["may_deny", "policy_may_deny"]


def policy_may_deny(policy: Source | Unread) -> bool:
    """Whether a policy may deny anything; one that can't be looked at may."""
    if isinstance(policy, Unread):
        return True
    if not isinstance(policy.document, Quoted):
        return may_deny(policy.document)
    try:
        return may_deny(shape_of(parse_json(policy.document.text)))
    except JsonSyntaxError:
        return True


def may_deny(document: Shape | None) -> bool:
    """Whether a document may deny anything: all but one in which each statement is known to allow.

    >>> from jfml_policies.text.parse import parse_json
    >>> may_deny(shape_of(parse_json('{"Statement": [{"Effect": "Allow"}]}')))
    False
    >>> may_deny(shape_of(parse_json('{"Statement": [{"Effect": "Deny"}]}')))
    True
    """
    if document is None:
        return False
    if isinstance(document, Choice):
        return any(map(may_deny, (document.yes, document.no)))
    if not isinstance(document, Members):
        return True
    blocks = [value for name, value in document.members if _is(name, "statement")]
    is_known = all(name.text is not None for name, _ in document.members)
    return not is_known or not blocks or not all(map(_allows, blocks))


def _allows(statements: Shape | None) -> bool:
    """Whether each of some statements is known to allow."""
    if statements is None:
        return True
    if isinstance(statements, Choice):
        return _allows(statements.yes) and _allows(statements.no)
    if isinstance(statements, Items):
        return all(map(_allows, statements.items))
    if not isinstance(statements, Members):
        return False
    effects = [value for name, value in statements.members if name.text is None or _is(name, "effect")]
    return bool(effects) and all(isinstance(effect, Word) and effect.text == "Allow" for effect in effects)


def _is(name: Word, wanted: str) -> bool:
    return name.text is not None and name.text.lower() == wanted

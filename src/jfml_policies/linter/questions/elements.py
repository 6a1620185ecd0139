"""Elements as they were written, whatever stands in them: which there are, which were meant, and taking one out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jfml_policies.findings import Fix, Span
from jfml_policies.policy.nodes import Statement, Text
from jfml_policies.text.removal import removal_edits
from jfml_policies.text.suggest import nearest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

__all__ = ["meant_names", "remove_element", "written"]

#: Unknown names of one object for which the meant one is looked up; more are no slips of the pen.
_SUGGESTIONS: Final = 50


def written(statement: Statement, *names: str) -> list[Text]:
    """The keys of those of the named elements that the statement has, each once, in the order of the text.

    >>> from jfml_policies.policy.parse import parse_text
    >>> statement = parse_text('{"Statement": {"NotAction": 1, "Effect": "Deny", "Action": "*"}}').statements[0]
    >>> [key.value for key in written(statement, "Action", "NotAction", "Resource")]
    ['NotAction', 'Action']
    """
    first: dict[str, Text] = {}
    for key in statement.keys:
        if key.value in names:
            first.setdefault(key.value, key)
    return list(first.values())


def meant_names(keys: Iterable[Text], known: Collection[str]) -> dict[str, str]:
    """The elements that the unknown names among some keys probably stand for, by those names.

    >>> from jfml_policies.policy.parse import parse_text
    >>> meant_names(parse_text('{"version": "2012-10-17", "Statement": []}').keys, ("Version", "Statement"))
    {'version': 'Version'}
    """
    unknown = list(dict.fromkeys(key.value for key in keys if key.value not in known))
    nearest_names = {name: nearest(name, known) for name in unknown[:_SUGGESTIONS]}
    return {name: near for name, near in nearest_names.items() if near}


def remove_element(statement: Statement, name: str, *, safe: bool = False) -> Fix | None:
    """The fix that takes an element out of its statement, its comma included.

    Fixes for several elements go together as long as the statement keeps its Effect, or else its first element.

    Args:
        statement: the statement.
        name: the element.
        safe: whether the meaning provably stays the same.

    Returns:
        None where the element stands twice or is all that the statement has.
    """
    names = [key.value for key in statement.keys]
    kept = names.index("Effect") if "Effect" in names else 0
    if names.count(name) != 1 or names[kept] == name:
        return None
    title = f"remove the element `{name}`"
    if statement.span is None:
        return Fix(title, (), safe)
    places = [Span(member.key.start, member.value.end) for member in statement.tree.members]
    return Fix(title, removal_edits(places, [names.index(name)], kept=kept), safe)

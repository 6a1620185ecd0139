"""Strategies for statements and policies, right ones and mangled ones."""

from __future__ import annotations

import copy
import json
import random

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from jfml_policies.policy.kinds import KINDS, Kind
from jfml_policies.testing.conditions import conditions
from jfml_policies.testing.names import actions, arn_patterns, principals

__all__ = ["mangled_policies", "policies", "policy_texts", "statements"]

_KINDS = sorted(KINDS)


def statements(*, kind: Kind = "identity") -> SearchStrategy[dict[str, object]]:
    """Statements that the grammar of a kind allows, elements in any order, bare values and lists."""
    facts = KINDS[kind]
    effects = st.just("Deny") if kind == "rcp" else st.sampled_from(["Allow", "Deny"])
    elements: dict[str, SearchStrategy[object]] = {"Effect": effects}
    action = _one_or_more(actions(kind=kind))
    may_negate = facts.negations.action and kind != "trust"
    names = st.sampled_from(["Action", "Action", "NotAction"] if may_negate else ["Action"])
    parts: list[SearchStrategy[dict[str, object]]] = [st.builds(lambda name, value: {name: value}, names, action)]
    if facts.resource == "required":
        resource_names = st.sampled_from(["Resource", "Resource", "NotResource"])
        parts.append(st.builds(lambda name, value: {name: value}, resource_names, _one_or_more(arn_patterns())))
    if facts.principal == "required":
        elements["Principal"] = principals(kind=kind)
    optional = {"Condition": conditions(), "Sid": st.text(alphabet="AbC9", min_size=1, max_size=8)}
    fixed = st.fixed_dictionaries(elements, optional=optional)
    merged = st.tuples(fixed, *parts).map(
        lambda pieces: {key: value for piece in pieces for key, value in piece.items()}
    )
    return merged.flatmap(lambda statement: st.permutations(list(statement.items())).map(dict))


def policies(*, kind: Kind | None = None) -> SearchStrategy[dict[str, object]]:
    """Policy documents that the grammar of a kind allows, as plain JSON values; Sids are unique.

    Args:
        kind: the kind of policy; any when None.
    """
    if kind is None:
        return st.sampled_from(_KINDS).flatmap(lambda some: policies(kind=some))
    several = st.lists(statements(kind=kind), min_size=1, max_size=4).map(_unique_sids)
    block = several | statements(kind=kind)
    optional = {"Version": st.just("2012-10-17"), "Id": st.just("PolicyForTests")}
    if KINDS[kind].principal == "forbidden":
        del optional["Id"]
    return st.fixed_dictionaries({"Statement": block}, optional=optional).map(dict)


def policy_texts(*, kind: Kind | None = None) -> SearchStrategy[str]:
    """Policies as JSON text in many layouts: compact, indented, with CRLF, a byte order mark, escapes."""
    layouts = st.sampled_from([None, 0, 1, 2, 4, "\t"])
    return st.builds(_layout, policies(kind=kind), layouts, st.booleans(), st.booleans(), st.booleans())


def mangled_policies(*, kind: Kind | None = None) -> SearchStrategy[object]:
    """Policies with something broken: elements dropped, renamed, emptied, of the wrong type or turned to nonsense."""
    return st.builds(_mangle, policies(kind=kind), st.integers(1, 4), st.integers(0, 2**32))


def _layout(document: object, indent: int | str | None, crlf: bool, mark: bool, spaced: bool) -> str:  # noqa: FBT001
    text = json.dumps(document, indent=indent, separators=(" , ", " : ") if spaced else None)
    return ("\ufeff" if mark else "") + (text.replace("\n", "\r\n") if crlf else text)


_NONSENSE: tuple[object, ...] = (
    None,
    True,
    0,
    -1.5,
    "",
    "*",
    "**",
    "arn:",
    "arn:aws:s3",
    "arn:aws:::::",
    "${",
    "${}",
    "${a b}",
    "s3",
    ":",
    "s3:",
    "\ud800",
    "\u202e",
    [],
    {},
    [None],
    [[]],
    {"AWS": []},
    {"": ""},
    "x" * 300,
)


def _mangle(document: dict[str, object], times: int, seed: int) -> object:
    """The document after some random surgery; deterministic for a seed."""
    chance = random.Random(seed)  # noqa: S311 (no secret is made)
    tree: object = copy.deepcopy(document)
    for _ in range(times):
        holder, key = chance.choice(_places(tree)) if _places(tree) else (None, None)
        if isinstance(holder, dict):
            _mangle_member(holder, str(key), chance)
        elif isinstance(holder, list) and isinstance(key, int):
            if chance.random() < 0.3:
                del holder[key]
            else:
                holder[key] = copy.deepcopy(chance.choice(_NONSENSE))
    return tree


def _mangle_member(holder: dict[str, object], key: str, chance: random.Random) -> None:
    way = chance.randrange(4)
    if way == 0:
        del holder[key]
    elif way == 1:
        holder[chance.choice((key.lower(), key.upper(), key + "s", "", "Not" + key))] = holder.pop(key)
    elif way == 2:
        holder[key] = [holder[key], holder[key]]
    else:
        holder[key] = copy.deepcopy(chance.choice(_NONSENSE))


def _places(tree: object) -> list[tuple[object, object]]:
    found: list[tuple[object, object]] = []
    if isinstance(tree, dict):
        found += [(tree, key) for key in tree]
        for value in tree.values():
            found += _places(value)
    elif isinstance(tree, list):
        found += [(tree, index) for index in range(len(tree))]
        for value in tree:
            found += _places(value)
    return found


def _unique_sids(block: list[dict[str, object]]) -> list[dict[str, object]]:
    return [
        {**statement, "Sid": f"{statement['Sid']}{number}"} if "Sid" in statement else statement
        for number, statement in enumerate(block)
    ]


def _one_or_more(values: SearchStrategy[str]) -> SearchStrategy[object]:
    return values | st.lists(values, min_size=1, max_size=4, unique=True)

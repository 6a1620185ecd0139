"""The condition operator that a wrong one most likely stands for."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from jfml_policies.linter.questions.near_names import NearNames
from jfml_policies.policy.operators import OPERATORS, QUALIFIERS
from jfml_policies.text.suggest import nearest

__all__ = ["near_operator"]

_IF_EXISTS: Final = "IfExists"
_NAMES: Final = NearNames(OPERATORS)


@lru_cache(maxsize=512)
def near_operator(name: str) -> str | None:
    """An operator near to a name, with its prefix and suffix; None when there is none.

    >>> near_operator("forallvalues:StringEqualIfExists"), near_operator("StringMatches")
    ('ForAllValues:StringEqualsIfExists', None)
    """
    written, colon, rest = name.rpartition(":")
    qualifier = nearest(written, QUALIFIERS) if colon else None
    if colon and qualifier is None:
        return None
    if_exists = rest.lower().endswith(_IF_EXISTS.lower())
    base = _NAMES.nearest(rest[: -len(_IF_EXISTS)] if if_exists else rest)
    if base is None:
        return None
    suffix = _IF_EXISTS if if_exists and base != "Null" else ""
    return f"{qualifier}:{base}{suffix}" if qualifier else base + suffix

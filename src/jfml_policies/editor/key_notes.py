"""What the catalogue knows of a condition key, in Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jfml_policies.catalog import global_keys

if TYPE_CHECKING:
    from jfml_policies.catalog import Catalog

__all__ = ["key_note"]


def key_note(name: str, catalog: Catalog) -> str | None:
    """A condition key's type, and in which requests it is; None for an unknown key.

    >>> from jfml_policies.catalog import load
    >>> print(key_note("aws:principalorgid", load()))
    **`aws:PrincipalOrgID`** condition key, String
    <BLANKLINE>
    In requests where: the caller's account belongs to an organization.
    """
    key = catalog.condition_key(name)
    if key is None:
        return None
    several = "; a request may carry several values, so operators need `ForAllValues:` or `ForAnyValue:`"
    said = [f"**`{key.name}`** condition key, {key.value_type}"]
    said[0] += several if key.is_multivalued else ""
    shared = global_keys.find(name)
    if shared is not None:
        said += ["", _presence(shared)]
        if key.name in global_keys.CALLER_CONTROLLED_KEYS:
            said.append("The caller chooses its value: it protects nothing.")
    return "\n".join(said)


def _presence(key: global_keys.GlobalKey) -> str:
    if key.presence == "always":
        return "In every request."
    if key.presence == "signed":
        return "In every signed request."
    of_calls = key.when.startswith(("calls", "sessions", "actions"))
    return f"In {key.when}." if of_calls else f"In requests where: {key.when}."

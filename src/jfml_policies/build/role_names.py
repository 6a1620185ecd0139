"""Role names that nobody can guess."""

from __future__ import annotations

import secrets
from typing import Final

from jfml_policies.build.identifiers import role_name_problem
from jfml_policies.errors import ParameterError

__all__ = ["looks_unguessable", "unguessable_role_name"]

#: Letters and digits that are not mistaken for one another; 32 of them, so each adds 5 bits.
_ALPHABET: Final = "abcdefghijkmnpqrstuvwxyz23456789"
_RANDOM_CHARACTERS: Final = 24
_SHORTEST_RANDOM_PART: Final = 16


def unguessable_role_name(stem: str = "jfrog-ml") -> str:
    """A new role name: the stem, a hyphen and 24 random characters (120 bits). Every call gives another one.

    Args:
        stem: how the name begins, up to 39 characters of those a role name may hold.

    Raises:
        ParameterError: the stem is too long or holds a character that role names may not.

    >>> unguessable_role_name("acme").startswith("acme-")
    True
    """
    problem = role_name_problem(f"{stem}-{_ALPHABET[:_RANDOM_CHARACTERS]}")
    if problem:
        raise ParameterError((f"stem: {problem}",))
    while True:
        # Repeated for the rare draw without any digit, so that the name is also recognised as random afterwards.
        name = f"{stem}-{''.join(secrets.choice(_ALPHABET) for _ in range(_RANDOM_CHARACTERS))}"
        if looks_unguessable(name):
            return name


def looks_unguessable(name: str) -> bool:
    """Whether a role name holds a run of at least 16 letters and digits with both among them.

    >>> looks_unguessable("qwak-access-role")
    False
    """
    runs = "".join(character if character.isalnum() else " " for character in name).split()
    return any(len(run) >= _SHORTEST_RANDOM_PART and not run.isalpha() and not run.isdigit() for run in runs)

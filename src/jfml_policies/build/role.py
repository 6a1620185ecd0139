"""A built role: its two documents and, in plain words, what they mean."""

from __future__ import annotations

import json
from dataclasses import dataclass

from jfml_policies.build.parameters import Parameters
from jfml_policies.build.statements import Document

__all__ = ["Role"]


@dataclass(frozen=True, slots=True)
class Role:
    """A role as text and words. Frozen, and equal to another built from the same parameters.

    Attributes:
        name: the role's name, or None when none was asked for.
        trust_json: the trust policy as JSON text: who may assume the role.
        permissions_json: the permissions policy as JSON text: what the role may do.
        choices: what was chosen and why, one line each.
        allows: what the two policies allow, one line each.
        leaves_out: what they deliberately do not allow, one line each.
        warnings: what cannot be put right here, one line each.
        parameters: what was asked for, checked, with defaults filled in.
    """

    name: str | None
    trust_json: str
    permissions_json: str
    choices: tuple[str, ...]
    allows: tuple[str, ...]
    leaves_out: tuple[str, ...]
    warnings: tuple[str, ...]
    parameters: Parameters

    @property
    def trust(self) -> Document:
        """The trust policy as JSON values; a new copy each time."""
        return _values(self.trust_json)

    @property
    def permissions(self) -> Document:
        """The permissions policy as JSON values; a new copy each time."""
        return _values(self.permissions_json)


def _values(text: str) -> Document:
    document: Document = json.loads(text)
    return document

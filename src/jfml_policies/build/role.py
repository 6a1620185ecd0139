"""A built role: its two documents and, in plain words, what they mean."""

from __future__ import annotations

import json
from dataclasses import dataclass

from pydantic import BaseModel

from jfml_policies.build.statements import Document

__all__ = ["HandOver", "Role"]


@dataclass(frozen=True, slots=True)
class HandOver:
    """Where a vendor takes the role's ARN.

    Attributes:
        use: what the role is used for there.
        language: `python`, `yaml` or `shell`.
        code: the lines to write there; words in capitals are to be filled in.
    """

    use: str
    language: str
    code: str


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
        hand_over: where the vendor takes the role's ARN, for each use.
        managed_policies: ARNs of AWS's managed policies to attach beside the permissions policy.
    """

    name: str | None
    trust_json: str
    permissions_json: str
    choices: tuple[str, ...]
    allows: tuple[str, ...]
    leaves_out: tuple[str, ...]
    warnings: tuple[str, ...]
    parameters: BaseModel
    hand_over: tuple[HandOver, ...] = ()
    managed_policies: tuple[str, ...] = ()

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

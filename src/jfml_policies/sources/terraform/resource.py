"""A resource of a plan or state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jfml_policies.record import record

if TYPE_CHECKING:
    from jfml_policies.text.skim import Skimmed

__all__ = ["Resource"]


@record(eq=False)
class Resource:
    """A resource of a plan or state.

    Attributes:
        address: its address.
        type: its type.
        values: its attributes.
        sensitive: which of them are, in the form of `sensitive_values`.
        unknown: which are known only after apply, in the form of `after_unknown`.
    """

    address: str
    type: str
    values: Skimmed
    sensitive: object
    unknown: object

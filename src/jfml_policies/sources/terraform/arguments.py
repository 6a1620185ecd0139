"""The arguments of a data source in a plan: what is known of them, and what only apply tells.

Source: Terraform documentation, "JSON Output Format" (change representation, `after_unknown`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jfml_policies.record import record

if TYPE_CHECKING:
    from jfml_policies.text.skim import Skimmed

__all__ = ["Argument", "NotTold"]


class NotTold(Exception):  # noqa: N818 -- an answer rather than an error
    """A document of whose form itself too little is known; the text says why, as a clause."""


@record(eq=False)
class Argument:
    """A value in a plan.

    Attributes:
        value: the value as far as it is known, or None.
        unknown: what of it only apply tells: True for all of it, or lists and objects of the value's form.
        label: how to call it.
        start: where it stands in the file, or the block that it is missing in.
        end: the place after it.
    """

    value: Skimmed | None
    unknown: object
    label: str
    start: int
    end: int

    @property
    def is_unknown(self) -> bool:
        """Whether nothing is known of it."""
        return self.unknown is True

    @property
    def is_missing(self) -> bool:
        """Whether it is known that it was not given."""
        return not self.is_unknown and (self.value is None or self.value.first == "n")

    def arguments(self) -> dict[str, Argument]:
        """The arguments of a block by name; those that are not known are among them.

        Raises:
            NotTold: it is no block.
        """
        self._require("{")
        unknown = self.unknown if isinstance(self.unknown, dict) else {}
        members = {one.name: one for one in self.value.members()} if self.value is not None else {}
        found = {}
        for name in dict.fromkeys([*members, *unknown]):
            value = members.get(name)
            start, end = (value.start, value.end) if value is not None else (self.start, self.start + 1)
            found[name] = Argument(value, unknown.get(name), f"{self.label}.{name}", start, end)
        return found

    def items(self) -> list[Argument]:
        """The items of a list.

        Raises:
            NotTold: it is no list.
        """
        self._require("[")
        unknown = self.unknown if isinstance(self.unknown, list) else []
        values = list(self.value.items()) if self.value is not None else []
        return [
            Argument(
                one,
                unknown[number] if number < len(unknown) else None,
                f"{self.label}[{number}]",
                one.start,
                one.end,
            )
            for number, one in enumerate(values)
        ]

    def text(self) -> str | None:
        """A text that is known; None where there is none.

        Raises:
            NotTold: it is something else than a text.
        """
        if self.is_missing:
            return None
        self._require('"')
        return str(self.value.value()) if self.value is not None else None

    def _require(self, first: str) -> None:
        if self.is_unknown or self.value is None or self.value.first != first:
            raise NotTold("its form is known only after apply")

"""What every output takes: a role's name and its documents, whoever built them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from jfml_policies.build.identifiers import role_name_problem
from jfml_policies.build.statements import Document
from jfml_policies.errors import ParameterError

__all__ = ["RoleDocuments"]

#: The last character that the text of a policy may hold as it is ("CreatePolicy" in the IAM API Reference).
_LAST_PLAIN: Final = "\xff"


@dataclass(frozen=True, slots=True)
class RoleDocuments:
    """A role's name, its trust policy, and its permissions policies.

    Attributes:
        name: the role's name, or None to let whoever makes the role choose one.
        trust: the trust policy as JSON values.
        permissions: the permissions policies as JSON values, at least one, each of which becomes a managed policy.
        managed_policies: ARNs of AWS's managed policies to attach as well.

    Raises:
        ParameterError: the name is not a role's name, no permissions are given, or a text is not valid Unicode.
    """

    name: str | None
    trust: Document
    permissions: tuple[Document, ...]
    managed_policies: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        problems: list[str] = []
        if self.name is not None:
            problem = role_name_problem(self.name)
            if problem:
                problems.append(f"role_name: {problem}")
        if not self.permissions:
            problems.append("permissions: no policy is given")
        if any("\ud800" <= sign <= "\udfff" for text in self.texts() for sign in text):
            problems.append("a text of the policies holds half of a surrogate pair, which is no character")
        if problems:
            raise ParameterError(tuple(problems))

    @property
    def label(self) -> str:
        """The name as an identifier of letters, digits and underscores, for the formats that name what they declare."""
        word = re.sub(r"[^a-z0-9]+", "_", (self.name or "role").lower()).strip("_")
        return word if word[:1].isalpha() else f"role_{word}".rstrip("_")

    def suffixes(self) -> Iterator[tuple[str, Document]]:
        """Each permissions policy with what tells it from the others: nothing when there is one, else its number."""
        for number, document in enumerate(self.permissions, start=1):
            yield "" if len(self.permissions) == 1 else str(number), document

    def texts(self) -> Iterator[str]:
        """Every string of the documents, names of elements included."""
        yield from self.managed_policies
        for document in (self.trust, *self.permissions):
            yield from _texts(document)

    def refuse_unless_plain(self, reader: str, *, remedy: str) -> None:
        """Refuse what the text of a policy can hold as a JSON escape only.

        A tool that reads a document as values writes its JSON itself, and those characters without an escape; IAM then
        rejects the policy, and Unicode normalisation on the way may even have changed it.

        Args:
            reader: the tool that would read the documents as values.
            remedy: what to do instead.

        Raises:
            ParameterError: some text holds a character beyond U+00FF.
        """
        beyond = sorted({sign for text in self.texts() for sign in text if sign > _LAST_PLAIN})
        if beyond:
            shown = ", ".join(f"U+{ord(sign):04X}" for sign in beyond[:5])
            problem = f"{reader} does not keep characters beyond U+00FF in a policy, and one of the names holds {shown}"
            raise ParameterError((problem,), hint=remedy)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, member in value.items():
            yield name
            yield from _texts(member)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)

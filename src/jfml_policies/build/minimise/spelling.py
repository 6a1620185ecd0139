"""Actions in AWS's spelling: letter case means nothing in them, and one spelling lets equal lists be seen as equal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jfml_policies.build.minimise.draft import each_list
from jfml_policies.catalog import load
from jfml_policies.record import record, replace

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jfml_policies.build.minimise.draft import Draft
    from jfml_policies.policy.nodes import Text

__all__ = ["Respelling", "respelled", "respellings"]


@record
class Respelling:
    """A statement whose actions are spelt in another way than AWS spells them.

    Attributes:
        statement: its position in the draft.
    """

    statement: int

    @property
    def what(self) -> str:
        """Its kind, as a word."""
        return "spelling"

    def sentence(self, draft: Draft) -> str:
        """What was done."""
        return f"spelt the actions of statement {draft.parts[self.statement].name} as AWS does"


def respellings(draft: Draft) -> list[Respelling]:
    """The statements of a draft with actions in another spelling than AWS's."""
    return [
        Respelling(place)
        for place, statement in enumerate(draft.policy.statements)
        if statement.actions and any(spelt(text.value) != text.value for text in statement.actions.values)
    ]


def respelled(draft: Draft, some: Iterable[Respelling]) -> Draft:
    """A draft with the actions of some statements in AWS's spelling."""

    def respell(values: tuple[Text, ...], slot: tuple[str, ...]) -> tuple[Text, ...]:
        if slot[0] not in ("Action", "NotAction"):
            return values
        return tuple([replace(text, value=spelt(text.value)) for text in values])

    places = {one.statement for one in some}
    return draft.with_parts(
        [
            replace(part, statement=each_list(part.statement, respell)) if place in places else part
            for place, part in enumerate(draft.parts)
        ]
    )


def spelt(action: str) -> str:
    """An action in AWS's spelling; of one that the catalogue doesn't know, and of wildcards, only the service.

    >>> spelt("S3:getobject"), spelt("S3:get*"), spelt("nosuch:Thing")
    ('s3:GetObject', 's3:get*', 'nosuch:Thing')
    """
    prefix, colon, name = action.partition(":")
    service = load().service(prefix.lower()) if colon else None
    return action if service is None else f"{service.prefix}:{service.spelling.get(name.lower(), name)}"

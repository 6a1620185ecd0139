"""Which actions of a policy only one of its entries can match, told from the texts alone."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from jfml_policies.patterns.letter_case import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jfml_policies.policy.nodes import Statement

__all__ = ["ActionUses", "service_of"]

_is_open: Final = re.compile(r"[*?]").search


class ActionUses:
    """How often each action is written in a policy, and which services entries with wildcards are of.

    >>> from jfml_policies.policy.parse import parse_text
    >>> text = '{"Statement": [{"Action": ["s3:GetObject", "sqs:*"]}, {"Action": "sqs:SendMessage"}]}'
    >>> uses = ActionUses(parse_text(text).statements)
    >>> uses.stands_alone("s3:getobject"), uses.stands_alone("sqs:sendmessage"), uses.stands_alone("sqs:*")
    (True, False, True)
    """

    __slots__ = ("_open", "_whole", "by_statement")

    def __init__(self, statements: Sequence[Statement]) -> None:
        #: The entries of each statement's Action, in lower case.
        self.by_statement: list[list[str]] = []
        self._whole: Counter[str] = Counter()
        self._open: Counter[str] = Counter()
        for statement in statements:
            texts = [] if statement.action is None else [fold(text.value) for text in statement.action.values]
            self.by_statement.append(texts)
            if statement.action is None:
                self._open[""] += 1  # NotAction: it may match any action
            for text in texts:
                if _is_open(text):
                    self._open[service_of(text)] += 1
                else:
                    self._whole[text] += 1

    def stands_alone(self, action: str) -> bool:
        """Whether no other entry of the policy matches all actions that an entry in lower case matches."""
        service = service_of(action)
        others = self._open[service] + self._open[""]
        if not _is_open(action):
            return self._whole[action] == 1 and not others
        # Names that nobody knows yet match a wildcard, so no list of names covers one.
        return service != "" and others == 1


def service_of(action: str) -> str:
    """The service prefix of an action; the empty text where it may be any."""
    service, colon, _ = action.partition(":")
    return service if colon and not _is_open(service) else ""

"""What a request says, ready to be looked up by the evaluator."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jfml_policies.access.readings import EMPTY_TEXT_IS_PRESENT, VARIABLE_OF_SEVERAL_VALUES_IS_ABSENT
from jfml_policies.access.request import Request
from jfml_policies.access.requester import Requester
from jfml_policies.record import record

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["RequestFacts"]


@record
class RequestFacts:
    """A request, looked at once for all statements.

    Attributes:
        action: as in the request.
        resource: as in the request.
        requester: who asks.
        context: values by condition key in lower case; a key without values is not in it.
        variables: what policy variables stand for: the value of each key that has exactly one.
    """

    action: str
    resource: str
    requester: Requester
    context: Mapping[str, tuple[str, ...]]
    variables: Mapping[str, str]

    @staticmethod
    def of(request: Request) -> RequestFacts:
        """The facts of a request."""
        context: dict[str, tuple[str, ...]] = {}
        for name in request.context:
            values = tuple(dict.fromkeys(request.values(name)))
            if not EMPTY_TEXT_IS_PRESENT:
                values = tuple([value for value in values if value])
            if values:
                context[name.lower()] = values
        return RequestFacts(
            action=request.action,
            resource=request.resource,
            requester=Requester.of(request.principal),
            context=context,
            variables={
                key: values[0]
                for key, values in context.items()
                if len(values) == 1 or not VARIABLE_OF_SEVERAL_VALUES_IS_ABSENT
            },
        )

    def values(self, key: str) -> tuple[str, ...]:
        """The values of a condition key in any letter case; none when it is absent."""
        return self.context.get(key.lower(), ())

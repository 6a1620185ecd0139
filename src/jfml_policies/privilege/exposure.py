"""What a principal's policies lay open: credentials, permissions, sharing and data, asked of the exact access.

An action counts when a request for it is allowed, whatever the policies list: conditions, Deny, boundary and service
control policies are taken into account. Whether strangers can use a resource is another question, which
`no-public-access` answers for resource and trust policies.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jfml_policies.privilege.exposed_actions import EXPOSURES, ExposureClass, actions_of
from jfml_policies.privilege.inquiry import Answer, Inquiry
from jfml_policies.privilege.questions import Wish
from jfml_policies.record import record

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jfml_policies.access.request import Request
    from jfml_policies.privilege.holdings import Holdings, Place

__all__ = ["Exposure", "exposures"]


@record
class Exposure:
    """Actions of one class that the same statements grant to the same extent.

    Attributes:
        kind: the class.
        actions: the actions, sorted.
        anywhere: whether on any resource, not only on some.
        always: whether under plain circumstances, not only as somebody else decides.
        places: the statements that grant them.
        witness: a request that is allowed, confirmed by the evaluator; None where it could not be told.
        reasons: what limits them, clauses.
    """

    kind: ExposureClass
    actions: tuple[str, ...]
    anywhere: bool
    always: bool
    places: tuple[Place, ...]
    witness: Request | None
    reasons: tuple[str, ...]


def exposures(holdings: Holdings, kinds: Iterable[ExposureClass] = tuple(EXPOSURES)) -> tuple[Exposure, ...]:
    """What a principal's policies lay open, the worst first.

    Args:
        holdings: the principal's policies.
        kinds: the classes to look at.

    >>> from jfml_policies.policy.read import loads
    >>> from jfml_policies.privilege.holdings import Holdings
    >>> text = '{"Statement": {"Effect": "Allow", "Action": "secretsmanager:Get*", "Resource": "*"}}'
    >>> [(one.kind, one.actions, one.anywhere) for one in exposures(Holdings([loads(text)]))]
    [('data', ('secretsmanager:GetSecretValue',), True)]
    """
    wishes = {kind: [Wish(action) for action in actions_of(kind)] for kind in kinds}
    inquiry = Inquiry(holdings, [wish for some in wishes.values() for wish in some])
    found: list[Exposure] = []
    for kind, some in wishes.items():
        alike: dict[tuple[object, ...], list[Answer]] = {}
        for wish in some:
            answer = inquiry.ask(wish)
            if answer.state != "closed":
                alike.setdefault((not answer.anywhere, not answer.always, answer.places), []).append(answer)
        found += [_exposure(kind, answers) for _, answers in sorted(alike.items(), key=lambda item: item[0][:2])]
    return tuple(found)


def _exposure(kind: ExposureClass, answers: list[Answer]) -> Exposure:
    first = answers[0]
    actions = tuple(sorted(answer.wish.action for answer in answers))
    subject = f"`{first.wish.action}` is granted "
    reasons = tuple([reason.removeprefix(subject) for reason in first.reasons])
    return Exposure(kind, actions, first.anywhere, first.always, first.places, first.witness, reasons)

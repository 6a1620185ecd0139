"""Can a principal give itself permissions that nobody gave it? Escalation paths, asked of the exact access.

A path is *open* when every permission that it takes is granted on whatever it may be aimed at, under plain
circumstances: by a name that no policy mentions, with no condition key that somebody else decides. It is *closed* when
one of them is proved not to be granted at all on what it must be aimed at. Everything between is *potential*: the roles
that may be passed are named, and may be strong or not; a condition must be met first; the resource may be the
principal's own or not; or the question could not be decided.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Final

from jfml_policies.privilege.escalation_paths import CATEGORIES, PATHS, EscalationPath
from jfml_policies.privilege.inquiry import Answer, Inquiry, State
from jfml_policies.privilege.questions import PASS_ROLE, Wish
from jfml_policies.privilege.targets import target_of
from jfml_policies.record import record

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from jfml_policies.privilege.holdings import Holdings, Place
    from jfml_policies.privilege.targets import Aim

__all__ = ["PathAnswer", "closing_statement", "escalation", "first_open", "wishes_of"]

#: Made on the way, so that any name will do.
_MADE: Final = frozenset(("sagemaker:CreateNotebookInstanceLifecycleConfig",))
#: Aimed at a group that the principal is not in.
_JOIN: Final = "iam:AddUserToGroup"
_ORDER: Final[tuple[State, ...]] = ("open", "potential", "closed")


@record
class PathAnswer:
    """What has come of one path.

    Attributes:
        path: the path.
        state: whether it is there.
        permissions: the answer for each permission, in the path's order.
        reasons: why it is not open, clauses; empty when it is.
    """

    path: EscalationPath
    state: State
    permissions: tuple[Answer, ...]
    reasons: tuple[str, ...]

    @property
    def places(self) -> tuple[Place, ...]:
        """The statements that grant its permissions, each once."""
        return tuple(dict.fromkeys(place for answer in self.permissions for place in answer.places))


def escalation(holdings: Holdings, paths: Sequence[EscalationPath] = PATHS) -> tuple[PathAnswer, ...]:
    """What comes of each path for a principal, the worst first.

    Args:
        holdings: the principal's policies.
        paths: the paths to look at.

    >>> from jfml_policies.policy.read import loads
    >>> from jfml_policies.privilege.holdings import Holdings
    >>> text = '''{"Version": "2012-10-17", "Statement": [
    ...     {"Effect": "Allow", "Action": "lambda:*", "Resource": "*"},
    ...     {"Effect": "Allow", "Action": "iam:PassRole", "Resource": "arn:aws:iam::*:role/*"}]}'''
    >>> found = escalation(Holdings([loads(text)]))
    >>> [answer.path.id for answer in found if answer.state == "open"]
    ['lambda-001', 'lambda-002', 'lambda-006', 'own-018', 'lambda-003', 'lambda-004', 'lambda-005', 'own-019']
    """
    inquiry = Inquiry(holdings, [wish for path in paths for wish in wishes_of(path)])
    answers = [_answer(inquiry, path) for path in paths]
    categories = [*CATEGORIES]
    return tuple(sorted(answers, key=lambda one: (_ORDER.index(one.state), categories.index(one.path.category))))


def first_open(holdings: Holdings, paths: Sequence[EscalationPath]) -> EscalationPath | None:
    """The first of some paths that is open, or None; found sooner than by `escalation`, which says why."""
    inquiry = Inquiry(holdings, [wish for path in paths for wish in wishes_of(path)], only_open=True)
    for path in paths:
        wishes = wishes_of(path)
        if all(map(inquiry.is_open, wishes)):
            # Only where two permissions must meet on one resource there is more to ask.
            meeting = any(_types(one) & _types(other) for one, other in combinations(wishes, 2))
            if not meeting or escalation(holdings, [path])[0].state == "open":
                return path
    return None


def wishes_of(path: EscalationPath) -> tuple[Wish, ...]:
    """What a path asks of a principal's policies."""
    return tuple([_wish(action, path) for action in path.permissions])


def closing_statement(path: EscalationPath) -> dict[str, object]:
    """A Deny statement that closes a path, whatever allows it.

    >>> from jfml_policies.privilege.escalation_paths import PATHS
    >>> closing_statement(PATHS[0])
    {'Effect': 'Deny', 'Action': 'iam:CreatePolicyVersion', 'Resource': '*'}
    """
    statement: dict[str, object] = {"Effect": "Deny", "Action": path.permissions[0], "Resource": "*"}
    if path.service is not None:
        services = [path.service, f"{path.service}.cn"]
        statement["Condition"] = {"StringEquals": {"iam:PassedToService": services}}
    return statement


def _wish(action: str, path: EscalationPath) -> Wish:
    if action == PASS_ROLE:
        return Wish(action, "other", path.service)
    if action == _JOIN:
        return Wish(action, "other")
    aims: dict[str, Aim] = {
        "self-escalation": "own",
        "principal-access": "other",
        "new-passrole": "any",
        "resource-policy": "guarded",
    }
    aim: Aim = "any" if action in _MADE else aims.get(path.category, "existing")
    return Wish(action, aim)


def _answer(inquiry: Inquiry, path: EscalationPath) -> PathAnswer:
    wishes = wishes_of(path)
    answers = tuple([inquiry.ask(wish) for wish in wishes])
    closed = [answer for answer in answers if answer.state == "closed"]
    if closed:
        return PathAnswer(path, "closed", answers, _reasons(closed))
    for one, other in combinations(wishes, 2):
        if _types(one) & _types(other) and not inquiry.meet(one, other):
            reason = f"`{one.action}` and `{other.action}` are not granted on the same {min(_types(one))[1]}"
            return PathAnswer(path, "closed", answers, (reason,))
    unsure = [answer for answer in answers if answer.state == "potential"]
    return PathAnswer(path, "potential" if unsure else "open", answers, _reasons(unsure))


def _reasons(answers: Iterable[Answer]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(reason for answer in answers for reason in answer.reasons))


def _types(wish: Wish) -> frozenset[tuple[str, str]]:
    """What a wish is aimed at, as service and resource type; a role to pass is not one to drive."""
    if wish.action == PASS_ROLE:
        return frozenset()
    service = "iam" if wish.action == "sts:AssumeRole" else wish.action.partition(":")[0]
    return frozenset((service, name) for name in target_of(wish.action, wish.aim).types)

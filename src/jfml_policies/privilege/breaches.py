"""Does a policy allow something that it must not? Which entry of which statement does, and a request as proof.

A demand is about some requests, its scope, and says under which circumstances they may be allowed. Whatever a policy
allows in the scope and outside these circumstances breaks it; Denies of the policy count, and a condition counts only
as far as it restricts.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal

from jfml_policies.access.alternatives import Part, elements
from jfml_policies.access.difference import boxed, candidates
from jfml_policies.access.key_test import Invalid
from jfml_policies.access.search import joined
from jfml_policies.access.space import ACTION, PRINCIPAL, RESOURCE, Space
from jfml_policies.access.validity import invalid_reason
from jfml_policies.access.verdict import search
from jfml_policies.errors import BudgetExceededError, UndecidedError
from jfml_policies.record import record, replace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jfml_policies.access.alternatives import Alternatives
    from jfml_policies.access.difference import Boxed, Candidate
    from jfml_policies.access.request import Request
    from jfml_policies.policy.nodes import Node, Policy, Statement

__all__ = ["Breach", "Patience", "breaches"]

#: Larger documents than AWS takes are not looked at.
_MOST_STATEMENTS: Final = 1_000
_MOST_PRINCIPALS: Final = 1_000
#: Of longer lists the whole is told, not each entry.
_MOST_ENTRIES: Final = 100

#: Looks at a statement that one question may cost, and that all questions about a policy may cost together.
_LOOKS: Final = 30_000
_LOOKS_TOGETHER: Final = 200_000
#: What a statement costs that the request must stay out of.
_LOOKS_A_BLOCKER: Final = 10
#: What two policy variables of a statement cost, as each is tried beside each other one.
_LOOKS_A_PAIR: Final = 70

#: How many entries of a statement's actions are told apart for one breach, and what that may cost a question and a
#: policy; the breach itself does not wait for it.
_MOST_ACTIONS: Final = 30
_LOOKS_FOR_ACTIONS: Final = 10_000
_LOOKS_FOR_ACTIONS_TOGETHER: Final = 60_000

_variable = re.compile(r"\$\{[^{}]*\}")
_DIMENSIONS: Final = {"action": ACTION, "resource": RESOURCE, "principal": PRINCIPAL}


class Patience:
    """How much may still be looked at in a policy; whoever asks several questions gives all of them the same one."""

    __slots__ = ("left", "left_for_actions")

    def __init__(self) -> None:
        self.left: int = _LOOKS_TOGETHER
        self.left_for_actions: int = _LOOKS_FOR_ACTIONS_TOGETHER


@record
class Breach:
    """Where a policy breaks a demand, or may do so.

    Attributes:
        at: the entry that lets the request in; its element or statement where no single entry does.
        statement: the statement that allows it; None where nothing of the document could be decided.
        witness: a request that is allowed and must not be, confirmed by the evaluator; None where none is known.
        actions: the entries of the statement's actions that let in such a request, sorted, where `at` is no action; of
            a statement with `NotAction` those of the scope. Empty where that would take too long to find out.
        doubt: why neither a request nor a proof that there is none was found, a clause; empty beside a witness.
    """

    at: Node
    statement: Statement | None
    witness: Request | None = None
    doubt: str = ""
    actions: tuple[str, ...] = ()


def breaches(
    policy: Policy,
    scope: Policy,
    permitted: Policy | None,
    *,
    by: Literal["action", "resource", "principal"] = "action",
    patience: Patience | None = None,
) -> Iterator[Breach]:
    """What a policy allows in a scope and outside what is permitted, an entry at a time.

    Args:
        policy: the policy in question.
        scope: a document that allows what the demand is about, in one statement.
        permitted: a document that allows what is fine; nothing is when None.
        by: whose entries are told apart and pointed at.
        patience: what all questions about the policy may cost.

    >>> from jfml_policies.policy.read import loads
    >>> policy = loads('{"Statement": {"Effect": "Allow", "Action": ["s3:Get*", "s3:Put*"], "Resource": "*"}}')
    >>> scope = loads('{"Statement": {"Effect": "Allow", "Action": "s3:PutObject", "Resource": "*"}}')
    >>> [(breach.at.value, breach.witness.action) for breach in breaches(policy, scope, None)]
    [('s3:Put*', 's3:PutObject')]
    """
    fault = invalid_reason(policy)
    if fault is not None:
        at = next((one for one in policy.statements if fault[1][: len(one.path)] == one.path), policy)
        yield Breach(at, None, doubt=f"AWS would refuse the policy: {fault[0]}")
        return
    if _is_too_large(policy):
        yield Breach(policy, None, doubt="the policy is too large to be looked at")
        return
    space = Space([policy, scope] if permitted is None else [policy, scope, permitted])
    try:
        allowing = [boxed(space, policy), boxed(space, scope)]
        refusing = [] if permitted is None else [boxed(space, permitted)]
    except (Invalid, UndecidedError) as error:
        yield Breach(policy, None, doubt=str(error))
        return
    question = _Question(space, policy, scope, allowing, refusing, _DIMENSIONS[by], patience or Patience())
    try:
        for candidate in candidates(allowing, refusing):
            yield from question.breaches(candidate)
    except BudgetExceededError as error:
        yield Breach(policy, None, doubt=str(error))


def _is_too_large(policy: Policy) -> bool:
    named = sum(len(group.values) for one in policy.statements if one.principals for group in one.principals.groups)
    return len(policy.statements) > _MOST_STATEMENTS or named > _MOST_PRINCIPALS


class _Question:
    """What is the same for all candidates."""

    def __init__(
        self,
        space: Space,
        policy: Policy,
        scope: Policy,
        allowing: list[Boxed],
        refusing: list[Boxed],
        dimension: str,
        patience: Patience,
    ) -> None:
        self._space = space
        self._policy = policy
        self._scope = scope
        self._allowing = allowing
        self._refusing = refusing
        self._dimension = dimension
        self._patience = patience
        self._left = _LOOKS
        self._left_for_actions = _LOOKS_FOR_ACTIONS
        self._variables: dict[int, frozenset[str]] = {}

    def breaches(self, candidate: Candidate) -> Iterator[Breach]:
        """The breaches of one statement."""
        statement = candidate.allowing[0]
        witness, doubt = self._decided(candidate)
        if witness is None and not doubt:
            return
        listed = self._listed(statement)
        if listed is None:
            yield self._breach(candidate, statement, witness, doubt)
            return
        element = getattr(statement, str(listed.element))
        if str(listed.element).startswith("not_") or len(listed.entries) > _MOST_ENTRIES:
            yield self._breach(candidate, element, witness, doubt)
            return
        if len(listed.entries) == 1:
            yield self._breach(candidate, listed.entries[0][1], witness, doubt)
            return
        told = False
        for entry in listed.entries:
            narrowed = replace(candidate, boxes=(*candidate.boxes, listed.box(self._space, [entry])))
            of_entry, doubt_of_entry = self._decided(narrowed)
            if of_entry is not None or doubt_of_entry:
                told = True
                yield self._breach(narrowed, entry[1], of_entry, doubt_of_entry)
        if not told:
            yield self._breach(candidate, element, witness, doubt)

    def _breach(self, candidate: Candidate, at: Node, witness: Request | None, doubt: str) -> Breach:
        """A breach with the actions by which it comes about; its request is one of the first of them."""
        statement = candidate.allowing[0]
        if witness is None or self._dimension == ACTION:
            return Breach(at, statement, witness, doubt)
        found: dict[str, Request] = {}
        listed = self._listed_actions(candidate)
        entries = listed.entries if listed is not None else ()
        if listed is not None and len(entries) == 1:
            found[entries[0][1].value] = witness
        elif listed is not None and len(entries) <= _MOST_ACTIONS:
            cost = self._cost(candidate) * len(entries)
            if cost <= min(self._left_for_actions, self._patience.left_for_actions):
                self._left_for_actions -= cost
                self._patience.left_for_actions -= cost
                found = self._by_action(candidate, listed)
        return Breach(at, statement, next(iter(found.values()), witness), doubt, tuple(found))

    def _by_action(self, candidate: Candidate, listed: Alternatives) -> dict[str, Request]:
        """The entries of a list of actions that let in a request of a candidate, each with one; none in doubt."""
        found: dict[str, Request] = {}
        try:
            # Sorted, so that the order of the list makes no difference to what is told.
            for entry in sorted(listed.entries, key=lambda one: (one[1].value.lower(), one[1].value)):
                narrowed = replace(candidate, boxes=(*candidate.boxes, listed.box(self._space, [entry])))
                witness = None if self._is_apart(narrowed) else self._searched(narrowed)[0]
                if witness is not None:
                    found.setdefault(entry[1].value, witness)
        except BudgetExceededError:
            return {}
        return found

    def _listed_actions(self, candidate: Candidate) -> Alternatives | None:
        """The actions that a statement lists, or where it lists what it leaves out, those of the scope."""
        for statement, policy in zip(candidate.allowing[:2], (self._policy, self._scope), strict=False):
            for one in elements(Part(statement, policy)):
                if one.element == "action":
                    return one
        return None

    def _decided(self, candidate: Candidate) -> tuple[Request | None, str]:
        """A request of a candidate, or why none is known; neither when there is none.

        Raises:
            BudgetExceededError: the policy would take too long.
        """
        if self._is_apart(candidate):
            return None, ""
        cost = self._cost(candidate)
        self._left -= cost
        self._patience.left -= cost
        if min(self._left, self._patience.left) < 0:
            raise BudgetExceededError("the policy is too large or too entangled to be looked at as a whole")
        return self._searched(candidate)

    def _cost(self, candidate: Candidate) -> int:
        cost = len(self._policy.statements) + _LOOKS_A_BLOCKER * len(candidate.blockers)
        return cost + _LOOKS_A_PAIR * self._count_of_variables(candidate) ** 2

    def _searched(self, candidate: Candidate) -> tuple[Request | None, str]:
        searched = search(self._space, [candidate], self._allowing, self._refusing)
        if searched.found:
            return searched.found[0].witness, ""
        return None, searched.unknown[0] if searched.unknown else ""

    def _count_of_variables(self, candidate: Candidate) -> int:
        if not self._policy.has_variables:
            return 0
        found: set[str] = set()
        for statement in (*candidate.allowing, *candidate.blockers.values()):
            if id(statement) not in self._variables:
                self._variables[id(statement)] = frozenset(_variable.findall(repr(statement)))
            found |= self._variables[id(statement)]
        return len(found)

    def _is_apart(self, candidate: Candidate) -> bool:
        try:
            return joined(self._space, {}, [literal for box in candidate.boxes for literal in box]) is None
        except BudgetExceededError:
            return False

    def _listed(self, statement: Statement) -> Alternatives | None:
        part = Part(statement, self._policy)
        return next((one for one in elements(part) if one.dimension == self._dimension), None)

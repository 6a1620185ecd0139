"""Whether a principal has what it wants: a permission, asked of its policies as sets of requests.

A wish is asked four times at most: of any resource and of some, under plain circumstances and under some. Each time
the question is whether two sets of requests meet, and the answer is a request that the evaluator confirms, a proof that
there is none, or a reason why neither was found.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal, TypeAlias, final

from jfml_policies.access.difference import Boxed, boxed, candidates
from jfml_policies.access.evaluate import decide
from jfml_policies.access.key_test import Invalid
from jfml_policies.access.phrases import phrase
from jfml_policies.access.search import joined
from jfml_policies.access.space import Space
from jfml_policies.access.verdict import Searched, search
from jfml_policies.errors import BudgetExceededError
from jfml_policies.patterns.glob import intersects
from jfml_policies.privilege.circumstances import is_decided_by_others
from jfml_policies.privilege.named_actions import NamedActions
from jfml_policies.privilege.questions import Questions, Wish
from jfml_policies.record import record, replace

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from jfml_policies.access.difference import Candidate
    from jfml_policies.access.request import Request
    from jfml_policies.access.space import Box
    from jfml_policies.access.verdict import Found
    from jfml_policies.policy.nodes import Policy
    from jfml_policies.privilege.holdings import Holdings, Place
    from jfml_policies.privilege.targets import Aim

__all__ = ["Answer", "Inquiry", "State"]

#: Whether it can be had: for certain, only if somebody else has it so, or not.
State: TypeAlias = Literal["open", "potential", "closed"]

#: Why a grant on named resources may be of no use.
_DOUBTS: Final[dict[Aim, str]] = {
    "own": ", which may be its own or not",
    "other": ", which may be able to do more or not",
    "existing": ", which may have a strong role or not",
    "guarded": ", which it may be allowed to use anyhow or not",
    "any": "",
}
_FEW: Final = 4
#: Statements looked at for all questions together; AWS's own largest policies take some thousands.
_BUDGET: Final = 50_000
#: Policy variables are tried value by value.
_WEIGHT_OF_VARIABLES: Final = 40
#: Policies of more statements are not asked whether two permissions meet.
_MOST_TO_MEET: Final = 200
_ACCOUNT: Final = "111122223333"
_REGION: Final = "us-east-1"

_variable = re.compile(r"\$\{[^{}]*\}")


@record
class Answer:
    """Whether a wish is granted.

    Attributes:
        wish: what was asked.
        state: the answer.
        anywhere: whether it is granted on any resource, not only on some that are named.
        always: whether it is granted under plain circumstances.
        places: the statements that grant it.
        witness: a request that is allowed, confirmed by the evaluator; None where there is none.
        reasons: why it is not simply open, clauses.
        closing: the statements that deny it.
    """

    wish: Wish
    state: State
    anywhere: bool = False
    always: bool = False
    places: tuple[Place, ...] = ()
    witness: Request | None = None
    reasons: tuple[str, ...] = ()
    closing: tuple[Place, ...] = ()


@final
class Inquiry:
    """Answers wishes about one principal; all of them are known from the start, so that they share their work."""

    def __init__(self, holdings: Holdings, wishes: Iterable[Wish], *, only_open: bool = False) -> None:
        """Prepares the questions.

        Args:
            holdings: the principal's policies.
            wishes: what will be asked.
            only_open: whether only `is_open` will be asked, which needs less.
        """
        self._holdings = holdings
        self._named = {id(statement): NamedActions(statement) for statement in holdings.identity.statements}
        self._boxed: dict[int, Boxed] = {}
        self._answers: dict[Wish, Answer] = {}
        self._deciding: list[Policy] = [holdings.identity, *[policy for _, policy in holdings.limits]]
        self._questions = Questions(self._deciding)
        # The space numbers every action that it will be asked about, so all documents are made before it.
        self._known = frozenset(wish for wish in wishes if self._is_named(wish.action))
        for wish in sorted(self._known, key=repr):
            self._questions.prepare_open(wish)
            if not only_open:
                self._questions.prepare(wish)
        self._space = Space([*self._deciding, holdings.grants, *self._questions.documents.values()])
        self._narrowed: dict[tuple[str, int], Boxed] = {}
        self._budget = _BUDGET
        self._weight = _WEIGHT_OF_VARIABLES if any(map(_reads_variables, self._deciding)) else 1
        self._by_box: dict[Box, list[Place]] | None = None
        self._fault = self._read()

    def is_open(self, wish: Wish) -> bool:
        """Whether `ask` would say "open"; sooner, for it looks no further."""
        if wish not in self._known or self._fault is not None:
            return False
        plain = self._questions.circumstances(wish, everywhere=True)
        action, scope = self._questions.action(wish, wanted=True), self._questions.scope(wish, everywhere=True)
        best = self._find(wish, self._deciding, action, scope, plain, only_first=True)
        return bool(best.found) and not self._lacking(wish, plain)

    def ask(self, wish: Wish) -> Answer:
        """Whether the principal has what a wish wants."""
        found = self._answers.get(wish)
        if found is None:
            found = self._answers[wish] = self._answer(wish)
        return found

    def meet(self, one: Wish, other: Wish) -> bool:
        """Whether two wishes may be granted on one and the same resource; True in doubt.

        Only what the statements list is looked at: all that one grants lies in it.
        """
        if sum(len(policy.statements) for policy in self._deciding) > _MOST_TO_MEET:
            return True
        entries: list[str] = []
        for place in self.ask(one).places:
            if place.statement.resource is None:
                return True
            entries += [value.value for value in place.statement.resource.values]
        if "*" in entries or not entries or any("${" in entry for entry in entries):
            return True
        asked = [self._questions.action(other), self._questions.scope(other, everywhere=False)]
        policies = [*self._deciding, *asked, self._questions.listed(entries)]
        space = Space(policies)
        try:
            allowing = [boxed(space, policy) for policy in policies]
        except (Invalid, BudgetExceededError):
            return True
        found = search(space, candidates(allowing, []), allowing, [], only_first=True)
        return bool(found.found or found.unknown)

    # ------------------------------------------------------------------------------------------ documents

    def _is_named(self, action: str) -> bool:
        low = action.lower()
        return any(low in self._named[id(statement)] for statement in self._holdings.grants.statements)

    def _read(self) -> str | None:
        """Reads every document as boxes; why that can't be, or None."""
        try:
            for policy in (*self._deciding, self._holdings.grants, *self._questions.documents.values()):
                self._boxed[id(policy)] = boxed(self._space, policy)
        except (Invalid, BudgetExceededError) as error:
            return str(error)
        return None

    # ------------------------------------------------------------------------------------------ answers

    def _answer(self, wish: Wish) -> Answer:
        if wish not in self._known:
            return Answer(wish, "closed", reasons=(f"`{wish.action}` is not granted",))
        if self._fault is not None:
            return Answer(wish, "potential", reasons=(f"it could not be told: {self._fault}",))
        action, scope = self._questions.action(wish, wanted=True), self._questions.scope(wish, everywhere=True)
        plain = self._questions.circumstances(wish, everywhere=True)
        best = self._find(wish, self._deciding, action, scope, plain)
        if best.found:
            lacking = self._lacking(wish, plain)
            state: State = "potential" if lacking else "open"
            return replace(self._granted(wish, state, best, lacking), anywhere=True, always=True)
        some, somewhere = self._questions.action(wish), self._questions.scope(wish, everywhere=False)
        possible = self._find(wish, self._deciding, some, somewhere)
        if not possible.found:
            if possible.unknown:
                return Answer(wish, "potential", reasons=(f"it could not be told: {possible.unknown[0]}",))
            return self._closed(wish, some, somewhere)
        always = self._find(
            wish, self._deciding, action, somewhere, self._questions.circumstances(wish, everywhere=False)
        )
        anywhere = self._find(wish, self._deciding, some, scope)
        found = always if always.found else anywhere if anywhere.found else possible
        reasons: list[str] = []
        if always.found or not anywhere.found:
            reasons.append(self._where(wish, found.found))
        if anywhere.found or not always.found:
            reasons += self._when(wish, anywhere.found or found.found)
        answer = self._granted(wish, "potential", found, reasons)
        return replace(answer, anywhere=bool(anywhere.found), always=bool(always.found))

    def _granted(self, wish: Wish, state: State, searched: Searched, reasons: Iterable[str]) -> Answer:
        places = dict.fromkeys(place for found in searched.found for place in self._alike(found))
        witness = self._readable(searched.found[0].witness, [*self._deciding, self._questions.action(wish)])
        return Answer(wish, state, places=tuple(places), witness=witness, reasons=tuple(reasons))

    def _place(self, found: Found) -> Place:
        """The statement that grants what was found."""
        # The first box is the principal's own; another document may have the same box.
        return self._holdings.place(self._boxed[id(self._holdings.grants)].allows[found.candidate.boxes[0]])

    def _alike(self, found: Found) -> list[Place]:
        """All statements that grant what was found: those that mean the same have the same box."""
        if self._by_box is None:
            self._by_box = {}
            for statement in self._holdings.grants.statements:
                alone = replace(self._holdings.grants, statements=(statement,))
                for box in boxed(self._space, alone).allows:
                    self._by_box.setdefault(box, []).append(self._holdings.place(statement))
        return self._by_box[found.candidate.boxes[0]]

    def _lacking(self, wish: Wish, plain: Policy) -> list[str]:
        """Why an action could fail all the same: resources that it needs beside and that are not granted."""
        lacking = [
            f"`{name}`"
            for name, pattern in self._questions.target(wish).further
            if not self._find(
                wish,
                self._deciding,
                self._questions.action(wish),
                self._questions.further(pattern),
                plain,
                only_first=True,
            ).found
        ]
        if not lacking:
            return []
        return [f"`{wish.action}` also needs resources of type {', '.join(lacking)}, on which it is not granted"]

    def _where(self, wish: Wish, found: Sequence[Found]) -> str:
        entries = dict.fromkeys(
            value.value
            for one in found
            if (listing := self._place(one).statement.resources)
            for value in listing.values
            if listing.name == "NotResource" or self._is_aimed_at(wish, value.value)
        )
        shown = ", ".join(f"`{entry}`" for entry in [*entries][:_FEW])
        more = f" and {len(entries) - _FEW} more" if len(entries) > _FEW else ""
        negated = any(self._place(one).statement.not_resource for one in found)
        return f"`{wish.action}` is granted only on {'others than ' * negated}{shown}{more}{_DOUBTS[wish.aim]}"

    def _is_aimed_at(self, wish: Wish, entry: str) -> bool:
        pattern = _variable.sub("*", entry)
        return any(
            intersects(pattern, _variable.sub("*", other)) for other in self._questions.target(wish).some or ("*",)
        )

    def _when(self, wish: Wish, found: Sequence[Found]) -> list[str]:
        tests = dict.fromkeys(
            phrase(test)
            for one in found
            for test in self._place(one).statement.tests
            if is_decided_by_others(test.key.value) or test.key.value.lower() == "iam:policyarn"
        )
        if tests:
            return [f"`{wish.action}` is granted only when {' and '.join([*tests][:_FEW])}"]
        context = found[0].witness.context
        keys = [f"`{key}`" for key in context if is_decided_by_others(key) or key.lower() == "iam:policyarn"]
        told = ", ".join(keys[:_FEW]) or "a condition"
        return [f"`{wish.action}` is granted only as {told} permits, which somebody else decides"]

    def _closed(self, wish: Wish, action: Policy, scope: Policy) -> Answer:
        """By what a wish is closed that some statement names."""
        grants = self._holdings.grants
        granted = self._find(wish, [grants], action, scope)
        if granted.unknown and not granted.found:
            return Answer(wish, "closed", reasons=(f"`{wish.action}` is not granted on what it would be used on",))
        if not granted.found:
            return Answer(wish, "closed", reasons=(self._never(wish, action, scope),))
        allowing: list[Policy] = [grants]
        before = granted
        for name, policy in (("a Deny", self._holdings.identity), *self._holdings.limits):
            allowing.append(policy)
            after = self._find(wish, allowing, action, scope)
            if after.unknown and not after.found:
                break
            if not after.found:
                denies = tuple(dict.fromkeys(self._denying(policy, before.found)))
                several = name.startswith("service control")
                verb = "close" if denies else "do not allow"
                one = "closes" if denies else "does not allow"
                return Answer(
                    wish,
                    "closed",
                    reasons=(f"{name} {verb if several else one} `{wish.action}`",),
                    closing=denies,
                )
            before = after
        return Answer(wish, "closed", reasons=(f"`{wish.action}` is denied, or not allowed by every policy",))

    def _never(self, wish: Wish, action: Policy, scope: Policy) -> str:
        grants = self._holdings.grants
        if wish.service:
            passed = self._questions.action(replace(wish, service=None))
            if self._find(wish, [grants], passed, scope, only_first=True).found:
                return f"`iam:PassedToService` keeps `{wish.service}` out"
        elsewhere = self._find(wish, [grants], action)
        if not elsewhere.found:
            return f"`{wish.action}` is granted under a condition that is never met"
        what = " or ".join(self._questions.target(wish).types) or "`*`, which it needs"
        whose = (
            {"own": "its own ", "other": "another "}.get(wish.aim, "a ") if self._questions.target(wish).types else ""
        )
        return f"`{wish.action}` is not granted on {whose}{what}"

    def _denying(self, policy: Policy, found: Sequence[Found]) -> Iterable[Place]:
        for box, statement in self._boxed[id(policy)].denies.items():
            for one in found:
                literals = [literal for some in one.candidate.boxes for literal in some]
                state = joined(self._space, {}, literals)
                if state is not None and joined(self._space, state, box) is not None:
                    yield self._holdings.place(statement)
                    break

    # ------------------------------------------------------------------------------------------ searching

    def _find(self, wish: Wish, deciding: Sequence[Policy], *asked: Policy, only_first: bool = False) -> Searched:
        low = wish.action.lower()
        allowing = [self._about(low, policy) for policy in deciding] + [self._boxed[id(policy)] for policy in asked]
        try:
            return search(self._space, self._counted(allowing), allowing, [], only_first=only_first)
        except BudgetExceededError as error:
            return Searched(unknown=(str(error),))

    def _counted(self, allowing: Sequence[Boxed]) -> Iterator[Candidate]:
        """Where a request may be, within the budget of all questions together."""
        size = sum(len(one.policy.statements) for one in allowing)
        for candidate in candidates(allowing, []):
            self._budget -= (1 + (len(candidate.blockers) + size) // 10) * self._weight
            if self._budget < 0:
                raise BudgetExceededError("the policies are too large for every question that there is")
            yield candidate

    def _about(self, action: str, policy: Policy) -> Boxed:
        """A policy without the statements that do not name an action; they neither allow nor deny it."""
        whole = self._boxed[id(policy)]
        if policy is not self._holdings.identity and policy is not self._holdings.grants:
            return whole
        found = self._narrowed.get((action, id(policy)))
        if found is None:
            named = tuple([one for one in policy.statements if action in self._named[id(one)]])
            found = self._narrowed[action, id(policy)] = Boxed(
                replace(policy, statements=named),
                {box: one for box, one in whole.allows.items() if action in self._named[id(one)]},
                {box: one for box, one in whole.denies.items() if action in self._named[id(one)]},
            )
        return found

    def _readable(self, request: Request, deciding: Sequence[Policy]) -> Request:
        """The same request with the fields of its ARN filled in, where that is allowed as well."""
        fields = request.resource.split(":", 5)
        if len(fields) < 6:
            return request
        global_ = fields[2] in ("iam", "s3", "organizations")
        fields[1] = fields[1] or "aws"
        region = next(iter(request.values("aws:RequestedRegion")), _REGION)
        fields[3] = fields[3] or ("" if global_ else region)
        fields[4] = fields[4] or ("" if fields[2] == "s3" else _ACCOUNT)
        nicer = replace(request, resource=":".join(fields))
        return nicer if all(decide(policy, nicer) == "allow" for policy in deciding) else request


def _reads_variables(policy: Policy) -> bool:
    values = [
        value.value
        for statement in policy.statements
        for part in (statement.resources, *statement.tests)
        if part is not None
        for value in part.values
    ]
    return any("${" in value for value in values)

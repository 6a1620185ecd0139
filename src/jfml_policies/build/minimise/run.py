"""The steps in their order, again and again until none of them makes the policy smaller."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol, TypeVar

from jfml_policies.access.validity import invalid_reason
from jfml_policies.build.minimise.draft import Draft, rebuilt, size_of
from jfml_policies.build.minimise.merging import merged, merges
from jfml_policies.build.minimise.outcome import Minimised, Step
from jfml_policies.build.minimise.proof import Prover, refuted
from jfml_policies.build.minimise.removal import removals, without
from jfml_policies.build.minimise.spelling import respelled, respellings
from jfml_policies.build.minimise.splitting import SPLIT_QUOTAS, split
from jfml_policies.build.minimise.wildcards import shortened, shorthands, written_out
from jfml_policies.errors import PolicyError, UndecidedError
from jfml_policies.linter.questions.document_size import quota_of
from jfml_policies.policy.read import as_policy
from jfml_policies.record import replace
from jfml_policies.text.path import path_text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from jfml_policies.build.minimise.outcome import Proof
    from jfml_policies.build.minimise.wildcards import Shorthand
    from jfml_policies.policy.nodes import Policy
    from jfml_policies.policy.read import Document

__all__ = ["minimise"]


class _Kind(Protocol):
    """A change that can be made."""

    @property
    def what(self) -> str:
        """Its kind, as a word."""

    def sentence(self, draft: Draft) -> str:
        """What it does to a draft."""


_Change = TypeVar("_Change", bound=_Kind)

#: Each round makes the policy smaller, so that this many are never needed.
_ROUNDS: Final = 50


def minimise(
    document: Document,
    *,
    kind: str | None = None,
    resource_type: str | None = None,
    quota: int | None = None,
    wildcards: bool = False,
    drop_sids: bool = False,
) -> Minimised:
    """The smallest policy that means the same, as far as the steps known here make it smaller.

    It allows the same requests and denies the same, so it can take the place of the document also where other policies
    apply beside it. Each step is proved by `compare`; one that could not be proved is left out and listed.

    Args:
        document: a `Policy`, JSON text, a path (`pathlib.Path`) or plain Python values.
        kind: the kind of policy; inferred when None.
        resource_type: for resource policies, as in `AWS::S3::Bucket`.
        quota: most characters of a policy; that of its kind when None.
        wildcards: also write lists of actions of Allows as wildcards that match no other action known today; this
            allows actions to come, which `admits` tells.
        drop_sids: leave out the Sids.

    Raises:
        UsageError, InputError, JsonSyntaxError: the document cannot be read.
        UndecidedError: AWS would refuse the document, so that it means nothing.
        PolicyError: even the smallest form is over the quota and cannot be split.

    >>> text = '''{"Statement": [
    ...     {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::acme/*"},
    ...     {"Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::acme/*"}
    ... ]}'''
    >>> [step.text for step in minimise(text).steps]
    ['removed statement `Statement[0]`: it is covered by others']
    """
    policy = as_policy(document, kind=kind, resource_type=resource_type)
    reason = invalid_reason(policy)
    if reason is not None:
        where = path_text(reason[1])
        raise UndecidedError(f"invalid policy: {where + ': ' if where else ''}{reason[0]}")
    work = _Work(policy)
    work.run(wildcards=wildcards, drop_sids=drop_sids)
    smallest = work.draft.in_order_of(policy)
    if refuted(policy, smallest, may_be_wider=bool(work.admits)):
        raise PolicyError("this is a fault of minimise: its result does not mean the same; please report it")
    most = quota_of(policy) if quota is None else quota
    policies: tuple[Policy, ...] = (smallest,)
    if size_of(smallest) > most:
        most = min(most, SPLIT_QUOTAS.get(policy.kind, most)) if quota is None else quota
        policies = _proved_split(smallest, most)
    return Minimised(
        policies=policies,
        steps=tuple(work.steps),
        skipped=tuple(work.skipped),
        admits=tuple(work.admits),
        size_before=size_of(policy),
        sizes=tuple(map(size_of, policies)),
        quota=most,
    )


class _Work:
    """A draft that becomes smaller, and what happened to it."""

    def __init__(self, policy: Policy) -> None:
        self.steps: list[Step] = []
        self.skipped: dict[str, None] = {}
        self.admits: dict[str, None] = {}
        self.draft = Draft.of(policy)
        self._prover = Prover()
        self._is_sure = self._proves(policy, self.draft.policy)
        if not self._is_sure:
            self.skipped["nothing could be proved of this policy"] = None

    def run(self, *, wildcards: bool, drop_sids: bool) -> None:
        """Makes the draft smaller until nothing changes."""
        if drop_sids:
            self._drop_sids()
        for _ in range(_ROUNDS if self._is_sure else 0):
            before = self.draft
            self._settle(respellings, respelled)
            self._settle(removals, without)
            self._settle(merges, merged)
            if self.draft == before and wildcards:
                self._abbreviate()
            if self.draft == before:
                break
        if self._prover.is_tired:
            self.skipped["the policy takes more proofs than the budget allows, so there may be more"] = None

    def _settle(
        self, question: Callable[[Draft], list[_Change]], make: Callable[[Draft, Sequence[_Change]], Draft]
    ) -> None:
        """Makes the changes that a question finds: all at once if that is proved, or else one by one."""
        start = self.draft
        found = [] if self._prover.is_tired else question(start)
        made = self._most_of(found, lambda some: self._takes(make(start, some)))
        self._note(start, found, made, "equivalent")

    def _abbreviate(self) -> None:
        """Writes lists of actions as wildcards, which are more by actions that nobody knows yet."""
        start = self.draft
        found = [] if self._prover.is_tired else shorthands(start)
        made = self._most_of(found, lambda some: self._takes_wildcards(start, some))
        self._note(start, found, made, "only-unknown-actions")
        self.admits |= dict.fromkeys([one.wildcard for one in made])

    def _most_of(self, found: list[_Change], takes: Callable[[list[_Change]], bool]) -> list[_Change]:
        if not found or takes(found):
            return found
        made: list[_Change] = []
        for one in found if len(found) > 1 else ():
            if takes([*made, one]):
                made.append(one)
        return made

    def _note(self, start: Draft, found: Sequence[_Kind], made: Sequence[_Kind], proof: Proof) -> None:
        for one in found:
            if one in made:
                self.steps.append(Step(one.what, one.sentence(start), proof))
            else:
                self.skipped[f"could not prove that nothing changes: {one.sentence(start)}"] = None

    def _takes(self, after: Draft, *, may_be_wider: bool = False) -> bool:
        proved = self._proves(self.draft.policy, after.policy, may_be_wider=may_be_wider)
        if proved:
            self.draft = after
        return proved

    def _takes_wildcards(self, start: Draft, some: Sequence[Shorthand]) -> bool:
        listed = written_out(start, some)
        return self._proves(start.policy, listed.policy) and self._takes(shortened(start, some), may_be_wider=True)

    def _proves(self, before: Policy, after: Policy, *, may_be_wider: bool = False) -> bool:
        return self._prover.proves(before, after, size_of(before), may_be_wider=may_be_wider)

    def _drop_sids(self) -> None:
        named = [part for part in self.draft.parts if part.statement.sid is not None]
        if named:
            self.steps.append(
                Step("dropped-sids", f"left out {len(named)} Sid{'s' if len(named) > 1 else ''}", "equivalent")
            )
        bare = [replace(part, statement=replace(part.statement, sid=None)) for part in self.draft.parts]
        self.draft = self.draft.with_parts(bare)


def _proved_split(policy: Policy, quota: int) -> tuple[Policy, ...]:
    """The policies that one is split into; attached together they are read like one that holds all their statements."""
    policies = split(policy, quota)
    together = rebuilt(policy, [statement for one in policies for statement in one.statements])
    if not Prover().proves(policy, together, size_of(policy)):
        raise UndecidedError("it could not be proved that the parts of the policy mean the same together")
    return policies

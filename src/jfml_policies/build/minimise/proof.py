"""Whether a step keeps the meaning.

What a document allows is not all that it means: its Denies also take away from what other documents allow, and most
documents stand beside others. So the requests that it allows must stay the same, and those that it denies as well,
whether it allows them or not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jfml_policies.access.compare import compare_policies
from jfml_policies.linter.questions.statement_form import statement_form
from jfml_policies.policy.kinds import KINDS
from jfml_policies.policy.parse import parse_document
from jfml_policies.record import replace

if TYPE_CHECKING:
    from jfml_policies.policy.nodes import Policy

__all__ = ["Prover", "refuted"]

#: Characters of the documents that are compared for one policy, all proofs together.
_CHARACTERS: Final = 4_000_000
#: Proofs that may fail for one policy; one that fails can be a hard one.
_FAILURES: Final = 40


class Prover:
    """Proves steps for one policy, as long as its budget lasts; it counts work, not time."""

    __slots__ = ("_characters", "_failures")

    def __init__(self) -> None:
        self._characters = _CHARACTERS
        self._failures = _FAILURES

    @property
    def is_tired(self) -> bool:
        """Whether nothing more will be proved."""
        return self._characters <= 0 or self._failures <= 0

    def proves(self, before: Policy, after: Policy, size: int, *, may_be_wider: bool = False) -> bool:
        """Whether it is proved that `after` means what `before` means.

        Args:
            before: the policy before the step.
            after: the policy after it.
            size: characters of the one before, for the budget.
            may_be_wider: whether it is enough that `after` allows all that `before` allows.
        """
        if self.is_tired:
            return False
        self._characters -= size
        proved = _allows_as_much(before, after, may_be_wider=may_be_wider) and _denies_the_same(before, after)
        self._failures -= not proved
        return proved


def refuted(before: Policy, after: Policy, *, may_be_wider: bool = False) -> bool:
    """Whether a request is known that two policies decide differently."""
    accepted = ("equivalent", "unknown", "wider" if may_be_wider else "equivalent")
    return compare_policies(before, after).relation not in accepted


def _allows_as_much(before: Policy, after: Policy, *, may_be_wider: bool) -> bool:
    relation = compare_policies(before, after).relation
    return relation == "equivalent" or (may_be_wider and relation == "wider")


def _denies_the_same(before: Policy, after: Policy) -> bool:
    old, new = _denials(before), _denials(after)
    if {statement_form(one) for one in old.statements} == {statement_form(one) for one in new.statements}:
        return True
    return compare_policies(old, new).relation == "equivalent"


def _denials(policy: Policy) -> Policy:
    """A policy that allows whatever another does not deny."""
    facts = KINDS[policy.kind]
    everything: dict[str, object] = {"Effect": "Allow", "Action": "*"}
    if facts.principal != "forbidden":
        everything["Principal"] = "*"
    if facts.resource != "forbidden":
        everything["Resource"] = "*"
    allow = parse_document({"Statement": everything}, kind=policy.kind).statements[0]
    return replace(policy, statements=(allow, *[statement for statement in policy.statements if statement.denies]))

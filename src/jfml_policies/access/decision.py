"""What the evaluator answers: the outcome, the statement that decided, and for a denial what was missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from jfml_policies.record import record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jfml_policies.access.documents import Source
    from jfml_policies.findings import Path
    from jfml_policies.policy.kinds import Kind
    from jfml_policies.policy.nodes import Statement

__all__ = ["Decision", "NearMiss", "Need", "Outcome", "StatementPlace"]

Outcome = Literal["allowed", "explicitly-denied", "implicitly-denied", "unknown"]


@record
class StatementPlace:
    """Where a statement stands.

    Attributes:
        document: the document's place among all that were given, from 0.
        name: what the document is called: the path of its file, or its kind.
        kind: the document's kind.
        path: of the statement within the document.
        sid: the statement's Sid, or None.
    """

    document: int
    name: str
    kind: Kind
    path: Path
    sid: str | None

    @staticmethod
    def of(statement: Statement, source: Source) -> StatementPlace:
        """The place of a statement of a document."""
        sid = None if statement.sid is None else statement.sid.value
        return StatementPlace(source.number, source.name, source.policy.kind, statement.path, sid)

    @property
    def number(self) -> int:
        """Which statement it is, counted from 1."""
        last = self.path[-1] if self.path else 0
        return last + 1 if isinstance(last, int) else 1

    def __str__(self) -> str:
        sid = f" (`{self.sid}`)" if self.sid else ""
        return f"Statement {self.number}{sid} of {self.name}"


@record
class Need:
    """Why a statement is not about a request.

    Attributes:
        path: the element that does not match.
        message: what it asks for and the request does not have, as a clause that follows "which".
    """

    path: Path
    message: str


@record
class NearMiss:
    """The Allow statement that comes nearest to allowing a request.

    Attributes:
        statement: where it stands.
        needs: each of its elements that does not match.
    """

    statement: StatementPlace
    needs: tuple[Need, ...]


@record
class Decision:
    """The answer to one request.

    Attributes:
        outcome: "allowed"; "explicitly-denied": a Deny statement matches; "implicitly-denied": an Allow is missing;
            "unknown": a document is one that AWS would refuse, so that nothing can be said.
        reason: why, one sentence.
        deciding: the Deny that matches, or the Allow that grants; None where no single statement decides.
        allowing: where the outcome is "allowed", every statement whose Allow was needed, the deciding one included.
        missing: where an Allow is missing, the statement that comes nearest; None when there is no Allow at all.
        notes: what was taken for granted, or left out.
    """

    outcome: Outcome
    reason: str
    deciding: StatementPlace | None = None
    allowing: tuple[StatementPlace, ...] = ()
    missing: NearMiss | None = None
    notes: tuple[str, ...] = ()

    @property
    def allowed(self) -> bool:
        """Whether the request is allowed; False also when that is unknown."""
        return self.outcome == "allowed"

    def explain(self) -> str:
        """The answer in words: the outcome and its reason on one line, what was taken for granted on the next ones.

        Where an Allow is missing, the nearest statement is named with all that keeps it from matching.
        """
        return "\n".join(self.lines())

    def lines(self) -> Iterator[str]:
        """The lines of `explain`; texts of the policies stand in them as they are, line ends included."""
        first = f"{self.outcome.replace('-', ' ')}: {self.reason}"
        if self.missing is None:
            yield first
        else:
            first += f"; the nearest is {self.missing.statement}, which"
            needs = [need.message for need in self.missing.needs]
            yield from [f"{first} {needs[0]}"] if len(needs) == 1 else [first, *[f"  {need}" for need in needs]]
        yield from (f"also needed: {place}" for place in self.allowing if place != self.deciding)
        yield from (f"note: {note}" for note in self.notes)

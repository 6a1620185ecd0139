"""Two documents under their names: read, brought to one kind, and compared by meaning."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jfml_policies.access.access import Access
from jfml_policies.access.compare import Change, compare_policies
from jfml_policies.diff.denials import compare_denials, lost_denials, only_denies
from jfml_policies.diff.remarks import Remark, remark_on
from jfml_policies.errors import JsonSyntaxError, UndecidedError
from jfml_policies.policy.detect import is_policy_shaped
from jfml_policies.policy.parse import parse_document
from jfml_policies.policy.read import loads
from jfml_policies.record import record
from jfml_policies.text.parse import parse_json

if TYPE_CHECKING:
    from jfml_policies.access.compare import Relation
    from jfml_policies.access.regions import Region
    from jfml_policies.diff.sides import Side
    from jfml_policies.findings import Path, Span
    from jfml_policies.policy.nodes import Policy

__all__ = [
    "NOT_WIDER",
    "Compared",
    "adds_nothing",
    "compare_policies_of",
    "compare_sides",
    "read_policy",
    "statement_spans",
]

#: Relations of what allows no more than before.
NOT_WIDER: Final = ("equivalent", "narrower")


@record
class Compared:
    """What two documents differ in.

    Attributes:
        old: the old document as it was found.
        new: the new one.
        change: what new allows and old does not, and the other way.
        denials: how the requests that new leaves to other policies relate to those that old does; None when both deny
            the same.
        undenied: what only old denies and new does not allow: possible now where another policy allows it. Left out
            are Denies that `change` tells of anyway.
        newly_denied: what only new denies and old did not allow, likewise.
        is_guardrail: whether neither document allows anything, so that all they do is deny.
        adds_nothing: whether it is proved that new allows nothing that old does not.
        notes: what a reviewer should know beside.
        unknown: why the answer is not complete; empty when it is.
        old_spans: where old's statements stand in its text.
        new_spans: where new's statements stand in its text.
        policies: both documents as they were read; None where they are not of one kind.
    """

    old: Side
    new: Side
    change: Change
    denials: Change | None
    undenied: tuple[Region, ...]
    newly_denied: tuple[Region, ...]
    is_guardrail: bool
    adds_nothing: bool
    notes: tuple[Remark, ...]
    unknown: tuple[Remark, ...]
    old_spans: dict[Path, Span]
    new_spans: dict[Path, Span]
    policies: tuple[Policy, Policy] | None = None

    @property
    def relation(self) -> Relation:
        """The relation of new to old, as `jfml_policies.compare` has it."""
        return self.change.relation

    @property
    def may_widen(self) -> bool:
        """Whether new may let somebody do something new: it is wider, that is not known, or a guardrail denies less."""
        if self.is_guardrail and self.denials is not None:
            return self.denials.relation not in NOT_WIDER
        return not self.adds_nothing

    @property
    def is_equivalent(self) -> bool:
        """Whether both do the same: they allow the same, and where all they do is deny, they deny the same."""
        denials = self.denials if self.is_guardrail else None
        return self.relation == "equivalent" and (denials is None or denials.relation == "equivalent")

    @property
    def is_all_well(self) -> bool:
        """Whether there is nothing to look at: both do the same, and nobody is granted anything more directly."""
        return self.is_equivalent and not self.may_widen and all(note.code != "direct-grant" for note in self.notes)

    def fails_on(self, what: str) -> bool:
        """Whether a gate for "wider", "any" change or "never" stops here."""
        return what != "never" and (self.may_widen or (what == "any" and not self.is_equivalent))


def compare_sides(
    old: Side, new: Side, *, kind: str | None = None, resource_type: str | None = None
) -> Compared | None:
    """What two documents differ in; None when neither is meant as a policy.

    A document that is not there allows nothing. Without `kind` both must be of the same kind; when they are not, the
    answer is "unknown".

    Args:
        old: the old document.
        new: the new one.
        kind: the kind of both; told from their content when None.
        resource_type: for resource policies, as in `AWS::S3::Bucket`.

    Raises:
        JsonSyntaxError: one of them is meant as a policy and is no JSON; the error knows which, line and column.
        UsageError: there is no such kind.
    """
    if not (_is_meant_as_policy(old) or _is_meant_as_policy(new)):
        return None
    before, after = (_parsed(side, kind, resource_type) for side in (old, new))
    if kind is None and before is not None and after is not None and before.kind != after.kind:
        # A document without statements is of any kind.
        if not before.statements:
            before = _parsed(old, after.kind, resource_type)
        elif not after.statements:
            after = _parsed(new, before.kind, resource_type)
    return compare_policies_of(old, new, before, after, kind=kind)


def compare_policies_of(
    old: Side, new: Side, before: Policy | None, after: Policy | None, *, kind: str | None = None
) -> Compared:
    """What two documents differ in that were read; None stands for a document that is not there.

    Args:
        old: the old document.
        new: the new one.
        before: the policy in the old one.
        after: the policy in the new one.
        kind: the kind of both, where it was given.
    """
    absent = [
        Remark(f"{verb}, so it is compared as a policy that allows nothing", "document", side)
        for side, verb in ((old, "did not exist before"), (new, "is gone"))
        if side.text is None
    ]
    if before is None:
        before = _empty(after.kind if after else kind)
    if after is None:
        after = _empty(before.kind)
    denials: Change | None = None
    undenied: tuple[Region, ...] = ()
    newly_denied: tuple[Region, ...] = ()
    policies: tuple[Policy, Policy] | None = None
    if kind is None and before.kind != after.kind:
        reason = (
            f"the kind changed from {before.kind} ({before.kind_reason}) to {after.kind} ({after.kind_reason}); "
            "policies of different kinds are not comparable"
        )
        change, adds_nothing = Change.undecided(reason), False
    else:
        policies = before, after
        change = compare_policies(before, after)
        adds_nothing = _adds_nothing(change, before, after)
        if not change.faults:
            denials = compare_denials(before, after)
            undenied = lost_denials(before, after, told={region.denied_at for region in change.added})
            newly_denied = lost_denials(after, before, told={region.denied_at for region in change.removed})
    is_guardrail = only_denies(before) and only_denies(after)
    places = {"old": (before, old), "new": (after, new)}
    return Compared(
        old,
        new,
        change,
        denials,
        undenied,
        newly_denied,
        is_guardrail,
        adds_nothing,
        (*absent, *_notes(change, places)),
        _reasons(change, denials if is_guardrail else None, places),
        statement_spans(before),
        statement_spans(after),
        policies,
    )


def adds_nothing(before: Policy | None, after: Policy | None) -> bool:
    """Whether it is proved that a policy allows nothing that an earlier one does not; None allows nothing."""
    if after is None:
        return True
    before = before or _empty(after.kind)
    return before.kind == after.kind and _adds_nothing(compare_policies(before, after), before, after)


def _notes(change: Change, places: dict[str, tuple[Policy, Side]]) -> list[Remark]:
    return [
        Remark(note.text, note.code)
        if note.side is None
        else remark_on(*places[note.side], note.code, note.text, note.path)
        for note in change.notes
    ]


def _reasons(change: Change, denials: Change | None, places: dict[str, tuple[Policy, Side]]) -> tuple[Remark, ...]:
    if change.faults:
        return tuple([remark_on(*places[one.side], "invalid", one.text, one.path) for one in change.faults])
    texts = dict.fromkeys((*change.unknown, *(denials.unknown if denials is not None else ())))
    return tuple([Remark(text) for text in texts])


def read_policy(side: Side, *, kind: str | None = None, resource_type: str | None = None) -> Policy:
    """The policy in a text.

    Raises:
        JsonSyntaxError: it is no JSON; the error knows the name, line and column.
        UsageError: there is no such kind.
    """
    try:
        return loads(side.text or "", kind=kind, resource_type=resource_type)
    except JsonSyntaxError as error:
        error.file = side.name
        raise


def statement_spans(policy: Policy) -> dict[Path, Span]:
    """Where each statement stands in the policy's text."""
    return {statement.path: statement.span for statement in policy.statements if statement.span is not None}


def _is_meant_as_policy(side: Side) -> bool:
    if side.text is None:
        return False
    try:
        return is_policy_shaped(parse_json(side.text))
    except JsonSyntaxError:
        return '"statement"' in side.text.lower()


def _parsed(side: Side, kind: str | None, resource_type: str | None) -> Policy | None:
    return None if side.text is None else read_policy(side, kind=kind, resource_type=resource_type)


def _empty(kind: str | None) -> Policy:
    return parse_document({"Version": "2012-10-17", "Statement": []}, kind=kind)


def _adds_nothing(change: Change, old: Policy, new: Policy) -> bool:
    if change.relation != "unknown":
        return change.relation in NOT_WIDER
    if change.witness_added is not None:
        return False
    try:
        return (Access.of(new) - Access.of(old)).is_empty()
    except UndecidedError:
        return False

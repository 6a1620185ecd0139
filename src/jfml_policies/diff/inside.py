"""Two versions of a template or plan: what changed, resource by resource."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jfml_policies.access.compare import Change
from jfml_policies.diff.attached import are_gone, changes
from jfml_policies.diff.missed_denials import with_missed_denials
from jfml_policies.diff.pairs import Compared, adds_nothing, compare_policies_of
from jfml_policies.diff.remarks import Remark
from jfml_policies.diff.sides import Side
from jfml_policies.errors import JsonSyntaxError
from jfml_policies.findings import Span
from jfml_policies.policy.parse import parse_tree
from jfml_policies.record import record, replace
from jfml_policies.sources.attached import Attachments
from jfml_policies.sources.bounds import Unbounded, bounded, decided, has_holes, key_of, redefined, without_shared
from jfml_policies.sources.find import find_policies
from jfml_policies.sources.found import Unread
from jfml_policies.sources.shape import Choice, Members, relabelled, shape_of
from jfml_policies.sources.source import Quoted, Source
from jfml_policies.sources.variants import MAX_DECIDED, Decisions, every_way, told_apart
from jfml_policies.sources.writing import written_once
from jfml_policies.text.masked import masked
from jfml_policies.text.parse import parse_json
from jfml_policies.text.tree import placed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jfml_policies.policy.nodes import Policy
    from jfml_policies.sources.shape import Shape

__all__ = ["compare_inside"]

#: How a condition of a template that was decided is told.
_HOLDS: Final = {True: "{} holds", False: "{} does not hold"}
_ALWAYS: Final = Decisions({}, otherwise=True)


@record(eq=False)
class _File:
    """The policies of one side by their addresses, and what it attaches by name."""

    side: Side
    policies: dict[str, Source | Unread]
    attached: Attachments


def compare_inside(
    old: Side, new: Side, *, kind: str | None = None, resource_type: str | None = None
) -> list[Compared] | None:
    """What two versions of a file differ in, a comparison for each policy that changed; None for any other file.

    Policies are matched by the addresses of what they belong to. "No new access" is said only when it holds whatever
    the values are that only deployment knows; access that is shown as new is new for some of them. What a reference,
    parameter or condition of one name stands for is taken to be the same before and after, unless the template says
    something else of it now: another default, mapping or condition.

    Args:
        old: the old file; without a text where there was none.
        new: the new one.
        kind: the kind of all; what the files say when None.
        resource_type: likewise.

    Raises:
        JsonSyntaxError: one is broken; the error knows which, line and column.
        InputError: it is YAML, and PyYAML is not installed.
    """
    before, after = [_file(side) for side in (old, new)]
    if before is None and after is None:
        return None
    for side, file in ((old, before), (new, after)):
        # A file of another form may hold a policy, which must not count as none.
        if file is None and side.text is not None and "tatement" in side.text:
            return None
    before, after = [one or _File(side, {}, Attachments()) for one, side in ((before, old), (after, new))]
    found: list[Compared] = []
    for address in dict.fromkeys([*after.policies, *before.policies]):
        pair = _Pair(before, after, address, kind, resource_type)
        found += pair.compared()
    for change in changes(before.attached, after.attached):
        sides = [Side(f"{side.name}: {change.address}", None, side.file, change.address) for side in (old, new)]
        found.append(_undecided(sides[0], sides[1], change.reason, adds_nothing=change.adds_nothing))
    return found


def _file(side: Side) -> _File | None:
    if side.text is None:
        return None
    try:
        found = find_policies(side.text, side.name.rpartition(":")[2])
        if found is None:
            return None
        policies: dict[str, Source | Unread] = {}
        for one in found.policies:
            name, number = one.resource, 2
            while name in policies:
                name, number = f"{one.resource} ({number})", number + 1
            policies[name] = one
    except JsonSyntaxError as error:
        error.file = side.name
        raise
    return _File(side._replace(text=masked(side.text, found.hidden)), policies, found.attached())


class _Pair:
    """One policy before and after."""

    def __init__(self, before: _File, after: _File, address: str, kind: str | None, resource_type: str | None) -> None:
        self._old = before.policies.get(address)
        self._new = after.policies.get(address)
        self._sides = _side(before, address, self._old), _side(after, address, self._new)
        self._kind = kind
        self._resource_type = resource_type
        #: Whether all are gone whom the old policy was for.
        self._is_orphaned = are_gone(before.attached.bearers_of(address), before.attached, after.attached)
        #: A hole has the same value on both sides.
        self._numbers: dict[str, int] = {}
        self._labels: dict[str, str] = {}

    def compared(self) -> Iterator[Compared]:
        """The comparison, one for each way through the conditions; nothing where nothing was changed."""
        old, new = self._old, self._new
        if isinstance(old, Unread) and isinstance(new, Unread) and old.content == new.content is not None:
            return
        if isinstance(old, Unread) or isinstance(new, Unread):
            reason = old.reason if isinstance(old, Unread) else new.reason if isinstance(new, Unread) else ""
            yield self._unknown(f"a side can't be looked at: {reason}")
            return
        if (old is None or new is None) and any(one is not None and one.grounds is not None for one in (old, new)):
            yield self._unknown("the other plan knows this document already, and has it where it is used alone")
            return
        if _quoted(old) is not None and _quoted(old) == _quoted(new) and not self._is_of_another_kind:
            return
        try:
            before, after = None if old is None else _shape(old), None if new is None else _shape(new)
        except JsonSyntaxError as error:
            yield self._unknown(f"a side can't be looked at: its text is not JSON: {error.message}")
            return
        if before is not None and old is not None and not _same_grounds(old, new):
            before = relabelled(before, " before")
        if before is not None and after is not None:
            after = told_apart(after, before)
        ways = every_way(*[shape for shape in (before, after) if shape is not None])
        if ways is None:
            if _key(before) != _key(after) or self._is_of_another_kind:
                yield self._unknown(f"it depends on more than {MAX_DECIDED} conditions")
            return
        told: set[tuple[str | None, str | None]] = set()
        for decisions in ways:
            pair = tuple([None if one is None else decided(one, decisions) for one in (before, after)])
            keys = _key(pair[0]), _key(pair[1])
            if keys not in told and (keys[0] != keys[1] or self._is_of_another_kind):
                told.add(keys)
                yield self._on_way(pair[0], pair[1], decisions)

    @property
    def _is_of_another_kind(self) -> bool:
        """Whether the same words mean something else now."""
        old, new = self._old, self._new
        if isinstance(old, Unread) or isinstance(new, Unread) or old is None or new is None:
            return False
        return (old.kind, old.resource_type) != (new.kind, new.resource_type)

    def _on_way(self, before: Shape | None, after: Shape | None, decisions: Decisions) -> Compared:
        """The comparison with the template's conditions decided."""
        old, new = self._sides
        if decisions.decided:
            when = ", ".join([_HOLDS[holds].format(name) for name, holds in sorted(decisions.decided.items())])
            old, new = [
                side._replace(
                    name=f"{side.name} where {when}", resource=f"{side.resource or 'the policy'} where {when}"
                )
                for side in (old, new)
            ]
        sample = compare_policies_of(
            old, new, self._policy(before, self._old), self._policy(after, self._new), kind=self._kind
        )
        if not any(document is not None and has_holes(document) for document in (before, after)):
            return self._with_denials(sample, before, after)
        adds_more = bool(sample.change.added) or not self._is_within((after, self._new), (before, self._old))
        drops_more = bool(sample.change.removed) or not self._is_within((before, self._old), (after, self._new))
        changed = [] if before is None or after is None else redefined(before, after)
        notes = [Remark(f"the template says something else of `{label}` now", "document") for label in changed]
        sample = replace(sample, notes=(*sample.notes, *notes))
        compared = self._for_all(sample, adds_more=adds_more, drops_more=drops_more)
        return self._with_denials(compared, before, after)

    def _with_denials(self, compared: Compared, before: Shape | None, after: Shape | None) -> Compared:
        if before is None or self._old is None or isinstance(self._old, Unread):
            return compared
        return with_missed_denials(compared, before, after, self._old, is_orphaned=self._is_orphaned)

    def _for_all(self, sample: Compared, *, adds_more: bool, drops_more: bool) -> Compared:
        """What holds of one choice of the open values, with what is not proved for all of them as unknown."""
        reasons: list[str] = []
        if adds_more and not sample.change.added:
            reasons.append("whether it allows anything new depends on values that only deployment knows")
        if drops_more and not sample.change.removed:
            reasons.append("whether it allows less depends on values that only deployment knows")
        told = [
            Remark(f"`{value}` stands for `{label}`, which only deployment knows", "document")
            for value, label in sorted(self._labels.items())
        ]
        # What was found for some values is true of them; without that, or beside what is open, nothing is settled.
        denials = sample.denials
        if sample.is_guardrail and (sample.undenied or sample.newly_denied or denials is not None):
            # How much a guardrail denies is known for these values only.
            denials = Change.undecided("what it denies depends on values that only deployment knows")
            reasons += denials.unknown
        return replace(
            sample,
            denials=denials,
            change=Change.undecided(reasons[0]) if reasons and not sample.change.added else sample.change,
            adds_nothing=not adds_more,
            notes=(*sample.notes, *told),
            unknown=(*sample.unknown, *map(Remark, reasons)),
            # A picture would be of some values alone.
            policies=None if reasons else sample.policies,
        )

    def _is_within(
        self, one: tuple[Shape | None, Source | Unread | None], other: tuple[Shape | None, Source | Unread | None]
    ) -> bool:
        """Whether it is proved that one side allows nothing that the other does not, for all values of the holes."""
        shape, wider = one[0], other[0]
        if shape is None:
            return True
        try:
            most = bounded(shape if wider is None else without_shared(shape, wider), most=True)
            least = None if wider is None else bounded(wider, most=False)
        except Unbounded:
            return False
        upper, lower = self._policy(most, one[1]), self._policy(least, other[1])
        return adds_nothing(lower, upper)

    def _policy(self, document: Shape | None, source: Source | Unread | None) -> Policy | None:
        """A document as a policy, with a value in each hole and the places of its file."""
        if document is None or source is None or isinstance(source, Unread):
            return None
        inner = source.document.places if isinstance(source.document, Quoted) else None
        # The places of a text that a string holds count in that text first.
        host = source.document.text if isinstance(source.document, Quoted) else source.host
        written = written_once(document, host, _ALWAYS, numbers=self._numbers)
        self._labels |= dict(written.labels)

        def place(start: int, end: int) -> tuple[int, int]:
            span = written.places.host(Span(start, end))
            if inner is not None:
                span = inner.host(span)
            return span.start, span.end

        return parse_tree(
            placed(parse_json(written.text), place),
            kind=self._kind or source.kind,
            resource_type=self._resource_type or source.resource_type,
        )

    def _unknown(self, reason: str) -> Compared:
        return _undecided(*self._sides, reason)


def _undecided(old: Side, new: Side, reason: str, *, adds_nothing: bool = False) -> Compared:
    """A comparison that comes to nothing."""
    return Compared(
        old,
        new,
        Change.undecided(reason),
        None,
        (),
        (),
        is_guardrail=False,
        adds_nothing=adds_nothing,
        notes=(),
        unknown=(Remark(reason),),
        old_spans={},
        new_spans={},
    )


def _side(file: _File, address: str, policy: Source | Unread | None) -> Side:
    name = f"{file.side.name}: {address}" if address else file.side.name
    text = file.side.text if policy is not None else None
    return Side(name, text, file.side.file, address or None, _start(policy) if address else None)


def _start(policy: Source | Unread | None) -> int | None:
    """Where a policy begins in its file, or what would hold it; None where that is not known."""
    if isinstance(policy, Source):
        if isinstance(policy.document, Quoted):
            return policy.document.places.host(Span(0, 1)).start
        return policy.document.start if isinstance(policy.document, Members) and policy.document.start >= 0 else None
    return policy.span.start if policy is not None and policy.span is not None else None


def _same_grounds(old: Source, new: Source | None) -> bool:
    """Whether holes of one label have one value before and after."""
    return old.grounds is None or (new is not None and old.grounds == new.grounds != "")


def _key(shape: Shape | None) -> str | None:
    return None if shape is None else key_of(shape)


def _quoted(policy: Source | None) -> tuple[str, object] | None:
    """The text of a policy that stands in its file as a text, broken as it may be, and on what it depends."""
    if policy is None or not isinstance(policy.document, Quoted):
        return None
    return policy.document.text, policy.only_if


def _shape(policy: Source) -> Shape:
    """A policy's shape, which is none where a condition is not as it must be; that of a text counts in the text."""
    document = policy.document
    shape = shape_of(parse_json(document.text)) if isinstance(document, Quoted) else document
    for condition, holds, meaning in reversed(policy.only_if):
        shape = Choice(condition, shape if holds else None, None if holds else shape, meaning)
    return shape

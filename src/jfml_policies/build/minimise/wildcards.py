"""Lists of actions as wildcards, on request: each matches the listed actions and no other of today's catalogue.

A wildcard also matches actions that AWS will bring. That is new access as soon as they come, so nobody gets one who
did not ask for it, and the result says what each of them admits. Wildcards are cut between words (`s3:GetObject*`, not
`s3:GetOb*`), so that what they admit can be told from their names.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, Final

from jfml_policies.build.minimise.draft import each_list
from jfml_policies.catalog import load
from jfml_policies.patterns.glob import matches
from jfml_policies.record import record, replace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from jfml_policies.build.minimise.draft import Draft
    from jfml_policies.catalog import Service
    from jfml_policies.policy.nodes import Text

__all__ = ["Shorthand", "shortened", "shorthands", "written_out"]

_word: Final = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+|.")


@record
class Shorthand:
    """A wildcard that stands for actions of an Allow.

    Attributes:
        statement: the position of the statement in the draft.
        wildcard: the wildcard.
        actions: the entries that it replaces.
    """

    statement: int
    wildcard: str
    actions: tuple[str, ...]

    @property
    def what(self) -> str:
        """Its kind, as a word."""
        return "wildcard"

    def sentence(self, draft: Draft) -> str:
        """What was done."""
        name = draft.parts[self.statement].name
        return f"wrote {len(self.actions)} actions of statement {name} as `{self.wildcard}`"


def shorthands(draft: Draft) -> list[Shorthand]:
    """The wildcards that make the Allows of a draft shorter."""
    found = []
    for place, statement in enumerate(draft.policy.statements):
        if statement.allows and statement.action is not None and len(statement.action.values) > 1:
            by_service: dict[str, list[str]] = {}
            for text in statement.action.values:
                prefix, colon, name = text.value.partition(":")
                if colon:
                    by_service.setdefault(prefix, []).append(name)
            for prefix, names in by_service.items():
                service = load().service(prefix)
                if service is not None:
                    for wildcard, replaced in _cover(names, service):
                        actions = tuple([f"{prefix}:{name}" for name in replaced])
                        found.append(Shorthand(place, f"{prefix}:{wildcard}", actions))
    return found


def shortened(draft: Draft, some: Iterable[Shorthand]) -> Draft:
    """A draft with some wildcards in place of what they stand for."""
    return _instead(draft, some, lambda one: (one.wildcard,))


def written_out(draft: Draft, some: Iterable[Shorthand]) -> Draft:
    """A draft with all actions that the catalogue knows for some wildcards in place of what they stand for.

    An Allow with the wildcards allows this and, of actions, only such as the catalogue does not know.
    """
    return _instead(draft, some, lambda one: _known(one.wildcard))


def _instead(draft: Draft, some: Iterable[Shorthand], write: Callable[[Shorthand], Iterable[str]]) -> Draft:
    by_place: dict[int, list[Shorthand]] = {}
    for one in some:
        by_place.setdefault(one.statement, []).append(one)
    parts = []
    for place, part in enumerate(draft.parts):
        here = by_place.get(place, [])
        gone = {action for one in here for action in one.actions}
        new = [action for one in here for action in write(one)]

        def change(
            values: tuple[Text, ...], slot: tuple[str, ...], gone: set[str] = gone, new: list[str] = new
        ) -> tuple[Text, ...]:
            if slot != ("Action",) or not new:
                return values
            kept = [text for text in values if text.value not in gone]
            return (*kept, *[replace(values[0], value=action) for action in new])

        parts.append(replace(part, statement=each_list(part.statement, change)))
    return draft.with_parts(parts)


def _known(wildcard: str) -> list[str]:
    """The actions of the catalogue that a wildcard matches, retired ones too."""
    prefix, _, name = wildcard.partition(":")
    service = load().service(prefix)
    known = () if service is None else service.spelling.values()
    return [f"{prefix}:{one}" for one in known if matches(name, one, fold_case=True)]


def _cover(names: Sequence[str], service: Service) -> Iterator[tuple[str, list[str]]]:
    """Wildcards and the names that they replace, the one that saves most first, until none saves anything."""
    known = sorted(service.spelling)
    patterns = [name.lower() for name in names if "*" in name or "?" in name]
    listed = {name for name in known if any(matches(pattern, name) for pattern in patterns)}
    listed |= {name.lower() for name in names} & set(known)
    left = {name.lower(): name for name in names if name.lower() in listed}
    waiting = {
        wildcard: covered
        for wildcard in sorted({one for name in left for one in _wildcards(service.spelling[name])})
        if len(covered := _covered(wildcard.lower(), known, listed)) > 1
    }
    while waiting:
        # Two quotes and a comma go with each entry.
        cost, _, wildcard = min(
            (len(wildcard) + 3 - sum(len(name) + 3 for name in covered if name in left), len(wildcard), wildcard)
            for wildcard, covered in waiting.items()
        )
        if cost >= 0:
            return
        replaced = [name for name in sorted(waiting.pop(wildcard)) if name in left]
        if len(replaced) > 1:
            yield wildcard, [left.pop(name) for name in replaced]


def _wildcards(name: str) -> Iterator[str]:
    """A name with some of its words left out, at one place: `*`, `Get*`, `*Tags`, `Get*Tags`."""
    starts = [match.start() for match in _word.finditer(name)]
    for begin in starts:
        for end in (*starts, len(name)):
            if end > begin:
                yield f"{name[:begin]}*{name[end:]}"


def _covered(wildcard: str, known: Sequence[str], listed: set[str]) -> frozenset[str]:
    """The known names that a wildcard matches; none when one of them is not listed."""
    begin, _, end = wildcard.partition("*")
    found = set()
    for place in range(bisect_left(known, begin), len(known)):
        name = known[place]
        if not name.startswith(begin):
            break
        if name.endswith(end) and len(name) >= len(begin) + len(end):
            if name not in listed:
                return frozenset()
            found.add(name)
    return frozenset(found)

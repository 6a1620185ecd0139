"""GitHub's workflow commands that become annotations: their grammar, and how many of them GitHub shows.

Sources: GitHub Docs, "Workflow commands for GitHub Actions", setting a notice, warning or error message; "REST API
endpoints for check runs": GitHub Actions shows 10 warning annotations and 10 error annotations a step. Notices are
counted likewise.
"""

from __future__ import annotations

from collections import Counter
from heapq import nsmallest
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from jfml_policies.report.headline import one_line
from jfml_policies.report.inert import inert

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jfml_policies.report.place import Place

__all__ = ["SHOWN", "Annotation", "Kind", "commands"]

Kind = Literal["error", "warning", "notice"]

#: GitHub shows so many annotations of each kind in a step.
SHOWN: Final = 10
#: More lines make a step's log slow to open.
_MOST_LINES: Final = 1_000
_KINDS: Final[tuple[Kind, ...]] = ("error", "warning", "notice")


class Annotation(NamedTuple):
    """A note on a file.

    Attributes:
        kind: how it is shown.
        file: the file, from the root of the repository; `-` is none.
        place: where in it, or None.
        title: the annotation's title.
        message: its text.
        rank: of a lower rank is what is worse among those of a kind.
    """

    kind: Kind
    file: str
    place: Place | None
    title: str
    message: str
    rank: int = 0


def commands(annotations: Iterable[Annotation]) -> Iterator[str]:
    """One workflow command an annotation, the worst first, as GitHub shows the first of each kind.

    When there are more than it shows, a notice before all others says how many.
    """
    count: Counter[Kind] = Counter()
    # Ordered as they are written, so that only so many must be kept.
    worst = nsmallest(_MOST_LINES, _numbered(annotations, count))
    room = dict.fromkeys(_KINDS, SHOWN)
    if any(count[kind] > SHOWN for kind in _KINDS):
        # It takes the place of another notice.
        room["notice"] -= 1
        yield _command(Annotation("notice", "-", None, "jfml-policies", _excess(count, room, len(worst))))
    for _, _, _, annotation in worst:
        yield _command(annotation)


def _numbered(annotations: Iterable[Annotation], count: Counter[Kind]) -> Iterator[tuple[int, int, int, Annotation]]:
    for number, annotation in enumerate(annotations):
        count[annotation.kind] += 1
        yield _KINDS.index(annotation.kind), annotation.rank, number, annotation


def _excess(count: Counter[Kind], room: dict[Kind, int], written: int) -> str:
    shown = " and ".join(f"{room[kind]} of {count[kind]:,} {kind}s" for kind in _KINDS if count[kind] > room[kind])
    told = "this step's log has all" if written == count.total() else f"this step's log has {written:,}"
    return f"GitHub shows {shown} as annotations, the worst first; {told}, and formats as `sarif` have all"


def _command(annotation: Annotation) -> str:
    """One workflow command with its line end; whatever its texts hold, it stays one."""
    properties: dict[str, str | int] = {"title": annotation.title}
    if annotation.file != "-":
        properties["file"] = annotation.file
    place = annotation.place
    if place is not None:
        properties["line"] = place.line
        properties["endLine"] = place.end_line
        # GitHub refuses columns for a place of several lines.
        if place.is_one_line:
            properties["col"] = place.column
            properties["endColumn"] = max(place.column, place.end_column - 1)
    listed = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    return f"::{annotation.kind} {listed}::{_data(one_line(annotation.message))}\n"


def _data(text: str) -> str:
    return inert(text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A"))


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")

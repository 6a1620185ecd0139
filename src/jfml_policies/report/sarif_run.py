"""The frame of a SARIF log: the tool and its rules, what went wrong, and as many results as code scanning takes.

Source of the format: OASIS, "Static Analysis Results Interchange Format (SARIF) Version 2.1.0"; what GitHub reads of
it, and how much: GitHub Docs, "SARIF support for code scanning" and "SARIF results exceed one or more limits".
"""

from __future__ import annotations

import json
from heapq import nsmallest
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from jfml_policies.report.file_name import below
from jfml_policies.report.inert import cut

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jfml_policies.findings import Severity
    from jfml_policies.report.interface import RuleNote, Settings

__all__ = ["LEVELS", "MOST_RESULTS", "SCHEMA", "Object", "Results", "artifact", "log"]

SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
#: GitHub rejects a run with more results, and shows the 5,000 worst.
MOST_RESULTS: Final = 25_000
_SHOWN: Final = 5_000

Object = dict[str, object]

LEVELS: Final[dict[Severity, str]] = {
    "error": "error",
    "security-warning": "warning",
    "warning": "warning",
    "suggestion": "note",
}
_PROBLEM_SEVERITIES: Final = {"error": "error", "warning": "warning", "note": "recommendation"}
_PRECISIONS: Final = {"high": "very-high", "medium": "high", "low": "medium"}
#: GitHub cuts longer descriptions and names.
_LONGEST_TEXT: Final = 1_024
_LONGEST_NAME: Final = 255
_ROOT: Final = "%SRCROOT%"


class Results:
    """Results as they come, of which the worst are kept when there are too many.

    Attributes:
        count: how many there were.
    """

    __slots__ = ("_kept", "count")

    def __init__(self) -> None:
        self.count: int = 0
        # Texts, which are lighter than the objects that they describe.
        self._kept: list[tuple[int, int, str]] = []

    def add(self, rank: int, result: Object) -> None:
        """Takes a result; of a lower rank is what is worse."""
        self._kept.append((rank, self.count, json.dumps(result)))
        self.count += 1
        if len(self._kept) >= 2 * MOST_RESULTS:
            self._kept = nsmallest(MOST_RESULTS, self._kept)

    def texts(self) -> list[str]:
        """Those that are kept, in the order in which they came."""
        kept = nsmallest(MOST_RESULTS, self._kept) if len(self._kept) > MOST_RESULTS else self._kept
        return [text for _, _, text in sorted(kept, key=lambda one: one[1])]


def log(
    settings: Settings,
    rules: Iterable[RuleNote],
    results: Results,
    problems: list[Object],
    notes: Iterable[Object] = (),
) -> Iterator[str]:
    """One SARIF log with one run, a line a result.

    Args:
        settings: who asks what.
        rules: what results may refer to by index, in that order.
        results: what was found.
        problems: what could not be looked at, as notifications.
        notes: notifications of what does not make the run a failure.
    """
    invocation: Object = {"executionSuccessful": not problems}
    notifications = [*problems, *notes, *_left_out(results.count)]
    if notifications:
        invocation["toolExecutionNotifications"] = notifications
    driver: Object = {
        "name": "jfml-policies",
        "semanticVersion": settings.version,
        "rules": [_rule(rule) for rule in rules],
    }
    run: Object = {
        "tool": {"driver": driver},
        # The category under which GitHub keeps the results of one question apart from those of another.
        "automationDetails": {"id": f"jfml-policies/{settings.verb}/"},
        # Without an address: a log is the same wherever it was made.
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The folder in which jfml-policies was started."}}},
        "columnKind": "unicodeCodePoints",
        "invocations": [invocation],
    }
    head = json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=1)
    # The run's object and the list around it are still open.
    yield head.removesuffix("\n  }\n ]\n}") + ',\n   "results": ['
    separator = "\n"
    for text in results.texts():
        yield separator + text
        separator = ",\n"
    yield "\n   ]\n  }\n ]\n}\n"


def artifact(file: str, settings: Settings) -> Object:
    """Where a file is, whatever its name holds: from the root, or as a `file:` address."""
    if file == "-":
        return {"uri": "stdin"}
    name = below(file, settings.root)
    # Quoting also escapes a colon, which would read as a scheme. Undecodable bytes of a name come back as they were.
    quoted = quote(name.encode("utf-8", "surrogateescape" if _is_decoded(name) else "replace"), safe="/")
    if name.startswith("/"):
        return {"uri": "file://" + quoted}
    if name[1:3] == ":/":
        return {"uri": f"file:///{name[0]}:{quoted[4:]}"}
    return {"uri": quoted, "uriBaseId": _ROOT}


def _rule(rule: RuleNote) -> Object:
    level = LEVELS[rule.severity]
    tags = ["aws", "iam", *filter(None, [rule.family])]
    properties: Object = {
        "precision": _PRECISIONS.get(rule.confidence, "medium"),
        "problem.severity": _PROBLEM_SEVERITIES[level],
        "tags": tags,
    }
    if rule.security is not None:
        properties["security-severity"] = f"{rule.security:.1f}"
        tags.append("security")
    return {
        "id": rule.name,
        "name": cut("".join(word.capitalize() for word in rule.name.split("-")), _LONGEST_NAME),
        "shortDescription": {"text": cut(rule.summary, _LONGEST_TEXT)},
        "fullDescription": {"text": cut(rule.summary, _LONGEST_TEXT)},
        "help": {"text": rule.page, "markdown": rule.page},
        "defaultConfiguration": {"level": level},
        "properties": properties,
    }


def _left_out(count: int) -> Iterator[Object]:
    if count > MOST_RESULTS:
        text = f"only the {MOST_RESULTS:,} worst of {count:,} results are in this log, as code scanning takes no more"
        yield {"level": "warning", "message": {"text": text}}
    elif count > _SHOWN:
        text = f"of these {count:,} results GitHub's code scanning shows the {_SHOWN:,} worst"
        yield {"level": "note", "message": {"text": text}}


def _is_decoded(file: str) -> bool:
    """Whether the lone surrogates of a name, if any, stand for bytes of the file system."""
    return not any("\ud800" <= char < "\udc80" or "\udcff" < char <= "\udfff" for char in file)

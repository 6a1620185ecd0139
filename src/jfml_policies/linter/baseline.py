"""Findings that were there when somebody began: only new ones count.

A baseline says how often a finding of a certain kind occurs, not where: lines may move and statements change places.
It never hides more findings than it holds.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from jfml_policies.errors import InputError, JsonSyntaxError
from jfml_policies.record import record
from jfml_policies.text.lasting_name import LastingName
from jfml_policies.text.parse import parse_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["BASELINE_SCHEMA", "Known", "baseline_text", "read_baseline"]

_VERSION: Final = 1
_TEXTS: Final = ("file", "rule", "resource", "sid", "at", "value", "about")
_MOST: Final = 1_000_000

#: The JSON Schema (draft-07) of a baseline.
BASELINE_SCHEMA: Final[dict[str, object]] = {
    "$schema": "http://json-schema.org/draft-07/schema#",
    "$id": "urn:jfml-policies:schema:baseline:1",
    "title": "Baseline of jfml-policies: findings that were there before",
    "type": "object",
    "required": ["version", "findings"],
    "additionalProperties": False,
    "properties": {
        "version": {"const": _VERSION},
        "findings": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["file", "rule", "at", "value", "count"],
                "additionalProperties": False,
                "properties": {
                    "file": {"description": "from the folder of the baseline", "type": "string"},
                    "rule": {"description": "as in `invalid-action`", "type": "string"},
                    "resource": {"description": "whose policy it is in, in a file of several", "type": "string"},
                    "sid": {"description": "the statement's Sid", "type": "string"},
                    "at": {"description": "the way to the place by names, without indexes", "type": "string"},
                    "value": {"description": "what stands there, or a digest of it", "type": "string"},
                    "about": {"description": "what else the message names", "type": "string"},
                    "count": {"type": "integer", "minimum": 1, "maximum": _MOST},
                },
            },
        },
    },
}


@record
class Known:
    """A kind of finding in a file.

    Attributes:
        file: from the folder of the baseline, with forward slashes.
        name: by what the finding is known again.
    """

    file: str
    name: LastingName


def baseline_text(found: Iterable[Known]) -> str:
    """The baseline that holds some findings, a line a kind, sorted: the same findings give the same text.

    >>> print(baseline_text([Known("a.json", LastingName("X", None, "Read", "/Statement", ""))]), end="")
    {"version": 1, "findings": [
    {"file": "a.json", "rule": "x", "sid": "Read", "at": "/Statement", "value": "", "count": 1}
    ]}
    """
    counts = Counter(found)
    lines = [json.dumps(_entry(known) | {"count": counts[known]}) for known in sorted(counts, key=_order)]
    return f'{{"version": {_VERSION}, "findings": [\n' + ",\n".join(lines) + ("\n" if lines else "") + "]}\n"


def read_baseline(text: str, file: str) -> Counter[Known]:
    """How often each kind of finding is in a baseline.

    Raises:
        InputError: it is no baseline; the message says where.

    >>> read_baseline('{"version": 1, "findings": []}', "baseline.json")
    Counter()
    """
    try:
        parse_json(text)  # for the place of a fault
        document: Any = json.loads(text)
    except JsonSyntaxError as error:
        raise InputError(f"not a baseline: {error.message}", file=f"{file}:{error.line}:{error.column}") from None
    except (ValueError, RecursionError):
        raise InputError("not a baseline: it is nested too deeply", file=file) from None
    hint = "`jfml-policies baseline write` makes it anew"
    if not isinstance(document, dict) or document.get("version") != _VERSION:
        raise InputError(f"not a baseline of version {_VERSION}", file=file, hint=hint)
    entries = document.get("findings")
    if not isinstance(entries, list):
        raise InputError("not a baseline: `findings` is no list", file=file, hint=hint)
    counts: Counter[Known] = Counter()
    for number, entry in enumerate(entries):
        known = _known(entry)
        if known is None:
            raise InputError(f"not a baseline: entry {number + 1} of `findings` is none", file=file, hint=hint)
        counts[known] += entry["count"]
    return counts


def _entry(known: Known) -> dict[str, object]:
    name = known.name
    rule = name.code.lower().replace("_", "-")
    given = {"file": known.file, "rule": rule, "resource": name.resource, "sid": name.sid}
    entry: dict[str, object] = {key: text for key, text in given.items() if text is not None}
    return entry | {"at": name.at, "value": name.value} | ({"about": name.about} if name.about else {})


def _known(entry: Any) -> Known | None:
    if not isinstance(entry, dict) or not all(isinstance(entry.get(key, ""), str) for key in _TEXTS):
        return None
    count = entry.get("count")
    if isinstance(count, bool) or not isinstance(count, int) or not 1 <= count <= _MOST:
        return None
    if not {"file", "rule", "at", "value"} <= entry.keys():
        return None
    given: Mapping[str, str] = entry
    code = given["rule"].upper().replace("-", "_")
    name = LastingName(
        code, given.get("resource"), given.get("sid"), given["at"], given["value"], given.get("about", "")
    )
    return Known(given["file"], name)


def _order(known: Known) -> tuple[str, ...]:
    name = known.name
    return (known.file, name.code, name.resource or "", name.sid or "", name.at, name.value, name.about)

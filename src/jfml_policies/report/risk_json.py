"""For programs: every escalation path with its state and grounds, and the exposure; later versions only add to it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from jfml_policies.privilege.escalation import closing_statement
from jfml_policies.report.inert import well_formed
from jfml_policies.report.place import place_of
from jfml_policies.report.risk import counts
from jfml_policies.text.lines import LineIndex

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jfml_policies.access.request import Request
    from jfml_policies.privilege.escalation import PathAnswer
    from jfml_policies.privilege.exposure import Exposure
    from jfml_policies.privilege.holdings import Place
    from jfml_policies.report.interface import Settings
    from jfml_policies.report.risk import Public, RiskReport

__all__ = ["render"]

_Object = dict[str, object]


def render(report: RiskReport, settings: Settings) -> Iterator[str]:  # noqa: ARG001 -- one signature for all
    """One JSON document."""
    document = {
        "version": 1,
        "files": sorted({well_formed(source.file) for source in report.sources.values()}),
        "summary": counts(report),
        "paths": [_path(answer, report) for answer in report.paths],
        "exposures": [_exposure(exposure, report) for exposure in report.exposures],
        "public": [_public(one) for one in report.public],
        "notes": _texts(report.notes),
        "catalogue": report.catalog_date,
    }
    yield json.dumps(document, indent=1) + "\n"


def _path(answer: PathAnswer, report: RiskReport) -> _Object:
    path = answer.path
    return {
        "id": path.id,
        "category": path.category,
        "variant_of": path.variant_of,
        "state": answer.state,
        "effect": path.effect,
        "needs": path.needs,
        "passed_to_service": path.service,
        "permissions": [
            {
                "action": one.wish.action,
                "state": one.state,
                "reasons": _texts(one.reasons),
                "granted_by": _places(one.places, report),
                "closed_by": _places(one.closing, report),
                "witness": _request(one.witness),
            }
            for one in answer.permissions
        ],
        "reasons": _texts(answer.reasons),
        "closing_statement": closing_statement(path),
    }


def _exposure(exposure: Exposure, report: RiskReport) -> _Object:
    return {
        "class": exposure.kind,
        "actions": list(exposure.actions),
        "any_resource": exposure.anywhere,
        "unconditional": exposure.always,
        "reasons": _texts(exposure.reasons),
        "granted_by": _places(exposure.places, report),
        "witness": _request(exposure.witness),
    }


def _public(public: Public) -> _Object:
    return {
        "class": "public",
        "file": well_formed(public.file),
        "outcome": public.outcome.verdict,
        "access": [
            {
                "actions": _texts(region.actions),
                "resources": _texts(region.resources),
                "path": [well_formed(step) if isinstance(step, str) else step for step in region.path],
                "witness": _request(region.witness),
            }
            for region in public.outcome.regions
        ],
        "unknown": _texts(remark.text for remark in public.outcome.unknown),
    }


def _places(places: Iterable[Place], report: RiskReport) -> list[_Object]:
    return [_place(place, report) for place in places]


def _place(place: Place, report: RiskReport) -> _Object:
    source, statement = report.sources[id(place.policy)], place.statement
    where = place_of(statement.span, LineIndex(source.text)) if statement.span is not None else None
    return {
        "file": well_formed(source.file),
        "path": [well_formed(step) if isinstance(step, str) else step for step in statement.path],
        "sid": well_formed(statement.sid.value) if statement.sid else None,
        "line": where and where.line,
        "column": where and where.column,
    }


def _request(request: Request | None) -> _Object | None:
    if request is None:
        return None
    return {
        "action": well_formed(request.action),
        "resource": well_formed(request.resource),
        "context": {well_formed(key): _texts(request.values(key)) for key in request.context},
    }


def _texts(texts: Iterable[str]) -> list[str]:
    return [well_formed(text) for text in texts]

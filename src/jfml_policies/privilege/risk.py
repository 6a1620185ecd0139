"""How much a piece of access matters, so that the worst is read first.

Source of the access levels: "Access level summaries" in the IAM User Guide,
https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_understand-policy-summary-access-level-summaries.html
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from jfml_policies.catalog import load
from jfml_policies.privilege.exposed_actions import EXPOSURES, ExposureClass, actions_of
from jfml_policies.record import record

if TYPE_CHECKING:
    from jfml_policies.access.regions import Region

__all__ = ["LEVELS_BY_RISK", "Risk", "risk_of"]

#: AWS's access levels, the one that does most harm first.
LEVELS_BY_RISK: Final = ("Permissions management", "Write", "Tagging", "Read", "List")
#: Names outside the catalogue may be anything; most actions that are added change something.
_UNKNOWN_LEVEL: Final = "Write"
_EVERYTHING: Final = 4

_wildcard: Final = re.compile(r"[*?]|\$\{")
_name: Final = re.compile(r"[^/:]+")


@record
class Risk:
    """How much a piece of access matters.

    Attributes:
        level: the worst access level of its actions.
        breadth: 4 for every resource, 3 for every resource of a type or account, 2 for a whole bucket, table or the
            like, 1 for a part of one, 0 for resources named in full.
        exposure: the worst of what its actions lay open, or None.
        actions: how many known actions it holds.
    """

    level: str
    breadth: int
    exposure: ExposureClass | None
    actions: int

    @property
    def order(self) -> tuple[int, int, int, int]:
        """Sorts the worst first."""
        exposed = len(EXPOSURES) if self.exposure is None else list(EXPOSURES).index(self.exposure)
        return LEVELS_BY_RISK.index(self.level), -self.breadth, exposed, -self.actions


def risk_of(region: Region) -> Risk:
    """How much a region matters, by its actions and by how far its resources reach."""
    levels = dict(region.access_levels)
    level = next((level for level in LEVELS_BY_RISK if level in levels), _UNKNOWN_LEVEL)
    if region.except_resources or region.principals in (("*",), ("AWS: *",)):
        breadth = _EVERYTHING
    else:
        breadth = max(map(_breadth, region.resources), default=0)
    return Risk(level, breadth, _exposure(region), sum(levels.values()))


def _exposure(region: Region) -> ExposureClass | None:
    known = load()
    held = {action for pattern in region.actions for action in known.matches(pattern)}
    held -= {action for pattern in region.except_actions for action in known.matches(pattern)}
    return next((kind for kind in EXPOSURES if not held.isdisjoint(actions_of(kind))), None)


def _breadth(resource: str) -> int:
    """How far a resource pattern reaches.

    >>> [_breadth(f"arn:aws:s3:::{name}") for name in ("*", "acme/*", "acme/train/*", "acme/a.csv")]
    [3, 2, 1, 0]
    """
    first = _wildcard.search(resource)
    if first is None:
        return 0
    fixed = resource[: first.start()]
    if not fixed:
        return _EVERYTHING
    fields = fixed.split(":", 5)
    if len(fields) < 6:
        return 3
    return 3 - min(2, len(_name.findall(fields[5])))

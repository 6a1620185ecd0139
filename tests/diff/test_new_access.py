from __future__ import annotations

import pytest

from jfml_policies.diff.new_access import no_new_access
from jfml_policies.diff.pairs import compare_sides
from jfml_policies.diff.sides import Side

READ = '{"Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}}'
MORE = READ.replace("GetObject", "Get*")
DENY = READ.replace("Allow", "Deny")
DENY_MORE = MORE.replace("Allow", "Deny")
BROKEN = READ.replace("Resource", "Resorce")


@pytest.mark.parametrize(
    ("old", "new", "verdict"),
    [
        (READ, READ, "pass"),
        (MORE, READ, "pass"),
        (READ, MORE, "fail"),
        (READ, BROKEN, "unknown"),
        (BROKEN, READ, "unknown"),
        (DENY, DENY_MORE, "pass"),
        (DENY_MORE, DENY, "fail"),
    ],
)
def test_verdicts(old: str, new: str, verdict: str) -> None:
    """New access fails with a region, an invalid document is unknown, less access passes; so do more denials."""
    compared = compare_sides(Side("old", old), Side("new", new))
    assert compared is not None
    outcome = no_new_access(compared)

    assert verdict == outcome.verdict
    assert bool(outcome.regions) == (verdict == "fail")
    assert bool(outcome.unknown) == (verdict == "unknown")

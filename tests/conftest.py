"""Profiles of the property tests.

`make test` uses hypothesis's own: "default" on a desk, "ci" (the same examples every time) where `CI` is set.
`make soak` uses "soak"; tests that state no number of examples of their own follow it.
"""

from __future__ import annotations

from hypothesis import HealthCheck, settings

settings.register_profile(
    "soak",
    max_examples=5_000,
    deadline=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
# A busy machine is not a failing test.
settings.register_profile("default", settings.get_profile("default"), deadline=None, print_blob=True)

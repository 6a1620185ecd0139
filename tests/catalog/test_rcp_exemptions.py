"""What resource control policies leave alone."""

from __future__ import annotations

from jfml_policies.catalog import load
from jfml_policies.catalog.rcp_exemptions import EXEMPT_ACTIONS


def test_exempt_actions_belong_to_services_that_support_rcps() -> None:
    """An exemption makes sense only where the policy type reaches the service at all."""
    catalog = load()
    for name in EXEMPT_ACTIONS:
        assert catalog.matches_any(name)
        assert name.partition(":")[0] in catalog.rcp_services

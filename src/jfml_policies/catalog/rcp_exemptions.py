"""What a resource control policy (RCP) never restricts, although its service supports RCPs.

Source: "Resources and entities not restricted by RCPs" on
https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html (October 2026).
Which services support RCPs is `Catalog.rcp_services`: that list grows, so it comes with the compiled catalogue.
"""

from __future__ import annotations

__all__ = ["EXEMPT_ACTIONS", "EXEMPT_RESOURCES"]

#: Actions that stay allowed whatever an RCP says.
EXEMPT_ACTIONS = ("kms:RetireGrant",)

#: Kinds of resources and callers that RCPs do not reach, in words for messages and pages.
EXEMPT_RESOURCES = (
    "resources of the organization's management account",
    "calls by service-linked roles",
    "AWS managed KMS keys",
)

"""Identity providers that many workloads share."""

from __future__ import annotations

import pytest

from jfml_policies.catalog.service_principals import WEB_IDENTITY_PROVIDERS
from jfml_policies.catalog.token_issuers import BUILT_IN, TOKEN_ISSUERS, TokenIssuer, issuer_of


@pytest.mark.parametrize("issuer", TOKEN_ISSUERS, ids=lambda issuer: issuer.name)
def test_entries_are_well_formed(issuer: TokenIssuer) -> None:
    """Every entry names its page, is found by its own address, and its claims are in lower case."""
    assert "https://" in issuer.source
    assert issuer is issuer_of(issuer.address)
    assert all(claim == claim.lower() for claim in issuer.claims)
    assert (issuer.holders == "own") or issuer.tenant is not None


@pytest.mark.parametrize("issuer", TOKEN_ISSUERS, ids=lambda issuer: issuer.name)
def test_an_example_holds_all_parts_in_order(issuer: TokenIssuer) -> None:
    """The example subject has each part behind the text that announces it."""
    parts = [issuer.tenant, *issuer.workload] if issuer.tenant else [*issuer.workload]
    places = []
    start = 0
    for part in parts:
        start = issuer.example.find(part.before, start)
        places.append(start)
        start += len(part.before) + 1

    assert places == sorted(places)
    assert min(places) >= 0


def test_addresses_are_told_apart() -> None:
    """A host that only resembles a provider's is not the provider."""
    addresses = ("gitlab.example.com", "notgitlab.com", "oidc.circleci.com", "eks.amazonaws.com", "", "*")

    assert [None] * len(addresses) == [issuer_of(address) for address in addresses]


def test_built_in_providers_are_those_that_a_principal_may_name() -> None:
    """The providers with audiences of their own are the four that need no IAM OIDC provider."""
    assert set(WEB_IDENTITY_PROVIDERS) == set(BUILT_IN)

"""Claims of OpenID Connect providers."""

from __future__ import annotations

import pytest

from jfml_policies.catalog.identity_provider_keys import find


@pytest.mark.parametrize(
    "provider", ["accounts.google.com", "app.terraform.io", "oidc.eks.eu-west-1.amazonaws.com/id/A1"]
)
def test_claims_of_any_provider(provider: str) -> None:
    """Subject and audience are single values, the authentication methods a list, whoever the provider is."""
    found = [find(f"{provider}:{claim}") for claim in ("sub", "AUD", "amr")]

    assert [False, False, True] == [key is not None and key.is_multivalued for key in found]


@pytest.mark.parametrize("name", ["", ":", "sub", ":sub", "s3:sub", "x.:sub", ".x:sub", "a.b:nope", "a.b", "a/b.c:sub"])
def test_other_texts(name: str) -> None:
    """Without a host before the colon and a common claim after it there is no such key."""
    assert find(name) is None

"""A finding leads to the page that states its rule, that of an organization's own rule as well."""

from __future__ import annotations

import pytest

from jfml_policies.editor.rule_address import rule_address
from jfml_policies.linter.custom_rules import Demand, custom_rule


@pytest.mark.parametrize("url", ["https://wiki.example.com/a_(b)?c=`d`.", "http://wiki/users"])
def test_a_rule_without_code_leads_to_its_url(url: str) -> None:
    """Whatever the address holds; another session's rule of that name is not known."""
    rule = custom_rule(Demand("ACME_USERS", "forbidden-access", "users", permitted=((),), url=url))

    assert url == rule_address("ACME_USERS", (rule,))
    assert rule_address("ACME_USERS") is None


def test_a_rule_without_an_address_leads_nowhere() -> None:
    """There is nothing to open."""
    rule = custom_rule(Demand("ACME_USERS", "forbidden-access", "users", permitted=((),)))

    assert rule_address("ACME_USERS", (rule,)) is None

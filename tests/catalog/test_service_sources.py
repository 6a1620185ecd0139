"""Services that say on whose behalf they assume a role."""

from __future__ import annotations

from jfml_policies.catalog.service_principals import is_known_service_principal
from jfml_policies.catalog.service_sources import SOURCE_SENDERS


def test_entries_are_known_services_with_a_page() -> None:
    """Every entry is a known service principal, and its page one of AWS's guides."""
    for service, page in SOURCE_SENDERS.items():
        assert is_known_service_principal(service)
        assert page.startswith("https://docs.aws.amazon.com/")


def test_services_without_the_keys_are_not_in_it() -> None:
    """EC2, Lambda and ECS tasks are left out: their guides show no such condition."""
    assert not {"ec2.amazonaws.com", "lambda.amazonaws.com", "ecs-tasks.amazonaws.com"} & set(SOURCE_SENDERS)

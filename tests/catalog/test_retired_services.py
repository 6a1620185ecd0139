"""Prefixes that AWS retired."""

from __future__ import annotations

from jfml_policies.catalog import load
from jfml_policies.catalog.retired_services import RETIRED_SERVICES, find


def test_the_catalogue_and_the_table_agree() -> None:
    """Every prefix of the table is retired in the catalogue, and successors are living services."""
    catalog = load()

    assert {service.prefix for service in RETIRED_SERVICES} <= set(filter(catalog.is_retired_service, catalog.prefixes))
    for service in RETIRED_SERVICES:
        if service.successor is not None:
            assert service.successor in catalog.prefixes
            assert not catalog.is_retired_service(service.successor)


def test_what_the_validator_does_is_recorded() -> None:
    """AWS's validation still takes some prefixes, reports others, and has not been seen with the rest."""
    accepted = {service.prefix for service in RETIRED_SERVICES if service.validator_accepts}

    assert {"codestar", "deeplens", "deepracer", "evidently", "iotevents", "zocalo"} == accepted
    inference = find("Elastic-Inference")
    assert inference is not None
    assert inference.validator_accepts is False
    assert find("s3") is None

"""Global condition keys."""

from __future__ import annotations

import pytest

from jfml_policies.catalog import load
from jfml_policies.catalog.global_keys import (
    CALLER_CONTROLLED_KEYS,
    CROSS_SERVICE_KEYS,
    GLOBAL_KEYS,
    RETIRED_KEYS,
    SENSITIVE_KEYS,
    TAG_FAMILIES,
    find,
)


def test_names_are_unique_whatever_their_case() -> None:
    """No key stands twice."""
    names = [key.name.lower() for key in GLOBAL_KEYS + CROSS_SERVICE_KEYS]

    assert len(names) == len(set(names))
    assert all(key.name.startswith("aws:") for key in GLOBAL_KEYS)
    assert not any(key.name.startswith("aws:") for key in CROSS_SERVICE_KEYS)


def test_types_are_those_of_the_service_reference() -> None:
    """The words for types are the ones that services' tables use."""
    known = {"String", "ARN", "Bool", "Numeric", "Date", "IPAddress"}

    for key in GLOBAL_KEYS + CROSS_SERVICE_KEYS:
        assert key.condition_key.value_type in known
        assert known.issuperset(key.other_types)


def test_conditional_keys_say_when_they_are_there() -> None:
    """Exactly the keys that are not in every request have a `when`."""
    for key in GLOBAL_KEYS + CROSS_SERVICE_KEYS:
        assert bool(key.when) is (key.presence == "conditional"), key.name


def test_agrees_with_the_tables_of_services() -> None:
    """Where a service's table lists a global key, type and spelling are the same."""
    catalog = load()
    seen = set()
    for prefix in catalog.prefixes:
        service = catalog.service(prefix)
        assert service is not None
        for key in service.condition_keys:
            if key.name.startswith("aws:"):
                shared = find(key.name)
                assert shared is not None, key.name
                assert (key.name, key.type) == (shared.name, shared.type)
                seen.add(key.name)

    assert "aws:ResourceTag/${TagKey}" in seen


@pytest.mark.parametrize("name", [*SENSITIVE_KEYS, *CALLER_CONTROLLED_KEYS, *(f"{family}x" for family in TAG_FAMILIES)])
def test_lists_name_existing_keys(name: str) -> None:
    """The lists of special keys hold no misspelt one."""
    assert find(name) is not None


@pytest.mark.parametrize("name", [*RETIRED_KEYS, "aws:", "aws:PrincipalTag", "aws:PrincipalTag/", "", "s3:prefix"])
def test_other_names_are_not_found(name: str) -> None:
    """Retired keys, families without a tag and keys of services are not global keys."""
    assert find(name) is None


def test_multivalued_keys() -> None:
    """The keys with several values are exactly those that the page marks so."""
    several = {key.name for key in GLOBAL_KEYS if key.is_multivalued}

    expected = (
        "CalledVia PrincipalOrgPaths PrincipalServiceNamesList ResourceOrgPaths SourceOrgPaths TagKeys VpceOrgPaths"
    )
    assert {f"aws:{name}" for name in expected.split()} == several

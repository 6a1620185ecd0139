from __future__ import annotations

import pytest

from jfml_policies.catalog import load
from jfml_policies.linter.questions.arn_demands import FormatIndex, agreed_formats, format_index
from jfml_policies.patterns.arn import Arn
from jfml_policies.patterns.glob import intersects

RESOURCES = ["instance/i-1", "image/*", "inst*", "*", "", "volume", "x/y", "?olume/v", "a:b/c"]


@pytest.mark.parametrize("service", ["ec2", "s3", "sqs", "iam", "wafv2", "nowhere"])
@pytest.mark.parametrize("resource", RESOURCES)
def test_candidates_leave_out_only_what_cannot_meet(service: str, resource: str) -> None:
    """The formats that the first word leaves out meet no resource with that word."""
    catalog = load()
    candidates = format_index(catalog, service).candidates(resource)

    meeting = [
        entry for entry in catalog.formats_for_arn_service(service) if intersects(resource, entry.resource_pattern)
    ]
    assert {entry.resource for entry in meeting} <= {entry.resource for entry in candidates}


@pytest.mark.parametrize(
    ("text", "field", "demand", "expected"),
    [
        ("arn:aws:s3::1:acme/*", "account", "empty", True),
        ("arn:aws:s3::1:*", "account", "empty", False),  # an access point has one
        ("arn:aws:ec2:x:1:image/ami-1", "account", "empty", True),
        ("arn:aws:ec2:x:1:instance/i-1", "account", "empty", False),
        ("arn:aws:ec2:x:1:i*", "account", "empty", False),
        ("arn:aws:dynamodb:::table/orders", "region", "required", True),
        ("arn:aws:dynamodb:::table/${aws:PrincipalTag/table}", "region", "required", True),
        ("arn:aws:dynamodb:::chair/orders", "region", "required", False),
        ("arn:aws:nowhere:::table/orders", "region", "required", False),
    ],
)
def test_only_what_all_fitting_formats_agree_on_counts(text: str, field: str, demand: str, expected: bool) -> None:
    """One fitting format of another mind is enough to stay silent, and so is no fitting format."""
    assert field in ("region", "account")

    assert expected == bool(agreed_formats(Arn.parse(text), load(), field, demand))  # type: ignore[arg-type]


def test_a_service_with_free_names_has_no_heads() -> None:
    """Where resources begin with a name of one's own, no first word is wrong."""
    catalog = load()

    assert not format_index(catalog, "sqs").heads
    assert format_index(catalog, "sqs").near_head("queu") is None
    assert "role" in format_index(catalog, "iam").heads
    assert "role" == format_index(catalog, "iam").near_head("roles")
    assert not FormatIndex(()).heads

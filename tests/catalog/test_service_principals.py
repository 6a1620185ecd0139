"""Service principals."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jfml_policies.catalog.service_principals import (
    SERVICE_PRINCIPALS,
    ServicePrincipal,
    is_known_service_principal,
    is_service_principal_shape,
    split_service_principal,
)


def test_the_table_has_the_shape_it_describes() -> None:
    """Every principal of the table passes both questions and is in the form without Region."""
    for name in SERVICE_PRINCIPALS:
        parts = split_service_principal(name)
        assert parts is not None, name
        assert parts.region is None
        assert is_known_service_principal(name)


@pytest.mark.parametrize(
    "service", ["ec2", "lambda", "ecs-tasks", "s3", "cloudtrail", "delivery.logs", "states", "pods.eks", "scheduler"]
)
def test_common_services_are_known(service: str) -> None:
    """The services that roles are written for most are in the table."""
    assert f"{service}.amazonaws.com" in SERVICE_PRINCIPALS


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("ec2.amazonaws.com", ServicePrincipal("ec2", None, "amazonaws.com")),
        ("ec2.amazonaws.com.cn", ServicePrincipal("ec2", None, "amazonaws.com.cn")),
        ("logs.cn-north-1.amazonaws.com.cn", ServicePrincipal("logs", "cn-north-1", "amazonaws.com.cn")),
        ("delivery.logs.amazonaws.com", ServicePrincipal("delivery.logs", None, "amazonaws.com")),
        ("alexa-appkit.amazon.com", ServicePrincipal("alexa-appkit", None, "amazon.com")),
        ("us-east-1.amazonaws.com", ServicePrincipal("us-east-1", None, "amazonaws.com")),
    ],
)
def test_parts(text: str, parts: ServicePrincipal) -> None:
    """Service, Region and domain are told apart."""
    assert parts == split_service_principal(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ec2",
        ".amazonaws.com",
        "amazonaws.com",
        "EC2.amazonaws.com",
        "ec2.amazonaws.com.",
        "ec2..amazonaws.com",
        "-ec2.amazonaws.com",
        "ec2_x.amazonaws.com",
        "ec2.amazonaws.co",
        "ec2.evilamazonaws.com",
        "*.amazonaws.com",
        "ec2.amazonaws.com\n",
        "a" * 64 + ".amazonaws.com",
        "a." * 200 + "amazonaws.com",
    ],
)
def test_other_shapes(text: str) -> None:
    """Upper case, missing parts, other domains and overlong names are no service principals."""
    assert not is_service_principal_shape(text)
    assert not is_known_service_principal(text)


@given(st.text(alphabet="ab-.", max_size=12), st.sampled_from(["amazonaws.com", "amazonaws.com.cn", "amazon.com"]))
def test_parts_put_together_again(service: str, domain: str) -> None:
    """Whatever comes apart is the text itself."""
    text = f"{service}.{domain}"
    parts = split_service_principal(text)
    if parts is None:
        assert not service or ".." in service or set(service) & set("-.")
    else:
        assert text == ".".join(filter(None, (parts.service, parts.region, parts.domain)))


def test_known_in_other_forms() -> None:
    """The regional form and other partitions' domains are known with the service; a typing error is not."""
    assert is_known_service_principal("logs.eu-west-1.amazonaws.com")
    assert is_known_service_principal("lambda.amazonaws.com.cn")
    assert not is_known_service_principal("lamda.amazonaws.com")
    assert not is_known_service_principal("ec2.amazon.com")

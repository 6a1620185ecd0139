from __future__ import annotations

from jfml_policies.catalog import load
from jfml_policies.linter.questions.known_services import (
    is_known_arn_service,
    is_known_prefix,
    near_arn_service,
    near_prefix,
)


def test_what_aws_refuses_is_not_known() -> None:
    """A retired prefix that AWS's validation refuses is unknown, in any letter case, and is not proposed."""
    assert not is_known_prefix(load(), "Elastic-Inference")
    assert near_prefix(load(), "elastic-inferenc") is None


def test_a_published_arn_format_makes_its_service_known() -> None:
    """The ARN of an accelerator is still a resource type of EC2, though no action begins with its service."""
    assert is_known_arn_service(load(), "elastic-inference")
    assert not is_known_arn_service(load(), "elastic-inferences")


def test_near_names_are_known_ones() -> None:
    """A misspelt service is near to one that exists; an empty one to none."""
    assert "dynamodb" == near_prefix(load(), "dynamdb")
    assert "s3-outposts" == near_arn_service(load(), "s3-outpost")
    assert near_prefix(load(), "") is None

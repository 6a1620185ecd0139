"""Templates of CloudFormation and SAM, JSON or YAML, and what the CDK writes."""

from __future__ import annotations

from jfml_policies.sources.cloudformation.template import may_be, read

__all__ = ["may_be", "read"]

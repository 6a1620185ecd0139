"""What Terraform and OpenTofu write as JSON: plans, states, and the policy documents in plans that only apply makes."""

from __future__ import annotations

from jfml_policies.sources.terraform.plan import may_be, read

__all__ = ["may_be", "read"]

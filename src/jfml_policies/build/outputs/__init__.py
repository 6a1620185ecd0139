"""Outputs: a role as text of the tool that makes it, one format a file; each is a pure function.

>>> from jfml_policies.build import jfrog_ml
>>> role = jfrog_ml.role(bucket="acme-features", prefix="train/", role_name="reader")
>>> print(role.to_terraform().splitlines()[0])
data "aws_iam_policy_document" "reader_trust" {
"""

from __future__ import annotations

__all__: list[str] = []

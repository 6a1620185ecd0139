"""The formats by name: which function writes them, and under which file name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from jfml_policies.build.outputs.aws_cli import aws_cli
from jfml_policies.build.outputs.cloudformation import cloudformation, cloudformation_json
from jfml_policies.build.outputs.role_documents import RoleDocuments
from jfml_policies.build.outputs.terraform import terraform, terraform_json

__all__ = ["FORMATS", "Format"]


@dataclass(frozen=True, slots=True)
class Format:
    """One format: the name of its file, and the function from a role to text."""

    file: str
    write: Callable[[RoleDocuments], str]


#: Every format that puts the whole role into one file.
FORMATS: Final = {
    "terraform": Format("role.tf", terraform),
    "terraform-json": Format("role.tf", terraform_json),
    "cloudformation": Format("template.yaml", cloudformation),
    "cloudformation-json": Format("template.json", cloudformation_json),
    "aws-cli": Format("role.sh", aws_cli),
}

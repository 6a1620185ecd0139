"""Which resources of a template or plan a suppression means."""

import pytest

from jfml_policies.findings import Finding
from jfml_policies.linter.configuration.file_globs import FileGlob
from jfml_policies.linter.suppression import Suppression


@pytest.mark.parametrize(
    ("address", "is_meant"),
    [
        ("aws_iam_role.a", True),
        ("aws_iam_role.a.assume_role_policy", True),
        ('aws_iam_role.a["k"].inline_policy[0].policy', True),
        ("aws_iam_role.a (Stack/Role/Resource).Policies[0]", True),
        ("aws_iam_role.ab.assume_role_policy", False),
        ("module.m.aws_iam_role.a", False),
        ("", False),
    ],
)
def test_a_resource_is_meant_with_its_documents_and_instances(address: str, is_meant: bool) -> None:
    finding = Finding("X", "error", "m", resource=address or None)
    files: FileGlob = None  # type: ignore[assignment]
    suppression = Suppression("X", files, "why", "f:1:1", resource="aws_iam_role.a")

    assert is_meant == suppression.covers(finding)

from __future__ import annotations

from typing import Any

import pytest

from jfml_policies.build import RoleDocuments, jfrog_ml
from jfml_policies.build.outputs.terraform import terraform, terraform_json
from jfml_policies.errors import ParameterError

TRUST = {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": "*", "Action": "sts:AssumeRole"}}


def role(**statement: Any) -> RoleDocuments:
    allowed = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*", **statement}
    return RoleDocuments("data-reader", TRUST, ({"Version": "2012-10-17", "Statement": [allowed]},))


def test_the_whole_file_reads_well() -> None:
    """Data sources, the role, the policy, and what joins them."""
    documents = role(Sid="ReadHome", Resource="arn:aws:s3:::b/${aws:username}/*")
    expected = """\
data "aws_iam_policy_document" "data_reader_trust" {
  statement {
    effect  = "Allow"
    actions = ["sts:AssumeRole"]

    principals {
      type        = "*"
      identifiers = ["*"]
    }
  }
}

data "aws_iam_policy_document" "data_reader_permissions" {
  statement {
    sid       = "ReadHome"
    effect    = "Allow"
    actions   = ["s3:GetObject"]
    resources = ["arn:aws:s3:::b/$${aws:username}/*"]
  }
}

resource "aws_iam_role" "data_reader" {
  name               = "data-reader"
  assume_role_policy = data.aws_iam_policy_document.data_reader_trust.json
}

resource "aws_iam_policy" "data_reader" {
  name   = "data-reader"
  policy = data.aws_iam_policy_document.data_reader_permissions.json
}

resource "aws_iam_role_policy_attachment" "data_reader" {
  role       = aws_iam_role.data_reader.name
  policy_arn = aws_iam_policy.data_reader.arn
}
"""

    assert expected == terraform(documents)


def test_an_older_version_is_written_and_a_missing_one_is_the_oldest() -> None:
    """The data source would write the newest by itself, under which `${` begins a variable."""
    old = RoleDocuments("reader", {"Statement": TRUST["Statement"]}, ({**TRUST, "Version": "2008-10-17", "Id": "x"},))

    assert 2 == terraform(old).count('version = "2008-10-17"') + terraform(old).count('version   = "2008-10-17"')


@pytest.mark.parametrize(
    "change",
    [
        {"Resource": "arn:aws:s3:::b/&{aws:username}/*"},
        {"Resource": "arn:aws:s3:::b/日/*"},
        {"Resource": "arn:aws:s3:::b/e\u0301/*"},
        {"Extra": "x"},
    ],
)
def test_what_the_data_source_would_change_is_refused(change: dict[str, Any]) -> None:
    """And the variant with plain JSON, which the hint names, takes it."""
    with pytest.raises(ParameterError) as refused:
        terraform(role(**change))

    assert "terraform-json" in str(refused.value.hint)
    assert "data.aws_iam_policy_document" not in terraform_json(role(**change))


def test_a_role_without_a_name_leaves_it_to_terraform() -> None:
    """No name is written, neither for the role nor for its policy."""
    assert "name " not in jfrog_ml.role(bucket="acme-features").to_terraform(plain_json=True)

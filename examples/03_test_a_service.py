"""For whoever owns a service and its role: tests beside the service's own that fail when its policy is wrong.

The tests say what the service must be able to do, what it must never be able to do, and that a change allows nothing
beyond what was reviewed. They need no AWS account. Copy them into the tests of your service, with your policy's file in
place of the text; they need the extra `jfml-policies[testing]`.

    pytest examples/03_test_a_service.py
    python examples/03_test_a_service.py    # the same, and what a failure looks like
"""

from __future__ import annotations

import os

import pytest

import jfml_policies as jp
from jfml_policies.testing import assert_allows, assert_denies, assert_not_wider

#: The role's policy as the service deploys it: `jp.load("policies/scoring.json")` in your repository.
POLICY = jp.loads("""\
{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "ReadModels",
      "Effect": "Allow",
      "Action": "s3:GetObject",
      "Resource": "arn:aws:s3:::acme-models/release/*"
    },
    {
      "Sid": "WriteScores",
      "Effect": "Allow",
      "Action": "s3:PutObject",
      "Resource": "arn:aws:s3:::acme-scores/*",
      "Condition": {"StringEquals": {"s3:x-amz-server-side-encryption": "aws:kms"}}
    }
  ]
}
""")
#: What the security team has approved, a file of theirs: wider than needed, which is fine.
APPROVED = """\
{
  "Version": "2012-10-17",
  "Statement": [
    {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::acme-models/*"},
    {"Effect": "Allow", "Action": "s3:PutObject", "Resource": "arn:aws:s3:::acme-scores/*"}
  ]
}
"""


def test_the_policy_has_no_mistake() -> None:
    """No misspelt action, no condition that never holds, no statement that does nothing."""
    assert jp.lint(POLICY) == []


def test_the_service_can_do_its_work() -> None:
    """It reads the models that were released, and writes scores, encrypted."""
    assert_allows(POLICY, "s3:GetObject", "arn:aws:s3:::acme-models/release/v3/model.bin")
    assert_allows(
        POLICY,
        "s3:PutObject",
        "arn:aws:s3:::acme-scores/2026/10/27.csv",
        context={"s3:x-amz-server-side-encryption": "aws:kms"},
    )


@pytest.mark.parametrize(
    ("action", "resource"),
    [
        ("s3:GetObject", "arn:aws:s3:::acme-models/draft/v4/model.bin"),
        ("s3:PutObject", "arn:aws:s3:::acme-scores/2026/10/27.csv"),  # not encrypted
        ("s3:DeleteObject", "arn:aws:s3:::acme-scores/2026/10/27.csv"),
        ("iam:PassRole", "arn:aws:iam::111122223333:role/admin"),
    ],
    ids=["drafts", "without encryption", "deleting", "another role"],
)
def test_the_service_can_do_no_harm(action: str, resource: str) -> None:
    """Not even by mistake."""
    assert_denies(POLICY, action, resource)


def test_the_policy_stays_within_what_was_approved() -> None:
    """Whatever the request: this is proved, not tried with examples."""
    assert_not_wider(APPROVED, POLICY)


def test_nobody_becomes_an_administrator_by_it() -> None:
    """None of the known ways from these permissions to more of them is open."""
    assert jp.risks(POLICY).open_paths == ()


def main() -> int:
    """Runs the tests, and shows how the assertion fails for a policy that was widened; pytest's exit code."""
    code = pytest.main(
        [__file__, "-v", "--no-header", "-c", os.devnull, "-p", "no:cacheprovider", "--disable-warnings"]
    )
    widened = jp.dumps(POLICY).replace("acme-models/release/*", "acme-*")
    try:
        assert_not_wider(APPROVED, widened)
    except AssertionError as failure:
        print(f"widened to acme-*: {failure}")
    return int(code)


if __name__ == "__main__":
    raise SystemExit(main())

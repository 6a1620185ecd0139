"""INVALID_VERSION."""

from __future__ import annotations

from jfml_policies.linter.fixes.quick_fix import replace_text
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.kinds import VERSIONS
from jfml_policies.policy.nodes import Policy

__all__ = ["InvalidVersion"]


class InvalidVersion(Rule):
    """The Version is no version of the policy language.

    ## Why is this bad?

    AWS refuses the document, and whoever was to get its permissions does not get them.
    The date says which rules apply, not when the policy was written.

    ## Example

    ```json
    {
      "Version": "2024-05-01",
      "Statement": [
        {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::acme-features/train/*"}
      ]
    }
    ```

    ## Use instead

    ```json
    {
      "Version": "2012-10-17",
      "Statement": [
        {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::acme-features/train/*"}
      ]
    }
    ```

    ## References

    - [IAM User Guide: IAM JSON policy elements: Version](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html)
    - [Access Analyzer: Invalid version](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-invalid-version)
    """

    code = "INVALID_VERSION"
    severity = "error"
    fixes = ("unsafe",)

    def check_policy(self, policy: Policy, context: Context) -> Findings:
        """Reports the Version."""
        version = policy.version
        if version is not None and version.value not in VERSIONS:
            yield self.finding(
                version,
                f"`{version.value}` is not a version of the policy language",
                hint=f"use `{VERSIONS[0]}`",
                fix=replace_text(version, VERSIONS[0]),
            )

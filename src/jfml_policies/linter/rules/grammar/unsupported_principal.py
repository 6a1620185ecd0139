"""UNSUPPORTED_PRINCIPAL."""

from __future__ import annotations

from jfml_policies.linter.questions.elements import written
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.kinds import IDENTITY_KINDS, KINDS
from jfml_policies.policy.nodes import Statement

__all__ = ["UnsupportedPrincipal"]


class UnsupportedPrincipal(Rule):
    """A policy that is attached to a principal names principals.

    ## Why is this bad?

    IAM refuses the document: an identity policy is about whom it is attached to, and can't be about others.
    Nobody gets the permissions that it was to grant.

    ## Example

    ```json
    {
      "Effect": "Allow",
      "Principal": {"AWS": "111122223333"},
      "Action": "s3:GetObject",
      "Resource": "arn:aws:s3:::acme-features/*"
    }
    ```

    ## Use instead

    ```json
    {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::acme-features/train/*"}
    ```

    NotPrincipal is reported as well; AWS's page speaks of Principal only.

    ## References

    - [IAM User Guide: IAM JSON policy elements: Principal](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html)
    - [Access Analyzer: Unsupported principal](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-unsupported-principal)
    """

    code = "UNSUPPORTED_PRINCIPAL"
    severity = "error"
    kinds = IDENTITY_KINDS
    mentions = ("principal",)

    def check_statement(self, statement: Statement, context: Context) -> Findings:
        """Reports each of Principal and NotPrincipal."""
        for key in written(statement, "Principal", "NotPrincipal"):
            yield self.finding(
                key,
                f"`{key.value}` does not belong in this {KINDS[context.kind].title}",
                hint="remove it, or say the right kind: a policy for a resource or a role's trust names principals",
            )

"""MISSING_STATEMENT."""

from __future__ import annotations

from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.nodes import Policy
from jfml_policies.text.tree import JsonArray, JsonObject

__all__ = ["MissingStatement"]


class MissingStatement(Rule):
    """A document has no Statement, or an empty list of them.

    ## Why is this bad?

    AWS refuses the document: without statements it neither grants nor denies anything to anyone.

    ## Example

    ```json
    {"Version": "2012-10-17"}
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

    A `Statement` that is an empty list is the same: IAM and S3 refuse it.

    ## References

    - [IAM User Guide: IAM JSON policy elements: Statement](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_statement.html)
    - [Access Analyzer: Missing statement](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-missing-statement)
    """

    code = "MISSING_STATEMENT"
    severity = "error"

    def check_policy(self, policy: Policy, context: Context) -> Findings:
        """Reports the document itself: there is no element to point at."""
        if not isinstance(policy.tree, JsonObject):
            return
        if not policy.has("Statement"):
            yield self.finding(policy, "the document has no Statement", hint="add a `Statement` element")
            return
        statements = policy.tree.get("Statement")
        if isinstance(statements, JsonArray) and not statements.items:
            yield self.finding(policy, "the document has an empty list of statements", hint="add a statement")

"""MISSING_RESOURCE."""

from __future__ import annotations

from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.kinds import ALL_KINDS
from jfml_policies.policy.nodes import Statement
from jfml_policies.policy.repositories import is_of_repository

__all__ = ["MissingResource"]


class MissingResource(Rule):
    """A statement has neither Resource nor NotResource.

    ## Why is this bad?

    AWS refuses the document: nothing says on which resources the actions are granted or denied.
    Only role trust policies and the policies of ECR repositories do without, because they stand on the resource itself.

    ## Example

    ```json
    {"Effect": "Allow", "Action": "s3:GetObject"}
    ```

    ## Use instead

    ```json
    {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::acme-features/train/*"}
    ```

    A role trust policy that is checked as another kind of resource policy gets this finding: say `--kind trust`.
    A resource policy is taken for a repository's where the statement has no other actions than ECR's, or where
    `--resource-type AWS::ECR::Repository` says so.

    ## References

    - [IAM User Guide: IAM JSON policy elements: Resource](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html)
    - [Amazon ECR User Guide: Private repository policy examples](https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policy-examples.html)
    - [Access Analyzer: Missing resource](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-missing-resource)
    """

    code = "MISSING_RESOURCE"
    severity = "error"
    kinds = ALL_KINDS - {"trust"}

    def check_statement(self, statement: Statement, context: Context) -> Findings:
        """Reports the statement itself: there is no element to point at."""
        if not (
            statement.has("Resource")
            or statement.has("NotResource")
            or is_of_repository(statement, context.kind, context.policy.resource_type)
        ):
            yield self.finding(
                statement, "the statement has no Resource", hint="add a `Resource` (or `NotResource`) element"
            )

"""RCP_MISSING_RELATED_SERVICE_PRINCIPAL_CONDITION_KEY."""

from __future__ import annotations

from jfml_policies.linter.questions.rcp_conditions import is_source_key, requires, value_tests
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.nodes import Statement

__all__ = ["RcpMissingRelatedServicePrincipalConditionKey"]


class RcpMissingRelatedServicePrincipalConditionKey(Rule):
    """A Deny of a resource control policy tests for whom an AWS service calls, and is not limited to AWS services.

    ## Why is this bad?

    Users and roles that call themselves have no source account, organization or ARN.
    A test such as StringNotEqualsIfExists on one of these keys is true for them, and the Deny cuts them off.

    ## Example

    ```json
    {
      "Effect": "Deny",
      "Principal": "*",
      "Action": "s3:*",
      "Resource": "*",
      "Condition": {
        "StringNotEqualsIfExists": {"aws:SourceOrgID": "o-a1b2c3d4e5"},
        "Null": {"aws:SourceAccount": "false"}
      }
    }
    ```

    ## Use instead

    ```json
    {
      "Effect": "Deny",
      "Principal": "*",
      "Action": "s3:*",
      "Resource": "*",
      "Condition": {
        "StringNotEqualsIfExists": {"aws:SourceOrgID": "o-a1b2c3d4e5"},
        "Null": {"aws:SourceAccount": "false"},
        "BoolIfExists": {"aws:PrincipalIsAWSService": "true"}
      }
    }
    ```

    The keys are aws:SourceOrgID, aws:SourceOrgPaths, aws:SourceAccount and aws:SourceArn.
    A Null test asks only whether a key is there, and is not looked at.

    ## References

    - [AWS Organizations User Guide: Resource control policy examples](https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_examples.html)
    - [IAM User Guide: AWS global condition context keys](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html)
    - [Access Analyzer: RCP missing related service principal condition key](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-general-warning-rcp-missing-related-service-principal-condition-key)
    """

    code = "RCP_MISSING_RELATED_SERVICE_PRINCIPAL_CONDITION_KEY"
    severity = "warning"
    kinds = frozenset(("rcp",))

    def check_statement(self, statement: Statement, context: Context) -> Findings:
        """Reports each test of a source key, at the key."""
        if not statement.denies or requires(statement, "aws:principalisawsservice", "true"):
            return
        for test in value_tests(statement):
            if is_source_key(test.key.value):
                yield self.finding(
                    test.key,
                    f"this Deny tests `{test.key.value}`, which only AWS services send, and is not limited to them",
                    hint='add `"Bool": {"aws:PrincipalIsAWSService": "true"}`',
                )

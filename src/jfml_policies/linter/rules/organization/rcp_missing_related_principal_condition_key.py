"""RCP_MISSING_RELATED_PRINCIPAL_CONDITION_KEY."""

from __future__ import annotations

from jfml_policies.linter.questions.rcp_conditions import is_principal_key, requires, value_tests
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.nodes import Statement

__all__ = ["RcpMissingRelatedPrincipalConditionKey"]


class RcpMissingRelatedPrincipalConditionKey(Rule):
    """A Deny of a resource control policy tests who calls, and does not leave out AWS services.

    ## Why is this bad?

    An AWS service that calls for one of your accounts belongs to no account and no organization.
    A test such as StringNotEquals on the caller's organization is true for it, and the Deny cuts it off.
    Logs are not delivered then, and objects are not replicated.

    ## Example

    ```json
    {
      "Effect": "Deny",
      "Principal": "*",
      "Action": "s3:*",
      "Resource": "*",
      "Condition": {"StringNotEqualsIfExists": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}
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
        "StringNotEqualsIfExists": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"},
        "BoolIfExists": {"aws:PrincipalIsAWSService": "false"}
      }
    }
    ```

    The keys are aws:PrincipalArn, aws:PrincipalAccount, aws:PrincipalOrgID, aws:PrincipalOrgPaths and aws:PrincipalTag.
    A Null test asks only whether a key is there, and is not looked at.

    ## References

    - [AWS Organizations User Guide: Resource control policy examples](https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_examples.html)
    - [IAM User Guide: AWS global condition context keys](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html)
    - [Access Analyzer: RCP missing related principal condition key](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-general-warning-rcp-missing-related-principal-condition-key)
    """

    code = "RCP_MISSING_RELATED_PRINCIPAL_CONDITION_KEY"
    severity = "warning"
    kinds = frozenset(("rcp",))

    def check_statement(self, statement: Statement, context: Context) -> Findings:
        """Reports each test of a key of the principal, at the key."""
        if not statement.denies or requires(statement, "aws:principalisawsservice", "false"):
            return
        for test in value_tests(statement):
            if is_principal_key(test.key.value):
                yield self.finding(
                    test.key,
                    f"this Deny tests `{test.key.value}`, which AWS services lack, and does not leave them out",
                    hint='add `"BoolIfExists": {"aws:PrincipalIsAWSService": "false"}`',
                )

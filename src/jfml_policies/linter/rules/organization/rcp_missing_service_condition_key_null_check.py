"""RCP_MISSING_SERVICE_CONDITION_KEY_NULL_CHECK."""

from __future__ import annotations

from typing import Final

from jfml_policies.linter.questions.rcp_conditions import asks_presence, is_source_organization_key, value_tests
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.nodes import Statement

__all__ = ["RcpMissingServiceConditionKeyNullCheck"]

#: Keys that are in every request for which a service says on whose behalf it calls.
_GUARDS: Final = frozenset(("aws:sourceaccount", "aws:sourcearn"))


class RcpMissingServiceConditionKeyNullCheck(Rule):
    """A Deny of a resource control policy tests a service's source organization without asking whether there is one.

    ## Why is this bad?

    Some services call without saying for whom; their requests have no source organization.
    A test such as StringNotEqualsIfExists is true for them, and the Deny cuts these services off.

    ## Example

    ```json
    {
      "Effect": "Deny",
      "Principal": "*",
      "Action": "s3:*",
      "Resource": "*",
      "Condition": {
        "StringNotEqualsIfExists": {"aws:SourceOrgID": "o-a1b2c3d4e5"},
        "BoolIfExists": {"aws:PrincipalIsAWSService": "true"}
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

    The keys are aws:SourceOrgID and aws:SourceOrgPaths; the Null test may be on aws:SourceAccount or aws:SourceArn.

    ## References

    - [AWS Organizations User Guide: Resource control policy examples](https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_examples.html)
    - [IAM User Guide: AWS global condition context keys](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html)
    - [Access Analyzer: RCP missing service condition key null check](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-general-warning-rcp-missing-service-condition-key-null-check)
    """

    code = "RCP_MISSING_SERVICE_CONDITION_KEY_NULL_CHECK"
    severity = "warning"
    kinds = frozenset(("rcp",))

    def check_statement(self, statement: Statement, context: Context) -> Findings:
        """Reports each test of the source organization, at the key."""
        if not statement.denies or asks_presence(statement, _GUARDS):
            return
        for test in value_tests(statement):
            if is_source_organization_key(test.key.value):
                yield self.finding(
                    test.key,
                    f"this Deny tests `{test.key.value}`, which not every AWS service sends, without a Null test",
                    hint='add `"Null": {"aws:SourceAccount": "false"}`',
                )

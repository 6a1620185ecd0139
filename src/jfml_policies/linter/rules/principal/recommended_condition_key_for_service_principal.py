"""RECOMMENDED_CONDITION_KEY_FOR_SERVICE_PRINCIPAL."""

from __future__ import annotations

from jfml_policies.linter.questions.service_source import SOURCE_KEYS, WEAK_SOURCE_KEYS, names_key
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.kinds import RESOURCE_KINDS
from jfml_policies.policy.nodes import Statement

__all__ = ["RecommendedConditionKeyForServicePrincipal"]


class RecommendedConditionKeyForServicePrincipal(Rule):
    """A service is limited by `aws:Referer` where a key of its own for the source exists.

    ## Why is this bad?

    `aws:Referer` holds whatever the caller sends.
    It kept other customers of the service out only as long as the service itself filled it, and says nothing about the
    resource on whose behalf the service calls.

    ## Example

    ```json
    {
      "Effect": "Allow",
      "Principal": {"Service": "ses.amazonaws.com"},
      "Action": "s3:PutObject",
      "Resource": "arn:aws:s3:::acme-mail/*",
      "Condition": {"StringEquals": {"aws:Referer": "111122223333"}}
    }
    ```

    ## Use instead

    ```json
    {
      "Effect": "Allow",
      "Principal": {"Service": "ses.amazonaws.com"},
      "Action": "s3:PutObject",
      "Resource": "arn:aws:s3:::acme-mail/*",
      "Condition": {"StringEquals": {"aws:SourceAccount": "111122223333"}}
    }
    ```

    `aws:Referer` is the only such key that AWS's documentation names.

    ## References

    - [IAM User Guide: aws:SourceAccount](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-sourceaccount)
    - [Access Analyzer: Recommended condition key for service principal](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-suggestion-recommended-condition-key-for-service-principal)
    """

    code = "RECOMMENDED_CONDITION_KEY_FOR_SERVICE_PRINCIPAL"
    severity = "suggestion"
    confidence = "medium"
    kinds = RESOURCE_KINDS
    mentions = ("service",)

    def check_statement(self, statement: Statement, context: Context) -> Findings:
        """Reports the weak keys of an Allow for a service, unless a key for the source stands beside them."""
        if not statement.allows or statement.principal is None or not any(statement.principal.of_type("Service")):
            return
        if names_key(statement, SOURCE_KEYS):
            return
        for test in statement.tests:
            if test.key.value.lower() in WEAK_SOURCE_KEYS:
                yield self.finding(
                    test.key,
                    f"`{test.key.value}` limits a service's access only by a header that anybody can send",
                    hint="use `aws:SourceAccount` or `aws:SourceArn` instead",
                )

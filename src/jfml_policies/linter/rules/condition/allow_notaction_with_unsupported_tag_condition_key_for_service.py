"""ALLOW_NOTACTION_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE."""

from __future__ import annotations

from jfml_policies.linter.questions.resource_tags import tag_tests
from jfml_policies.linter.rule import Context, Findings, Rule, related
from jfml_policies.policy.kinds import IDENTITY_KINDS, RESOURCE_KINDS
from jfml_policies.policy.nodes import Statement

__all__ = ["AllowNotactionWithUnsupportedTagConditionKeyForService"]


class AllowNotactionWithUnsupportedTagConditionKeyForService(Rule):
    """An Allow combines NotAction with a resource tag.

    ## Why is this bad?

    Requests of many actions never carry the tag, so the statement allows far less than it seems to.
    Which actions those are changes with every service that AWS adds.

    ## Example

    ```json
    {
      "NotAction": ["iam:*", "sts:*"],
      "Condition": {"StringEquals": {"aws:ResourceTag/team": "ops"}}
    }
    ```

    ## Use instead

    ```json
    {
      "Action": ["ec2:StartInstances", "ec2:StopInstances"],
      "Condition": {"StringEquals": {"aws:ResourceTag/team": "ops"}}
    }
    ```

    Negated and `IfExists` tests hold without the tag, so they are not reported; `Null` tests are not looked at.

    ## References

    - [IAM User Guide: Controlling access to AWS resources using tags](https://docs.aws.amazon.com/IAM/latest/UserGuide/access_tags.html)
    - [Service Authorization Reference](https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html)
    - [Access Analyzer: Allow NotAction with unsupported tag condition key for service](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-suggestion-allow-notaction-with-unsupported-tag-condition-key-for-service)
    """

    code = "ALLOW_NOTACTION_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE"
    severity = "suggestion"
    kinds = IDENTITY_KINDS | RESOURCE_KINDS | {"scp"}
    mentions = ("notaction",)

    def check_statement(self, statement: Statement, context: Context) -> Findings:
        """Reports NotAction for each tag; the key is related."""
        if statement.not_action is None or not statement.allows:
            return
        for test in tag_tests(statement):
            yield self.finding(
                statement.not_action,
                f"actions whose requests never carry `{test.key.value}` are not allowed here",
                hint="list the actions that are meant in `Action`",
                related=(related(test.key, "this tag"),),
            )

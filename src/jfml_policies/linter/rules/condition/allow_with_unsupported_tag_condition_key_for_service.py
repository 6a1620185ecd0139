"""ALLOW_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE."""

from __future__ import annotations

from jfml_policies.linter.questions.resource_tags import actions_without_tags, other_places, tag_tests
from jfml_policies.linter.questions.statement_names import entries_name
from jfml_policies.linter.rule import Context, Findings, Rule, related
from jfml_policies.policy.kinds import IDENTITY_KINDS, RESOURCE_KINDS
from jfml_policies.policy.nodes import Statement

__all__ = ["AllowWithUnsupportedTagConditionKeyForService"]


class AllowWithUnsupportedTagConditionKeyForService(Rule):
    """An Allow by resource tag lists actions whose requests never carry the tag.

    ## Why is this bad?

    For such actions the test never holds, so the permission is missing, and the workload fails with AccessDenied.

    ## Example

    ```json
    {
      "Action": ["ec2:StopInstances", "ec2:DescribeInstances"],
      "Condition": {"StringEquals": {"aws:ResourceTag/team": "ops"}}
    }
    ```

    ## Use instead

    ```json
    {"Action": "ec2:StopInstances", "Condition": {"StringEquals": {"aws:ResourceTag/team": "ops"}}}
    ```

    Only actions written out in full are looked at, and those that create what they tag are left out.
    Negated and `IfExists` tests hold without the tag, so they are not reported; `Null` tests are not looked at.

    ## References

    - [IAM User Guide: Controlling access to AWS resources using tags](https://docs.aws.amazon.com/IAM/latest/UserGuide/access_tags.html)
    - [Service Authorization Reference](https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html)
    - [Access Analyzer: Allow with unsupported tag condition key for service](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-suggestion-allow-with-unsupported-tag-condition-key-for-service)
    """

    code = "ALLOW_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE"
    severity = "suggestion"
    kinds = IDENTITY_KINDS | RESOURCE_KINDS | {"scp"}
    mentions = ("resourcetag",)

    def check_statement(self, statement: Statement, context: Context) -> Findings:
        """Reports the first such action for each tag; the other actions and the key are related."""
        tests = list(tag_tests(statement)) if statement.allows else []
        actions = actions_without_tags(statement, context.catalog) if tests else []
        if not actions:
            return
        named, others = entries_name(actions), other_places(actions)
        them = "it" if len(actions) == 1 else "them"
        for test in tests:
            yield self.finding(
                actions[0],
                f"requests of {named} never carry `{test.key.value}`, so this Allow never grants {them}",
                hint=f"move {them} to an Allow without this key",
                related=(*others, related(test.key, "this tag")),
            )

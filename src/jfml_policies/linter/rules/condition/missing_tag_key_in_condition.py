"""MISSING_TAG_KEY_IN_CONDITION."""

from __future__ import annotations

from jfml_policies.linter.questions.tag_families import family_without_tag
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.nodes import Statement, Test

__all__ = ["MissingTagKeyInCondition"]


class MissingTagKeyInCondition(Rule):
    """A tag condition key does not say which tag.

    ## Why is this bad?

    AWS refuses the document: keys such as `aws:ResourceTag/team` need the name of a tag after the slash.

    ## Example

    ```json
    {"StringEquals": {"aws:ResourceTag": "ops"}}
    ```

    ## Use instead

    ```json
    {"StringEquals": {"aws:ResourceTag/team": "ops"}}
    ```

    Services' own tag keys (`ec2:ResourceTag/...`, `rds:db-tag/...`, `s3:ExistingObjectTag/...`) are checked as well.

    ## References

    - [IAM User Guide: Controlling access to AWS resources using tags](https://docs.aws.amazon.com/IAM/latest/UserGuide/access_tags.html)
    - [Service Authorization Reference](https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html)
    - [Access Analyzer: Missing tag key in condition](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-missing-tag-key-in-condition)
    """

    code = "MISSING_TAG_KEY_IN_CONDITION"
    severity = "error"
    mentions = ("tag",)

    def check_test(self, test: Test, statement: Statement, context: Context) -> Findings:
        """Reports the key."""
        family = family_without_tag(context.catalog, test.key.value)
        if family is not None:
            yield self.finding(
                test.key,
                f"`{test.key.value}` does not name a tag",
                hint=f"write `{family}TAG` with the name of a tag",
            )

"""INVALID_CONDITION_KEY_FORMAT."""

from __future__ import annotations

from jfml_policies.catalog import global_keys
from jfml_policies.linter.fixes.condition_fixes import rename_key
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.nodes import Statement, Test

__all__ = ["InvalidConditionKeyFormat"]


class InvalidConditionKeyFormat(Rule):
    """A condition key does not have the form `prefix:name`.

    ## Why is this bad?

    AWS refuses the document: every condition key has a prefix, `aws` or a service's, then a colon and a name.

    ## Example

    ```json
    {"IpAddress": {"SourceIp": "203.0.113.0/24"}}
    ```

    ## Use instead

    ```json
    {"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}
    ```

    ## References

    - [IAM User Guide: IAM JSON policy elements: Condition](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html)
    - [IAM User Guide: AWS global condition context keys](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html)
    - [Access Analyzer: Invalid condition key format](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-invalid-condition-key-format)
    """

    code = "INVALID_CONDITION_KEY_FORMAT"
    severity = "error"
    fixes = ("unsafe",)
    mentions = ("condition",)

    def check_test(self, test: Test, statement: Statement, context: Context) -> Findings:
        """Reports the key."""
        key = test.key.value
        prefix, _, name = key.partition(":")
        if prefix and name:
            return
        meant = global_keys.find(f"aws:{name or prefix}")
        near = meant.name if meant is not None and not meant.condition_key.is_template else None
        yield self.finding(
            test.key,
            f"`{key}` is not a condition key: it must have the form `prefix:name`",
            hint=f"did you mean `{near}`?" if near else "write the prefix `aws` or that of a service before the name",
            fix=rename_key(test, statement, near) if near else None,
        )

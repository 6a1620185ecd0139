"""INVALID_EXTERNAL_ID."""

from __future__ import annotations

from jfml_policies.linter.questions.demanding_tests import demands_value
from jfml_policies.linter.questions.external_ids import EXTERNAL_ID, can_be_external_id
from jfml_policies.linter.questions.statement_principals import holds_unknown
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.patterns.arn import has_wildcard
from jfml_policies.policy.nodes import Statement, Test

__all__ = ["InvalidExternalId"]


class InvalidExternalId(Rule):
    """A trust policy demands an external id that STS accepts from nobody.

    ## Why is this bad?

    An external id has 2 to 1224 characters: letters, digits and `_+=,.@:/-`.
    A call with any other is refused before the policy is looked at, so nobody meets the condition.
    Most often a placeholder such as `<external-id>` was left in.

    ## Example

    ```json
    {"StringEquals": {"sts:ExternalId": "<external-id>"}}
    ```

    ## Use instead

    ```json
    {"StringEquals": {"sts:ExternalId": "7c4b1f2e90d84a6c"}}
    ```

    ## References

    - [STS API Reference: AssumeRole, ExternalId](https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html)
    """

    code = "INVALID_EXTERNAL_ID"
    severity = "error"
    origin = "jfml"
    kinds = frozenset(("trust",))
    mentions = (EXTERNAL_ID,)

    def check_test(self, test: Test, statement: Statement, context: Context) -> Findings:
        """Reports each value of a demanding test; one with a wildcard or a variable is left to other rules."""
        if test.key.value.lower() != EXTERNAL_ID or not demands_value(test):
            return
        for value in test.values:
            text = value.value
            if holds_unknown(text) or has_wildcard(text):
                continue
            if not can_be_external_id(text):
                yield self.finding(
                    value,
                    f"`{text}` can be no external id",
                    hint="write the id that the vendor gave you: letters, digits and `_+=,.@:/-`, at least two",
                )

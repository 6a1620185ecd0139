"""EMPTY_SID_VALUE."""

from __future__ import annotations

from jfml_policies.linter.questions.elements import remove_element
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.nodes import Statement

__all__ = ["EmptySidValue"]


class EmptySidValue(Rule):
    """A Sid is the empty text.

    ## Why is this bad?

    Nothing tells readers of the policy, of findings or of a service's answers which statement is meant.

    ## Example

    ```json
    {"Sid": "", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::acme-features/*"}
    ```

    ## Use instead

    ```json
    {"Sid": "ReadFeatures", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::acme-features/*"}
    ```

    The fix removes the element: it grants and denies nothing.

    ## References

    - [IAM User Guide: IAM JSON policy elements: Sid](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_sid.html)
    - [Access Analyzer: Empty Sid value](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-suggestion-empty-sid-value)
    """

    code = "EMPTY_SID_VALUE"
    severity = "suggestion"
    fixes = ("safe",)
    mentions = ('""',)

    def check_statement(self, statement: Statement, context: Context) -> Findings:
        """Reports the Sid."""
        if statement.sid is not None and not statement.sid.value:
            yield self.finding(
                statement.sid,
                "`Sid` is empty",
                hint="name the statement, or remove `Sid`",
                fix=remove_element(statement, "Sid", safe=True),
            )

"""UNSUPPORTED_ELEMENT_COMBINATION."""

from __future__ import annotations

from jfml_policies.linter.questions.elements import written
from jfml_policies.linter.rule import Context, Findings, Rule, related
from jfml_policies.policy.nodes import Statement

__all__ = ["UnsupportedElementCombination"]


class UnsupportedElementCombination(Rule):
    """A statement has an element together with its negation.

    ## Why is this bad?

    AWS refuses the document: whether the statement is about the listed things or about all others is not said.
    Action and NotAction, Resource and NotResource, Principal and NotPrincipal exclude each other.

    ## Example

    ```json
    {"Effect": "Deny", "Action": "s3:*", "NotAction": "s3:GetObject", "Resource": "*"}
    ```

    ## Use instead

    ```json
    {"Effect": "Deny", "NotAction": "s3:GetObject", "Resource": "*"}
    ```

    ## References

    - [IAM User Guide: Grammar of the IAM JSON policy language](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html)
    - [IAM User Guide: IAM JSON policy element reference](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html)
    - [Access Analyzer: Unsupported element combination](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-unsupported-element-combination)
    """

    code = "UNSUPPORTED_ELEMENT_COMBINATION"
    severity = "error"
    mentions = ("not",)

    def check_statement(self, statement: Statement, context: Context) -> Findings:
        """Reports one finding a pair, at the element that stands first."""
        for name in ("Principal", "Action", "Resource"):
            keys = written(statement, name, f"Not{name}")
            if len(keys) == 2:
                first, second = keys
                yield self.finding(
                    first,
                    f"`{first.value}` and `{second.value}` can't stand in one statement",
                    hint="keep one of them, or make two statements",
                    related=(related(second, "the other element"),),
                )

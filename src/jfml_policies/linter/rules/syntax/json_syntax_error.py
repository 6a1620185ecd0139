"""JSON_SYNTAX_ERROR."""

from __future__ import annotations

from jfml_policies.errors import JsonSyntaxError as Error
from jfml_policies.findings import Finding, Span
from jfml_policies.linter.rule import Rule

__all__ = ["JsonSyntaxError"]


class JsonSyntaxError(Rule):
    """The text is not well-formed JSON.

    ## Why is this bad?

    AWS refuses the document as a whole, so nothing of what it says takes effect.
    A role that should have been limited keeps its old policy, or gets none.

    ## Example

    ```json
    {"Version": "2012-10-17", "Statement": [],}
    ```

    ## Use instead

    ```json
    {"Version": "2012-10-17", "Statement": []}
    ```

    JSON has no comments, no trailing commas, no single quotes and no `NaN`.

    ## References

    - [IAM User Guide: Grammar of the IAM JSON policy language](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html)
    - [Access Analyzer: JSON syntax error](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-json-syntax-error)
    """

    code = "JSON_SYNTAX_ERROR"
    severity = "error"

    @classmethod
    def report(cls, error: Error) -> Finding:
        """The finding for a text that could not be read."""
        return Finding(
            code=cls.code,
            severity=cls.severity,
            message=error.message,
            span=Span(error.offset, error.offset + 1),
            hint=error.hint,
        )

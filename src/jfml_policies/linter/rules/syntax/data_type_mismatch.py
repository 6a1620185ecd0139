"""DATA_TYPE_MISMATCH."""

from __future__ import annotations

from typing import Final

from jfml_policies.findings import Edit, Fix
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.nodes import Policy, Problem

__all__ = ["DataTypeMismatch"]

_ACCOUNT_DIGITS: Final = 12


class DataTypeMismatch(Rule):
    """An element has a JSON type that the policy grammar does not allow there.

    ## Why is this bad?

    AWS refuses the document, or reads it in another way than its author.
    Most often a list was written where an object belongs, or a number where AWS expects text.

    ## Example

    ```json
    {"Version": 20121017, "Statement": [{"Effect": "Allow", "Action": {"s3": "GetObject"}, "Resource": "*"}]}
    ```

    ## Use instead

    ```json
    {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}]}
    ```

    Condition values may be strings, numbers or booleans; everything else is text, a list of texts, or an object.

    ## Fix safety

    The fix puts an account's number among the principals into quotes.
    It is unsafe: AWS refuses the document as it is.

    ## References

    - [IAM User Guide: Grammar of the IAM JSON policy language](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html)
    - [Access Analyzer: Data type mismatch](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-data-type-mismatch)
    """

    code = "DATA_TYPE_MISMATCH"
    severity = "error"
    fixes = ("unsafe",)

    def check_policy(self, policy: Policy, context: Context) -> Findings:
        """Reports what the parser could not use."""
        for problem in policy.problems:
            if problem.kind == "data-type":
                yield self.finding(
                    problem,
                    f"{problem.name} must be {problem.expected}, not {problem.found}",
                    fix=_quoted(problem, policy.text),
                )


def _quoted(problem: Problem, text: str | None) -> Fix | None:
    if problem.found != "a number" or text is None or problem.span is None or "AWS" not in problem.path:
        return None
    number = text[problem.span.start : problem.span.end]
    if len(number) != _ACCOUNT_DIGITS or not number.isdecimal():
        return None
    return Fix(f"put `{number}` into quotes", (Edit(problem.span, f'"{number}"'),))

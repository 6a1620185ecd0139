"""TYPE_MISMATCH_STRING."""

from __future__ import annotations

import re
from typing import Final

from jfml_policies.linter.questions.condition_values import settled_values
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.nodes import Statement, Test
from jfml_policies.policy.operators import parse_operator

__all__ = ["TypeMismatchString"]

_BASE64: Final = re.compile(r"[A-Za-z0-9+/]*={0,2}")


class TypeMismatchString(Rule):
    """A value of `BinaryEquals` is not base64.

    ## Why is this bad?

    The value cannot be decoded, so the test never holds: an Allow grants nothing, and a Deny refuses nobody.

    ## Example

    ```json
    {"BinaryEquals": {"frob:Digest": "not base64!"}}
    ```

    ## Use instead

    ```json
    {"BinaryEquals": {"frob:Digest": "bm90IGJhc2U2NA=="}}
    ```

    ## References

    - [IAM User Guide: IAM JSON policy elements: Condition operators](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html)
    - [Access Analyzer: Type mismatch string](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-general-warning-type-mismatch-string)
    """

    code = "TYPE_MISMATCH_STRING"
    severity = "warning"
    mentions = ("binary",)

    def check_test(self, test: Test, statement: Statement, context: Context) -> Findings:
        """Reports each wrong value; one with a variable is another rule's business."""
        operator = parse_operator(test.operator.value)
        if operator is None or operator.family != "Binary":
            return
        for value in settled_values(test):
            if len(value.value) % 4 or not _BASE64.fullmatch(value.value):
                yield self.finding(
                    value,
                    f"`{value.value}` is not base64, which `{test.operator.value}` compares",
                    hint="write the bytes in base64, padded with `=` to a multiple of four characters",
                )

"""INVALID_VPCE_FORMAT."""

from __future__ import annotations

import re
from typing import Final

from jfml_policies.linter.questions.condition_values import literal_values
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.nodes import Statement, Test
from jfml_policies.policy.operators import parse_operator

__all__ = ["InvalidVpceFormat"]

_KEY: Final = "aws:sourcevpce"
_ID: Final = re.compile(r"vpce-(?:[0-9A-Za-z]{8}|[0-9A-Za-z]{17})")


class InvalidVpceFormat(Rule):
    """A value of `aws:SourceVpce` is not the id of a VPC endpoint.

    ## Why is this bad?

    No request comes from such a VPC endpoint.
    An Allow for one network grants nothing, and a Deny of all other networks refuses everybody.

    ## Example

    ```json
    {"StringEquals": {"aws:SourceVpce": "vpce-12345"}}
    ```

    ## Use instead

    ```json
    {"StringEquals": {"aws:SourceVpce": "vpce-1a2b3c4d"}}
    ```

    An id is `vpce-` and 8 or 17 letters and digits. A value with a wildcard or a variable is not reported.

    ## References

    - [IAM User Guide: AWS global condition context keys](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html)
    - [Access Analyzer: Invalid vpce format](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-invalid-vpce-format)
    """

    code = "INVALID_VPCE_FORMAT"
    severity = "error"
    mentions = ("sourcevpce",)

    def check_test(self, test: Test, statement: Statement, context: Context) -> Findings:
        """Reports each value of another form."""
        if test.key.value.lower() != _KEY:
            return
        operator = parse_operator(test.operator.value)
        if operator is None or operator.family != "String":
            return
        for value in literal_values(test):
            if not _ID.fullmatch(value.value):
                yield self.finding(
                    value,
                    f"`{value.value}` is not the id of a VPC endpoint",
                    hint="write `vpce-` and 8 or 17 letters and digits",
                )

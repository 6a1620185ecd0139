"""INVALID_REGION."""

from __future__ import annotations

from typing import Final

from jfml_policies.catalog.regions import REGIONS, is_region
from jfml_policies.linter.fixes.quick_fix import replace_text
from jfml_policies.linter.questions.condition_values import literal_values
from jfml_policies.linter.questions.key_contents import holds_region
from jfml_policies.linter.questions.near_names import NearNames
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.nodes import Statement, Test
from jfml_policies.policy.operators import parse_operator

__all__ = ["InvalidRegion"]

#: How many wrong values of one test are worth a suggestion: comparing names is slow.
_MOST_SUGGESTIONS: Final = 20
_NAMES: Final = NearNames(REGIONS)
_REQUESTED: Final = "aws:requestedregion"
_UNSPECIFIED: Final = "unspecified"


class InvalidRegion(Rule):
    """A value of a Region key is no AWS Region.

    ## Why is this bad?

    No request comes with such a Region.
    An Allow grants nothing there, and a Deny of everything outside a list of Regions refuses the Region that was meant.

    ## Example

    ```json
    {"StringEquals": {"aws:RequestedRegion": ["eu-west-1", "eu-west-9"]}}
    ```

    ## Use instead

    ```json
    {"StringEquals": {"aws:RequestedRegion": ["eu-west-1", "eu-central-1"]}}
    ```

    Besides `aws:RequestedRegion`, services' keys are checked whose values are Regions, such as `ec2:Region`.
    A value with a wildcard or a variable is not reported, nor is `unspecified`, which `aws:RequestedRegion` is where
    Bedrock itself chooses the Region.

    ## References

    - [Amazon Bedrock User Guide: Global cross-Region inference](https://docs.aws.amazon.com/bedrock/latest/userguide/global-cross-region-inference.html)
    - [AWS Regions](https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html)
    - [IAM User Guide: AWS global condition context keys](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html)
    - [Access Analyzer: Invalid region](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-invalid-region)
    """

    code = "INVALID_REGION"
    severity = "error"
    fixes = ("unsafe",)
    mentions = ("region",)

    def check_test(self, test: Test, statement: Statement, context: Context) -> Findings:
        """Reports each value that is no Region."""
        if not holds_region(test.key.value):
            return
        operator = parse_operator(test.operator.value)
        if operator is None or operator.family != "String":
            return
        ignores_case = operator.base.endswith("IgnoreCase")
        open_to = {_UNSPECIFIED} if test.key.value.lower() == _REQUESTED else set()
        values = [value for value in literal_values(test) if value.value not in open_to]
        wrong = [value for value in values if not is_region(value.value.lower() if ignores_case else value.value)]
        for place, value in enumerate(wrong):
            near = _NAMES.nearest(value.value) if place < _MOST_SUGGESTIONS else None
            yield self.finding(
                value,
                f"`{value.value}` is not an AWS Region",
                hint=f"did you mean `{near}`?" if near else "use a Region's code, such as `eu-west-1`",
                fix=replace_text(value, near) if near else None,
            )

"""UNSUPPORTED_SPACE_IN_VARIABLE."""

from __future__ import annotations

from jfml_policies.linter.fixes.variable_mends import mend_variables
from jfml_policies.linter.questions.policy_variables import broken_variables, values_with_variables
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.nodes import Statement, Test, Text

__all__ = ["UnsupportedSpaceInVariable"]


class UnsupportedSpaceInVariable(Rule):
    """The name of a policy variable has a space in it.

    ## Why is this bad?

    AWS refuses the document, or reads the text literally: the entry then matches nobody's resource.
    What the policy should give each user is given to none.

    ## Example

    ```json
    {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::acme-home/${aws: username}/*"}
    ```

    ## Use instead

    ```json
    {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::acme-home/${aws:username}/*"}
    ```

    Only Resource, NotResource and values of String and Arn operators are looked at, in policies of version 2012-10-17:
    elsewhere there are no variables.
    Spaces after the comma and inside a quoted default are fine.

    ## Fix safety

    The fix takes the spaces out of the name.
    It is unsafe: an entry that matched nothing begins to match.

    ## References

    - [IAM User Guide: IAM policy elements: Variables and tags](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html)
    - [Access Analyzer: Unsupported space in variable](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-unsupported-space-in-variable)
    """

    code = "UNSUPPORTED_SPACE_IN_VARIABLE"
    severity = "error"
    fixes = ("unsafe",)
    mentions = ("${",)

    def check_resource(self, resource: Text, statement: Statement, context: Context) -> Findings:
        """Looks at Resource and NotResource."""
        return self._check(resource, context)

    def check_test(self, test: Test, statement: Statement, context: Context) -> Findings:
        """Looks at the values of operators that take variables."""
        for value in values_with_variables(test):
            yield from self._check(value, context)

    def _check(self, text: Text, context: Context) -> Findings:
        if context.policy.has_variables:
            for written in broken_variables(text.value, "space-in-name")[:1]:
                yield self.finding(
                    text,
                    f"the name of `{written}` has a space",
                    hint="write the condition key without spaces",
                    fix=mend_variables(text, "space-in-name"),
                )

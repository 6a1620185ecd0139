"""MISSING_QUOTE_IN_VARIABLE."""

from __future__ import annotations

from jfml_policies.linter.fixes.variable_mends import mend_variables
from jfml_policies.linter.questions.policy_variables import broken_variables, values_with_variables
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.nodes import Statement, Test, Text

__all__ = ["MissingQuoteInVariable"]


class MissingQuoteInVariable(Rule):
    """The default value of a policy variable lacks a quote.

    ## Why is this bad?

    AWS refuses the document, or reads the text literally: the entry then matches nobody's resource.
    What the policy should give each user is given to none.

    ## Example

    ```json
    {"Effect": "Allow", "Action": "s3:GetObject",
     "Resource": "arn:aws:s3:::acme-home/${aws:PrincipalTag/team, 'common}/*"}
    ```

    ## Use instead

    ```json
    {"Effect": "Allow", "Action": "s3:GetObject",
     "Resource": "arn:aws:s3:::acme-home/${aws:PrincipalTag/team, 'common'}/*"}
    ```

    Only Resource, NotResource and values of String and Arn operators are looked at, in policies of version 2012-10-17:
    elsewhere there are no variables.

    ## Fix safety

    The fix writes both quotes, unless the default has one inside.
    It is unsafe: an entry that matched nothing begins to match.

    ## References

    - [IAM User Guide: IAM policy elements: Variables and tags](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html)
    - [Access Analyzer: Missing quote in variable](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-missing-quote-in-variable)
    """

    code = "MISSING_QUOTE_IN_VARIABLE"
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
            for written in broken_variables(text.value, "missing-quote")[:1]:
                yield self.finding(
                    text,
                    f"the default value in `{written}` lacks a quote",
                    hint="write the default in single quotes, as in `${aws:username, 'guest'}`",
                    fix=mend_variables(text, "missing-quote"),
                )

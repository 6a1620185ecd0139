"""VARIABLE_UNSUPPORTED_IN_ELEMENT."""

from __future__ import annotations

from jfml_policies.linter.questions.policy_variables import variables_in
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.nodes import Group, Policy, Principals, Statement, Test, Text

__all__ = ["VariableUnsupportedInElement"]


class VariableUnsupportedInElement(Rule):
    """A policy variable stands in an element where AWS does not replace it.

    ## Why is this bad?

    In principals, actions and condition keys `${...}` is literal text.
    Nobody is called `${aws:username}`, so the statement reaches nobody: in an Allow the access is missing, in a Deny
    what should be closed stays open.

    ## Example

    ```json
    "Principal": {"AWS": "arn:aws:iam::444455556666:user/${aws:username}"}
    ```

    ## Use instead

    ```json
    "Principal": {"AWS": "arn:aws:iam::444455556666:root"},
    "Condition": {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::444455556666:user/${aws:username}"}}
    ```

    A name without a colon, as in `${AccountId}`, is a template's placeholder and not reported.
    In an Id or a Sid it is reported as well: AWS's page names resources and conditions as the only places.

    ## References

    - [IAM User Guide: IAM policy elements: Variables and tags](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html)
    - [Access Analyzer: Variable unsupported in element](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-variable-unsupported-in-element)
    """

    code = "VARIABLE_UNSUPPORTED_IN_ELEMENT"
    severity = "error"
    mentions = ("${",)

    def check_policy(self, policy: Policy, context: Context) -> Findings:
        """Looks at the Id."""
        return self._check(policy.id, "in Id") if policy.id else ()

    def check_statement(self, statement: Statement, context: Context) -> Findings:
        """Looks at the Sid."""
        return self._check(statement.sid, "in Sid") if statement.sid else ()

    def check_principal(
        self, principal: Text, group: Group | None, principals: Principals, statement: Statement, context: Context
    ) -> Findings:
        """Looks at principals."""
        return self._check(principal, f"in {principals.name}")

    def check_action(self, action: Text, statement: Statement, context: Context) -> Findings:
        """Looks at actions."""
        return self._check(action, "in actions")

    def check_test(self, test: Test, statement: Statement, context: Context) -> Findings:
        """Looks at condition keys."""
        return self._check(test.key, "in condition keys")

    def _check(self, text: Text, where: str) -> Findings:
        for written in variables_in(text.value)[:1]:
            yield self.finding(
                text,
                f"AWS does not replace `{written}` {where}",
                hint="variables work in resources and in values of String and Arn operators",
            )

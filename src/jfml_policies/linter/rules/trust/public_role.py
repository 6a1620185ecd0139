"""PUBLIC_ROLE."""

from __future__ import annotations

from jfml_policies.linter.questions.role_assumption import includes
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.nodes import Statement

__all__ = ["PublicRole"]


class PublicRole(Rule):
    """A trust policy lets in every AWS account without any condition.

    ## Why is this bad?

    Whoever has an AWS account and learns the role's ARN may assume the role and do whatever it may.
    An ARN is no secret: it stands in logs and error messages, and names can be guessed.

    ## Example

    ```json
    {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"}
    ```

    ## Use instead

    ```json
    {
      "Effect": "Allow",
      "Principal": {"AWS": "*"},
      "Action": "sts:AssumeRole",
      "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}
    }
    ```

    Better still, name the roles or accounts that call.
    Any condition silences the rule, whether or not it limits the caller.
    The bare text `*` is refused by IAM and reported as such.

    ## References

    - [IAM User Guide: AWS JSON policy elements: Principal, all principals](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-anonymous)
    """

    code = "PUBLIC_ROLE"
    severity = "security-warning"
    origin = "jfml"
    kinds = frozenset(("trust",))
    mentions = ('"*"',)

    def check_statement(self, statement: Statement, context: Context) -> Findings:
        """Reports the `*` of an Allow that has no condition test."""
        if not statement.allows or statement.tests or statement.principal is None:
            return
        if not includes(statement, "sts:AssumeRole"):
            return
        for text in statement.principal.of_type("AWS"):
            if text.value == "*":
                yield self.finding(
                    text,
                    "everyone who has an AWS account may assume the role",
                    hint="name the roles or accounts that call, or add a condition such as `aws:PrincipalOrgID`",
                )

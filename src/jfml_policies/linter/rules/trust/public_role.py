"""PUBLIC_ROLE."""

from __future__ import annotations

from jfml_policies.linter.questions.role_assumption import includes
from jfml_policies.linter.questions.stranger_tests import keeps_strangers_out
from jfml_policies.linter.rule import Context, Findings, Rule, related
from jfml_policies.policy.nodes import Policy, Statement

__all__ = ["PublicRole"]


class PublicRole(Rule):
    """A trust policy lets in every AWS account without a condition that keeps strangers out.

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
    Conditions that anybody can meet don't count: tags of the caller or of the request, the session's name, MFA, the
    name of a role in any account, operators that only say who stays out, and `IfExists`.
    Any other condition silences the rule, and so does a Deny for everyone that has one.
    The bare text `*` is refused by IAM and reported as such.

    ## References

    - [IAM User Guide: AWS JSON policy elements: Principal, all principals](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-anonymous)
    """

    code = "PUBLIC_ROLE"
    severity = "security-warning"
    origin = "jfml"
    kinds = frozenset(("trust",))
    mentions = ('"*"',)

    def check_policy(self, policy: Policy, context: Context) -> Findings:
        """Reports the `*` of each Allow that a stranger can meet the conditions of."""
        if any(_refuses(statement) for statement in policy.statements):
            return
        for statement in policy.statements:
            if not statement.allows or keeps_strangers_out(statement) or not includes(statement, "sts:AssumeRole"):
                continue
            for text in statement.principal.of_type("AWS") if statement.principal else ():
                if text.value == "*":
                    yield self.finding(
                        text,
                        "everyone who has an AWS account "
                        + ("can meet the conditions and assume the role" if statement.tests else "may assume the role"),
                        hint="name the roles or accounts that call, or add a condition such as `aws:PrincipalOrgID`",
                        related=tuple([related(test, "anybody can meet this") for test in statement.tests[:20]]),
                    )


def _refuses(statement: Statement) -> bool:
    """Whether a Deny with a condition is about everyone: whom it lets pass is not worked out here."""
    principals = statement.principal
    return (
        statement.denies
        and bool(statement.tests)
        and principals is not None
        and any(text.value == "*" for text in principals.of_type("AWS"))
        and includes(statement, "sts:AssumeRole")
    )

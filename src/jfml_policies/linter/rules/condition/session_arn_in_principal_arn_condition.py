"""SESSION_ARN_IN_PRINCIPAL_ARN_CONDITION."""

from __future__ import annotations

from jfml_policies.linter.fixes.quick_fix import replace_text
from jfml_policies.linter.questions.caller_account import is_session_arn
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.patterns.arn import Arn
from jfml_policies.policy.nodes import Statement, Test
from jfml_policies.policy.operators import parse_operator

__all__ = ["SessionArnInPrincipalArnCondition"]


class SessionArnInPrincipalArnCondition(Rule):
    """`aws:PrincipalArn` is compared with the ARN of a role's session, which it never is.

    ## Why is this bad?

    For a session the key holds the ARN of the role.
    An Allow with such a test lets nobody in, a Deny keeps nobody out, and with a negated operator an exception that
    was made for the session does not hold.

    ## Example

    ```json
    {"ArnLike": {"aws:PrincipalArn": "arn:aws:sts::111122223333:assumed-role/Deploy/*"}}
    ```

    ## Use instead

    ```json
    {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::111122223333:role/Deploy"}}
    ```

    A role's ARN also holds its path, which the session's ARN lacks: `role/team/Deploy`.
    To tell one session from another, compare `sts:RoleSessionName` when the role is assumed, or `aws:userid`.

    ## References

    - [IAM User Guide: aws:PrincipalArn](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalarn)
    """

    code = "SESSION_ARN_IN_PRINCIPAL_ARN_CONDITION"
    severity = "warning"
    fixes = ("unsafe",)
    origin = "jfml"
    mentions = (":sts:",)

    def check_test(self, test: Test, statement: Statement, context: Context) -> Findings:
        """Reports each session ARN."""
        if test.key.value.lower() != "aws:principalarn":
            return
        operator = parse_operator(test.operator.value)
        if operator is None or operator.family not in ("String", "Arn"):
            return
        for value in test.values:
            if is_session_arn(value.value):
                role = _role_of(value.value)
                yield self.finding(
                    value,
                    f"`aws:PrincipalArn` is never the ARN of a session such as `{value.value}`",
                    hint=f"compare it with the role: `{role}`, with its path if it has one",
                    fix=replace_text(value, role),
                )


def _role_of(session: str) -> str:
    """The ARN of the role whose session it is, as far as the session's ARN tells."""
    arn = Arn.parse(session)
    name = arn.resource.split("/", 2)[1]
    return str(Arn(arn.partition, "iam", "", arn.account, f"role/{name}"))

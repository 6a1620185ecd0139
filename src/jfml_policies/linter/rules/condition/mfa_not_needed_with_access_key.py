"""MFA_NOT_NEEDED_WITH_ACCESS_KEY."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jfml_policies.linter.fixes.condition_fixes import change_operator
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.kinds import IDENTITY_KINDS
from jfml_policies.policy.nodes import Policy, Statement, Test

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["MfaNotNeededWithAccessKey"]

_KEY: Final = "aws:multifactorauthpresent"
#: Keys that limit a statement to callers of one kind; then the calls with access keys may be none of them.
_CALLER: Final = ("aws:principalarn", "aws:principaltype", "aws:userid", "aws:tokenissuetime", "aws:username")
#: Parts of the ARNs of principals that have temporary credentials only.
_ROLES: Final = (":role/", ":assumed-role/", ":federated-user/")


class MfaNotNeededWithAccessKey(Rule):
    """A statement that demands MFA lets in calls with an access key, which never have it.

    ## Why is this bad?

    `aws:MultiFactorAuthPresent` is only in requests with temporary credentials.
    Whoever holds the access key of an IAM user, a thief too, calls without it: a Deny that waits for `false` does not
    refuse the call, and `IfExists` in an Allow lets it pass.

    ## Example

    ```json
    {"Effect": "Deny", "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "false"}}}
    ```

    ## Use instead

    ```json
    {"Effect": "Deny", "Condition": {"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}}}
    ```

    In an Allow it is the other way round: `Bool` with `"true"` demands MFA, `BoolIfExists` does not.

    It is not reported where a `Null` test of the key, or a key of the caller such as `aws:PrincipalArn`, stands in the
    statement, where the statement names roles or services only, nor where another Deny of the document refuses calls
    without the key.

    ## References

    - [IAM User Guide: AWS global condition context keys](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-multifactorauthpresent)
    - [IAM User Guide: Amazon EC2: Requires MFA for specific operations](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_examples_ec2_require-mfa.html)
    """

    code = "MFA_NOT_NEEDED_WITH_ACCESS_KEY"
    severity = "security-warning"
    origin = "jfml"
    fixes = ("unsafe",)
    kinds = IDENTITY_KINDS | {"scp", "trust", "resource"}
    mentions = (_KEY,)

    def check_policy(self, policy: Policy, context: Context) -> Findings:
        """Reports each test that lets calls without the key pass."""
        if any(_refuses_without_key(statement) for statement in policy.statements):
            return
        for statement in policy.statements:
            if any(_is_limiting(test) for test in statement.tests) or not _reaches_users(statement):
                continue
            for test in _mfa_tests(statement):
                if statement.denies and _is(test, "Bool", "false"):
                    yield self.finding(
                        test,
                        f"this Deny does not refuse calls with an access key, which have no `{test.key.value}`",
                        hint="use `BoolIfExists`",
                        fix=change_operator(test, statement.condition, "BoolIfExists"),
                    )
                elif statement.allows and _is(test, "BoolIfExists", "true"):
                    yield self.finding(
                        test,
                        f"this Allow lets in calls with an access key, which have no `{test.key.value}`",
                        hint="use `Bool`",
                        fix=change_operator(test, statement.condition, "Bool"),
                    )


def _reaches_users(statement: Statement) -> bool:
    """Whether a statement may be about IAM users: it names no principals, or some that are not roles or services."""
    principals = statement.principals
    if principals is None or principals is statement.not_principal or principals.text is not None:
        return True
    return any(not any(part in value.value for part in _ROLES) for value in principals.of_type("AWS"))


def _mfa_tests(statement: Statement) -> Iterator[Test]:
    return (test for test in statement.tests if test.key.value.lower() == _KEY)


def _is(test: Test, operator: str, value: str) -> bool:
    return test.operator.value == operator and [entry.value.lower() for entry in test.values] == [value]


def _is_limiting(test: Test) -> bool:
    """Whether a test says which callers are meant, or asks for the key."""
    key = test.key.value.lower()
    return key in _CALLER or (key == _KEY and test.operator.value == "Null")


def _refuses_without_key(statement: Statement) -> bool:
    tests = _mfa_tests(statement)
    return statement.denies and any(_is(test, "BoolIfExists", "false") or _is(test, "Null", "true") for test in tests)

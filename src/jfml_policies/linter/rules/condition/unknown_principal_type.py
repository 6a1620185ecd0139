"""UNKNOWN_PRINCIPAL_TYPE."""

from __future__ import annotations

from typing import Final

from jfml_policies.linter.fixes.quick_fix import replace_text
from jfml_policies.linter.questions.condition_values import literal_values
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.nodes import Statement, Test
from jfml_policies.policy.operators import parse_operator

__all__ = ["UnknownPrincipalType"]

_TYPES: Final = ("Account", "Anonymous", "AssumedRole", "FederatedUser", "User")
#: Words that people write for a type, without spaces and in lower case.
_MEANT: Final = {
    **{name.lower(): name for name in _TYPES},
    "iamrole": "AssumedRole",
    "role": "AssumedRole",
    "assumed-role": "AssumedRole",
    "iamuser": "User",
    "federated": "FederatedUser",
    "federated-user": "FederatedUser",
    "root": "Account",
    "rootuser": "Account",
}


class UnknownPrincipalType(Rule):
    """`aws:PrincipalType` is compared with a word that is no type of principal.

    ## Why is this bad?

    The test never holds: an Allow lets nobody in, and a Deny with a negated operator shuts out everyone.

    ## Example

    ```json
    {"StringEquals": {"aws:PrincipalType": "Role"}}
    ```

    ## Use instead

    ```json
    {"StringEquals": {"aws:PrincipalType": "AssumedRole"}}
    ```

    The types are `Account` (the root user), `User`, `AssumedRole`, `FederatedUser` and `Anonymous`, in this letter case
    except under an operator that ignores it.
    Only words that clearly stand for one of these are reported.

    ## References

    - [IAM User Guide: aws:PrincipalType](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principaltype)
    - [IAM User Guide: Policy variables, principal key values](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#principaltable)
    """

    code = "UNKNOWN_PRINCIPAL_TYPE"
    severity = "warning"
    origin = "jfml"
    fixes = ("unsafe",)
    mentions = ("aws:principaltype",)

    def check_test(self, test: Test, statement: Statement, context: Context) -> Findings:
        """Reports each value that stands for a type without being one."""
        if test.key.value.lower() != "aws:principaltype":
            return
        operator = parse_operator(test.operator.value)
        if operator is None or operator.family != "String":
            return
        for value in literal_values(test):
            meant = _MEANT.get(value.value.lower().replace(" ", ""))
            same = value.value.lower() == meant.lower() if meant and operator.base.endswith("IgnoreCase") else False
            if meant is not None and meant != value.value and not same:
                yield self.finding(
                    value,
                    f"`{value.value}` is never a value of `aws:PrincipalType`",
                    hint=f"did you mean `{meant}`?",
                    fix=replace_text(value, meant),
                )

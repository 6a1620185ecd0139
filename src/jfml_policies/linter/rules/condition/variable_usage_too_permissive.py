"""VARIABLE_USAGE_TOO_PERMISSIVE."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from jfml_policies.linter.questions.loose_guards import guard_of, is_loose
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.kinds import RESOURCE_KINDS
from jfml_policies.policy.nodes import Statement, Test
from jfml_policies.policy.operators import parse_operator

__all__ = ["VariableUsageTooPermissive"]

_HINTS: Final = MappingProxyType(
    {
        "sensitive": "write the value itself",
        "user-id": "put the variable behind the colon, as in `AROAEXAMPLEID:${aws:username}`",
        "subject": "put at least six characters directly before each variable",
    }
)


class VariableUsageTooPermissive(Rule):
    """A policy variable makes a condition too weak a guard.

    ## Why is this bad?

    The value of a variable such as `${aws:PrincipalTag/home}` is often the caller's to choose.
    Compared with the caller's account, organization or network it lets in whoever chooses it well.

    ## Example

    ```json
    {"StringEquals": {"aws:PrincipalAccount": "${aws:PrincipalTag/home}"}}
    ```

    ## Use instead

    ```json
    {"StringEquals": {"aws:PrincipalAccount": "111122223333"}}
    ```

    Reported are variables in keys that name an account, an organization or a network,
    in `aws:userid` left of the colon unless the variable stands there alone,
    and in a web identity's subject (`...:sub`) in a trust policy with fewer than six characters directly before them.
    Identity policies are not checked: there AWS's validator says nothing.
    `${AWS::AccountId}` and `${var.account_id}` are a template's placeholders, filled in before AWS reads the policy.

    ## References

    - [IAM User Guide: AWS global condition context keys](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html)
    - [IAM User Guide: IAM policy elements: Variables and tags](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html)
    - [Access Analyzer: Variable usage too permissive](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-variable-usage-too-permissive)
    """

    code = "VARIABLE_USAGE_TOO_PERMISSIVE"
    severity = "error"
    kinds = RESOURCE_KINDS | {"trust", "rcp"}
    confidence = "medium"
    mentions = ("${",)

    def check_test(self, test: Test, statement: Statement, context: Context) -> Findings:
        """Reports each value."""
        guard = guard_of(test.key.value, is_trust=context.kind == "trust")
        operator = None if guard is None else parse_operator(test.operator.value)
        if guard is None or operator is None or not operator.facts.variables or not context.policy.has_variables:
            return
        for value in test.values:
            if is_loose(value.value, guard, "variable", has_variables=True):
                yield self.finding(
                    value,
                    f"`{value.value}` leaves too much open: a variable in `{test.key.value}` weakens the guard",
                    hint=_HINTS[guard],
                )

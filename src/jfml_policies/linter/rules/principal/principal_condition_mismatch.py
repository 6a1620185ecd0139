"""PRINCIPAL_CONDITION_MISMATCH."""

from __future__ import annotations

from typing import Final

from jfml_policies.catalog.vendor_accounts import Vendor, vendor_of
from jfml_policies.findings import Fix
from jfml_policies.linter.fixes.quick_fix import replace_text
from jfml_policies.linter.questions.caller_account import (
    CallerTest,
    account_in,
    account_principals,
    caller_tests,
    fits,
    names_a_caller,
)
from jfml_policies.linter.rule import Context, Findings, Rule, related
from jfml_policies.patterns.arn import is_account_id
from jfml_policies.patterns.principal import Principal
from jfml_policies.policy.nodes import Statement, Text

__all__ = ["PrincipalConditionMismatch"]

#: Pairs of a principal and a value of one test; a larger test is not looked at.
_MOST_PAIRS: Final = 10_000


class PrincipalConditionMismatch(Rule):
    """A statement names one principal and asks in its condition for another.

    ## Why is this bad?

    Nobody is both, so the statement applies to nobody: an Allow lets nobody in, a Deny keeps nobody out.
    It happens when an account id stands in two places and only one of them is filled in or corrected.

    ## Example

    ```json
    {
      "Effect": "Allow",
      "Principal": {"AWS": "arn:aws:iam::377488441568:root"},
      "Action": "sts:AssumeRole",
      "Condition": {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::111122223333:role/qwak-eks-base*"}}
    }
    ```

    ## Use instead

    ```json
    {
      "Effect": "Allow",
      "Principal": {"AWS": "arn:aws:iam::377488441568:root"},
      "Action": "sts:AssumeRole",
      "Condition": {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::377488441568:role/qwak-eks-base*"}}
    }
    ```

    Compared are the accounts, users and roles of the principal with the values of `aws:PrincipalArn` and
    `aws:PrincipalAccount` under operators that ask for a match.
    Of several values, or principals, each that fits nothing on the other side is reported.
    A value that is no ARN of a user or role, as one without `role/`, fits nobody.
    Policy variables, session ARNs and partitions that differ are left to other rules.
    A wildcard under an exact operator is another rule's finding as well; here it is read as it was meant.

    ## References

    - [IAM User Guide: aws:PrincipalArn](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalarn)
    - [IAM User Guide: aws:PrincipalAccount](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalaccount)
    """

    code = "PRINCIPAL_CONDITION_MISMATCH"
    severity = "warning"
    fixes = ("unsafe",)
    origin = "jfml"
    kinds = frozenset(("resource", "endpoint", "trust"))
    mentions = ("condition",)

    def check_statement(self, statement: Statement, context: Context) -> Findings:
        """Reports the values that fit no principal, and the principals that no value fits."""
        if not statement.tests:
            return
        principals = account_principals(statement)
        for caller in caller_tests(statement) if principals else ():
            values = caller.test.values
            if principals and len(principals) * len(values) <= _MOST_PAIRS:
                yield from self._compare(caller, principals, context.settings.vendors)

    def _compare(
        self, caller: CallerTest, principals: list[tuple[Text, Principal]], known: tuple[Vendor, ...]
    ) -> Findings:
        values = caller.test.values
        fitting = [
            (value, text) for value in values for text, principal in principals if fits(caller, value.value, principal)
        ]
        first, principal = principals[0]
        if not fitting:
            one = len(principals) == 1
            who = f"the principal `{first.value}` never" if one else "no principal of the statement"
            yield self.finding(
                values[0],
                f"{who} matches `{values[0].value}`, so the statement applies to nobody",
                hint=_hint(caller, values[0], principal, known),
                fix=_fix(caller, values[0], first, principal, known) if one and len(values) == 1 else None,
                related=tuple([related(text, "this principal") for text, _ in principals[:20]]),
            )
            return
        used_values, used_principals = {id(value) for value, _ in fitting}, {id(text) for _, text in fitting}
        for value in values:
            if id(value) not in used_values:
                yield self.finding(
                    value,
                    f"`{value.value}` fits no principal of the statement, so it has no effect",
                    hint=_hint(caller, value, principal, known),
                    related=tuple([related(text, "this principal") for text, _ in principals[:20]]),
                )
        for text, _ in principals:
            if id(text) not in used_principals:
                yield self.finding(
                    text,
                    f"`{text.value}` fits no value of `{caller.test.key.value}`, so the statement is not about it",
                    hint="remove the principal, or add a value for it",
                    related=(related(caller.test, "these values"),),
                )


def _hint(caller: CallerTest, value: Text, principal: Principal, known: tuple[Vendor, ...]) -> str:
    if caller.key == "aws:principalarn" and not names_a_caller(value.value):
        return f"the key holds ARNs such as `arn:aws:iam::{principal.account}:role/NAME`"
    account = account_in(caller, value.value)
    if account == principal.account:
        return "name the same user or role in both, or leave the condition out"
    vendor = vendor_of(principal.account, known) or vendor_of(account, known)
    if vendor is not None:
        return f"write `{vendor.account}`, the account of {vendor.name}, in both"
    return f"write the same account in both: the principal's is `{principal.account}`"


def _fix(caller: CallerTest, value: Text, text: Text, principal: Principal, known: tuple[Vendor, ...]) -> Fix | None:
    """The account of one side written on the other, when it is clear which is right."""
    account, other = account_in(caller, value.value), principal.account
    if account == other or not account:
        return None
    if vendor_of(other, known) or not is_account_id(account):
        return replace_text(value, value.value.replace(account, other, 1))
    if vendor_of(account, known):
        return replace_text(text, text.value.replace(other, account, 1))
    return None

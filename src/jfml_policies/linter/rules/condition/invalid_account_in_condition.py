"""INVALID_ACCOUNT_IN_CONDITION."""

from __future__ import annotations

from typing import Final

from jfml_policies.findings import Fix
from jfml_policies.linter.fixes.quick_fix import replace_text
from jfml_policies.linter.questions.condition_values import literal_values
from jfml_policies.linter.questions.vendor_roles import near_vendor
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.patterns.arn import Arn, is_account_id
from jfml_policies.policy.nodes import Statement, Test, Text
from jfml_policies.policy.operators import parse_operator

__all__ = ["InvalidAccountInCondition"]

_KEYS: Final = frozenset(
    ("aws:principalaccount", "aws:resourceaccount", "aws:sourceaccount", "aws:vpceaccount", "s3:resourceaccount")
)
#: What the key holds of a caller without credentials.
_ANONYMOUS: Final = "anonymous"


class InvalidAccountInCondition(Rule):
    """A condition compares an account's id with something that is none.

    ## Why is this bad?

    The test never holds: an Allow lets nobody in, and a Deny for all other accounts shuts out the one that was meant.

    ## Example

    ```json
    {"StringEquals": {"aws:SourceAccount": "1111-2222-3333"}}
    ```

    ## Use instead

    ```json
    {"StringEquals": {"aws:SourceAccount": "111122223333"}}
    ```

    An id has twelve digits.
    A number in JSON loses leading zeros, so ids are written as texts.
    `aws:PrincipalAccount` may also be `anonymous`.

    ## References

    - [IAM User Guide: AWS global condition context keys](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html)
    """

    code = "INVALID_ACCOUNT_IN_CONDITION"
    severity = "warning"
    origin = "jfml"
    fixes = ("unsafe",)
    mentions = tuple(sorted(_KEYS))

    def check_test(self, test: Test, statement: Statement, context: Context) -> Findings:
        """Reports each value without wildcards and variables."""
        key = test.key.value.lower()
        if key not in _KEYS:
            return
        operator = parse_operator(test.operator.value)
        if operator is None or operator.family != "String":
            return
        for value in literal_values(test):
            if is_account_id(value.value) or (key == "aws:principalaccount" and value.value == _ANONYMOUS):
                continue
            meant = _meant(value.value)
            yield self.finding(
                value,
                f"`{value.value}` is no account id, which `{test.key.value}` holds",
                hint=f"did you mean `{meant}`?" if meant else "write the twelve digits of the account",
                fix=_fix(value, meant),
            )


def _meant(text: str) -> str | None:
    """The account id that a text most likely stands for, or None."""
    if len(text) > 2048:
        return None
    digits = text.replace("-", "").replace(" ", "")
    if is_account_id(digits):
        return digits
    arn = Arn.try_parse(text)
    if arn is not None and is_account_id(arn.account):
        return arn.account
    vendor = near_vendor(text)
    return vendor.account if vendor else None


def _fix(value: Text, meant: str | None) -> Fix | None:
    return replace_text(value, meant) if meant else None

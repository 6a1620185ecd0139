"""WIDE_VENDOR_ROLE_PATTERN."""

from __future__ import annotations

from itertools import islice
from typing import Final

from jfml_policies.catalog.vendor_accounts import VENDORS, Vendor, vendor_of
from jfml_policies.linter.questions.caller_account import account_principals, caller_tests
from jfml_policies.linter.questions.statement_principals import holds_unknown
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.patterns.arn import Arn
from jfml_policies.patterns.glob import is_subset
from jfml_policies.policy.nodes import Statement

__all__ = ["WideVendorRolePattern"]

#: Tests of a statement, values of a test, and characters of a value that are looked at.
_MOST_TESTS: Final = 20
_MOST_VALUES: Final = 50
_LONGEST: Final = 256


class WideVendorRolePattern(Rule):
    """A condition on the caller holds more of a vendor's roles than those that call.

    ## Why is this bad?

    The vendor publishes the names of the roles that assume yours; its other systems, with other duties and perhaps
    weaker protection, have no business there.

    ## Example

    ```json
    {
      "Effect": "Allow",
      "Principal": {"AWS": "arn:aws:iam::377488441568:root"},
      "Action": "sts:AssumeRole",
      "Condition": {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::377488441568:role/*"}}
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

    Reported are patterns that hold all of a published one and more.
    Roles that the vendor does not publish may be special to you and are not reported.

    ## References

    - [JFrog ML: Accessing AWS Resources with IAM Role](https://docs.qwak.com/)
    - [IAM User Guide: aws:PrincipalArn](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalarn)
    """

    code = "WIDE_VENDOR_ROLE_PATTERN"
    severity = "warning"
    origin = "jfml"
    kinds = frozenset(("trust",))
    mentions = tuple(account for account, vendor in VENDORS.items() if vendor.role_patterns)

    def check_statement(self, statement: Statement, context: Context) -> Findings:
        """Reports each such value of an Allow whose principals are all of one vendor's account."""
        vendor = _only_vendor(statement, context) if statement.allows else None
        if vendor is None:
            return
        for caller in islice(caller_tests(statement), _MOST_TESTS):
            if caller.key != "aws:principalarn" or not caller.operator.facts.patterns:
                continue
            for value in caller.test.values[:_MOST_VALUES]:
                if _is_wider(value.value, vendor):
                    patterns = " and ".join(
                        f"`arn:{vendor.partition}:iam::{vendor.account}:{pattern}`" for pattern in vendor.role_patterns
                    )
                    yield self.finding(
                        value,
                        f"`{value.value}` holds other roles of {vendor.name} than those that call",
                        hint=f"the roles that call are {patterns}",
                    )


def _only_vendor(statement: Statement, context: Context) -> Vendor | None:
    """The vendor whose account all principals of a statement are, when it publishes its roles."""
    accounts = {principal.account for _, principal in account_principals(statement) or ()}
    vendor = vendor_of(accounts.pop(), context.settings.vendors) if len(accounts) == 1 else None
    return vendor if vendor is not None and vendor.role_patterns else None


def _is_wider(value: str, vendor: Vendor) -> bool:
    """Whether a pattern of ARNs holds all roles of a published pattern, and more."""
    arn = Arn.try_parse(value) if len(value) <= _LONGEST and not holds_unknown(value) else None
    if arn is None or arn.account != vendor.account:
        return False
    return any(is_subset(pattern, arn.resource) for pattern in vendor.role_patterns) and not any(
        is_subset(arn.resource, pattern) for pattern in vendor.role_patterns
    )

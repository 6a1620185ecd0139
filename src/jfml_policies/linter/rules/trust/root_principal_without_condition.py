"""ROOT_PRINCIPAL_WITHOUT_CONDITION."""

from __future__ import annotations

from jfml_policies.catalog.vendor_accounts import Vendor, vendor_of
from jfml_policies.linter.questions.role_assumption import includes
from jfml_policies.linter.questions.statement_principals import read_principals
from jfml_policies.linter.questions.vendor_roles import near_vendor
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.nodes import Statement, Test
from jfml_policies.policy.operators import parse_operator

__all__ = ["RootPrincipalWithoutCondition"]


class RootPrincipalWithoutCondition(Rule):
    """A trust policy lets in a whole account without any condition.

    ## Why is this bad?

    `arn:aws:iam::ACCOUNT:root`, or the bare account id, is not the root user: it is every user and role of the
    account that the account's own administrators permit.
    At a vendor that serves many customers any of its systems may then assume the role, also on behalf of another
    customer who knows the role's ARN.

    ## Example

    ```json
    {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::377488441568:root"}, "Action": "sts:AssumeRole"}
    ```

    ## Use instead

    Name the role that calls, or say in a condition which one it is, or ask for the external id that the vendor made.

    ```json
    {
      "Effect": "Allow",
      "Principal": {"AWS": "arn:aws:iam::377488441568:root"},
      "Action": "sts:AssumeRole",
      "Condition": {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::377488441568:role/qwak-eks-base*"}}
    }
    ```

    Of a vendor that sends an external id the account is `missing-external-id` instead, and one that is nearly a
    vendor's is `wrong-vendor-account`.
    A test with `ArnNotLike` on `aws:PrincipalArn` alone counts as none: it names who stays out.
    A policy does not say to which account it belongs.
    For your own account the form is common, and leaves the choice to the identity policies of that account;
    `trusted-accounts` of a configuration names such accounts, and they are not reported.

    ## References

    - [IAM User Guide: AWS JSON policy elements: Principal, AWS account principals](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-accounts)
    - [IAM User Guide: The confused deputy problem](https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html)
    """

    code = "ROOT_PRINCIPAL_WITHOUT_CONDITION"
    severity = "security-warning"
    confidence = "medium"
    origin = "jfml"
    kinds = frozenset(("trust",))

    def check_statement(self, statement: Statement, context: Context) -> Findings:
        """Reports each account of an Allow that has no condition test, or only tests of who stays out."""
        limited = any(not _lets_others_in(test) for test in statement.tests)
        if not statement.allows or limited or not includes(statement, "sts:AssumeRole"):
            return
        for text, principal in read_principals(statement.principal):
            if principal.kind != "account" or principal.account in context.settings.trusted_accounts:
                continue
            if near_vendor(principal.account, context.settings.vendors) is not None:
                continue
            vendor = vendor_of(principal.account, context.settings.vendors)
            if vendor is None or vendor.external_id == "not offered":
                yield self.finding(
                    text,
                    f"every user and role that account `{principal.account}` permits may assume the role",
                    hint=_hint(vendor),
                )


def _lets_others_in(test: Test) -> bool:
    """Whether a test on the caller only names who stays out, so that everybody else of the account gets in."""
    operator = parse_operator(test.operator.value)
    return operator is not None and operator.negated and test.key.value.lower() == "aws:principalarn"


def _hint(vendor: Vendor | None) -> str:
    if vendor is None:
        return "name the role that calls, or add a condition on `aws:PrincipalArn` or, for a vendor, `sts:ExternalId`"
    patterns = " and ".join(
        f"`arn:{vendor.partition}:iam::{vendor.account}:{pattern}`" for pattern in vendor.role_patterns
    )
    roles = f"the roles of {vendor.name}" + (f": {patterns}" if patterns else "")
    return f"compare `aws:PrincipalArn` by `ArnLike` with {roles}"

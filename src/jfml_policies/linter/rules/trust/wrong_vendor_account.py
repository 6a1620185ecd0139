"""WRONG_VENDOR_ACCOUNT."""

from __future__ import annotations

from itertools import islice
from typing import Final

from jfml_policies.catalog.vendor_accounts import Vendor
from jfml_policies.findings import Fix
from jfml_policies.linter.fixes.quick_fix import replace_texts
from jfml_policies.linter.questions.caller_account import account_in, caller_tests
from jfml_policies.linter.questions.statement_principals import read_principals
from jfml_policies.linter.questions.vendor_roles import near_vendor, vendor_of_role
from jfml_policies.linter.rule import Context, Findings, Rule, related
from jfml_policies.policy.nodes import Statement, Text

__all__ = ["WrongVendorAccount"]

#: Tests of a statement, and values of one, that are looked at.
_MOST_TESTS: Final = 50
_MOST_VALUES: Final = 1_000


class WrongVendorAccount(Rule):
    """A trust policy is written for a vendor's roles but lets in another account than the vendor's.

    ## Why is this bad?

    The vendor can't assume the role.
    Whoever owns the account that stands there instead can: a role of the right name is quickly made.

    ## Example

    ```json
    {
      "Effect": "Allow",
      "Principal": {"AWS": "arn:aws:iam::377488441586:root"},
      "Action": "sts:AssumeRole",
      "Condition": {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::377488441586:role/qwak-eks-base*"}}
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

    Reported are role names that a vendor publishes (JFrog ML's `qwak-eks-base*` and
    `eksctl-Qwak-EKS-Cluster-nodegroup-*`, Databricks' Unity Catalog role) in another account than the published one,
    and accounts that differ from a vendor's in one or two digits.
    JFrog ML can also run in an account of your own; then the finding does not apply, and `trusted-accounts` of a
    configuration says so for good.
    Where principal and condition name different accounts, `principal-condition-mismatch` says so instead.

    ## References

    - [JFrog ML: Accessing AWS Resources with IAM Role](https://docs.qwak.com/)
    - [IAM User Guide: Access to AWS accounts owned by third parties](https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html)
    """

    code = "WRONG_VENDOR_ACCOUNT"
    severity = "security-warning"
    fixes = ("unsafe",)
    confidence = "medium"
    origin = "jfml"
    kinds = frozenset(("trust",))

    def check_statement(self, statement: Statement, context: Context) -> Findings:
        """Reports each account among the principals that stands where a vendor's should."""
        if not statement.allows:
            return
        known = context.settings.vendors
        principals: dict[str, list[Text]] = {}
        by_role: dict[str, Vendor] = {}
        for text, principal in read_principals(statement.principal):
            if principal.account and principal.type == "AWS":
                principals.setdefault(principal.account, []).append(text)
                named_vendor = vendor_of_role(text.value, known) if principal.kind == "role" else None
                if named_vendor is not None:
                    by_role.setdefault(principal.account, named_vendor)
        named = _named_accounts(statement) if principals else {}
        for account, texts in named.items():
            found = next((vendor for text in texts if (vendor := vendor_of_role(text.value, known))), None)
            if found is not None:
                by_role.setdefault(account, found)
        for account, texts in principals.items():
            if account in context.settings.trusted_accounts:
                continue
            near, of_role = near_vendor(account, known), by_role.get(account)
            vendor = of_role or near
            if vendor is None or vendor.account == account or vendor.account in named:
                continue
            places = [*texts, *named.get(account, ())]
            whose = f"that of {vendor.name}, " + (
                "whose roles the statement names" if of_role else f"which is `{vendor.account}`"
            )
            product = vendor.name.removesuffix(" Cloud")
            yield self.finding(
                texts[0],
                f"account `{account}` is not {whose}",
                hint=f"did you mean `{vendor.account}`?"
                if near == vendor
                else f"write `{vendor.account}`, or keep `{account}` if {product} runs in it",
                fix=_replace(places, account, vendor.account),
                related=tuple([related(place, "the same account") for place in places[1:20]]),
            )


def _named_accounts(statement: Statement) -> dict[str, list[Text]]:
    """Account -> the values of conditions on the caller that name it."""
    named: dict[str, list[Text]] = {}
    for caller in islice(caller_tests(statement), _MOST_TESTS):
        for value in caller.test.values[:_MOST_VALUES]:
            named.setdefault(account_in(caller, value.value), []).append(value)
    return named


def _replace(places: list[Text], account: str, right: str) -> Fix:
    changes = [(place, place.value.replace(account, right)) for place in places]
    return replace_texts(sorted(changes, key=lambda change: change[0].start))

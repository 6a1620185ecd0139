"""EXTERNAL_ID_NEVER_SENT."""

from __future__ import annotations

from jfml_policies.catalog.vendor_accounts import Vendor, vendor_of
from jfml_policies.linter.questions.demanding_tests import demands_value
from jfml_policies.linter.questions.external_ids import EXTERNAL_ID
from jfml_policies.linter.questions.statement_principals import read_principals
from jfml_policies.linter.rule import Context, Findings, Rule, related
from jfml_policies.policy.nodes import Statement, Text

__all__ = ["ExternalIdNeverSent"]


class ExternalIdNeverSent(Rule):
    """A trust policy demands an external id of a vendor that has no way to send one.

    ## Why is this bad?

    The vendor's calls carry no external id, so the test fails for all of them and the role can never be assumed.
    None of JFrog ML Cloud's settings for data sources, builds, deployments and batch executions has a field for it.

    ## Example

    ```json
    {
      "Effect": "Allow",
      "Principal": {"AWS": "arn:aws:iam::377488441568:root"},
      "Action": "sts:AssumeRole",
      "Condition": {"StringEquals": {"sts:ExternalId": "7c4b1f2e90d84a6c"}}
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

    A name or path of the role that nobody can guess takes the external id's place as far as anything does.
    Tests with `IfExists`, negated operators and `Null` pass without an id and are not reported, nor are statements
    that let in others as well.

    ## References

    - [JFrog ML: Accessing AWS Resources with IAM Role](https://docs.qwak.com/)
    - [IAM User Guide: sts:ExternalId](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#ck_externalid)
    """

    code = "EXTERNAL_ID_NEVER_SENT"
    severity = "warning"
    origin = "jfml"
    kinds = frozenset(("trust",))
    mentions = (EXTERNAL_ID,)

    def check_statement(self, statement: Statement, context: Context) -> Findings:
        """Reports the key of each test of an Allow that demands an id."""
        tests = [test for test in statement.tests if test.key.value.lower() == EXTERNAL_ID and demands_value(test)]
        found = _only_vendor(statement, context) if tests and statement.allows else None
        if found is None:
            return
        text, vendor = found
        patterns = " or ".join(
            f"`arn:{vendor.partition}:iam::{vendor.account}:{pattern}`" for pattern in vendor.role_patterns
        )
        for test in tests:
            yield self.finding(
                test.key,
                f"{vendor.name} never sends `{test.key.value}`, so it can't assume the role",
                hint=f"compare `aws:PrincipalArn` by `ArnLike` with {patterns} instead"
                if patterns
                else "remove the test and name the role that calls",
                related=(related(text, f"the account of {vendor.name}"),),
            )


def _only_vendor(statement: Statement, context: Context) -> tuple[Text, Vendor] | None:
    """The vendor behind all principals of a statement, when it sends no external id."""
    known = context.settings.vendors
    found = [(text, vendor_of(principal.account, known)) for text, principal in read_principals(statement.principal)]
    if not found or any(vendor is None or vendor.external_id != "not offered" for _, vendor in found):
        return None
    text, vendor = found[0]
    return None if vendor is None else (text, vendor)

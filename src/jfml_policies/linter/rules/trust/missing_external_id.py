"""MISSING_EXTERNAL_ID."""

from __future__ import annotations

from jfml_policies.catalog.vendor_accounts import VENDORS, vendor_of
from jfml_policies.linter.questions.external_ids import EXTERNAL_ID
from jfml_policies.linter.questions.role_assumption import includes
from jfml_policies.linter.questions.statement_principals import read_principals
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.nodes import Policy, Statement
from jfml_policies.policy.operators import parse_operator

__all__ = ["MissingExternalId"]


class MissingExternalId(Rule):
    """A trust policy lets in a vendor that serves many customers without comparing the external id.

    ## Why is this bad?

    The vendor assumes the roles that its customers enter.
    Another customer who enters your role's ARN makes the vendor read your data for them (the confused deputy); the
    external id, which the vendor gives to one customer only, is what stops it.

    ## Example

    ```json
    {
      "Effect": "Allow",
      "Principal": {"AWS": "arn:aws:iam::464622532012:root"},
      "Action": "sts:AssumeRole",
      "Condition": {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::464622532012:role/*"}}
    }
    ```

    ## Use instead

    ```json
    {
      "Effect": "Allow",
      "Principal": {"AWS": "arn:aws:iam::464622532012:root"},
      "Action": "sts:AssumeRole",
      "Condition": {"StringEquals": {"sts:ExternalId": "7c4b1f2e90d84a6c"}}
    }
    ```

    Reported are accounts of vendors whose pages describe an external id, whichever conditions stand beside them:
    they tell which of the vendor's systems calls, not for whom.
    Any test on `sts:ExternalId` in the statement silences the rule, and so does a Deny that looks at it.
    `vendor-accounts` of a configuration tells of vendors that we do not know.
    Such an account without any condition is this rule's finding, not `root-principal-without-condition`.

    ## References

    - [IAM User Guide: The confused deputy problem](https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html)
    - [IAM User Guide: Access to AWS accounts owned by third parties](https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html)
    """

    code = "MISSING_EXTERNAL_ID"
    severity = "security-warning"
    origin = "jfml"
    kinds = frozenset(("trust",))
    mentions = tuple(account for account, vendor in VENDORS.items() if vendor.external_id != "not offered")

    def check_policy(self, policy: Policy, context: Context) -> Findings:
        """Reports each principal of such a vendor in an Allow that nothing ties to the external id."""
        if any(_refuses(statement) for statement in policy.statements):
            return
        for statement in policy.statements:
            if not statement.allows or _tests_it(statement) or not includes(statement, "sts:AssumeRole"):
                continue
            for text, principal in read_principals(statement.principal):
                vendor = vendor_of(principal.account, context.settings.vendors) if principal.type == "AWS" else None
                if vendor is not None and vendor.external_id != "not offered":
                    yield self.finding(
                        text,
                        f"any customer of {vendor.name} who knows the role's ARN can have it assumed for them",
                        hint=f"compare `sts:ExternalId` by `StringEquals` with the id that {vendor.name} shows you",
                    )


def _tests_it(statement: Statement) -> bool:
    return any(test.key.value.lower() == EXTERNAL_ID for test in statement.tests)


def _refuses(statement: Statement) -> bool:
    """Whether a Deny keeps out those without the right external id."""
    operators = [
        parse_operator(test.operator.value) for test in statement.tests if test.key.value.lower() == EXTERNAL_ID
    ]
    return (
        statement.denies
        and includes(statement, "sts:AssumeRole")
        and any(operator is not None and (operator.negated or operator.family == "Null") for operator in operators)
    )

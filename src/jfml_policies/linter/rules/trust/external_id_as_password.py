"""EXTERNAL_ID_AS_PASSWORD."""

from __future__ import annotations

from jfml_policies.linter.questions.demanding_tests import demands_value
from jfml_policies.linter.questions.external_ids import EXTERNAL_ID
from jfml_policies.linter.questions.role_assumption import includes
from jfml_policies.linter.questions.stranger_tests import stranger_tests
from jfml_policies.linter.rule import Context, Findings, Rule, related
from jfml_policies.policy.nodes import Statement

__all__ = ["ExternalIdAsPassword"]


class ExternalIdAsPassword(Rule):
    """A trust policy lets in every AWS account that sends the external id.

    ## Why is this bad?

    An external id is no secret: it stands in the vendor's console, in CloudTrail and in this document, whose readers
    need no further permission.
    It says for whom a vendor calls; who calls is for the principal to say.

    ## Example

    ```json
    {
      "Effect": "Allow",
      "Principal": {"AWS": "*"},
      "Action": "sts:AssumeRole",
      "Condition": {"StringEquals": {"sts:ExternalId": "7c4b1f2e90d84a6c"}}
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

    Any other condition that keeps strangers out silences the rule.
    An external id that need not be sent is `external-id-not-required`, and the role then a `public-role`.

    ## References

    - [IAM User Guide: Access to AWS accounts owned by third parties](https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html)
    """

    code = "EXTERNAL_ID_AS_PASSWORD"
    severity = "security-warning"
    origin = "jfml"
    kinds = frozenset(("trust",))
    mentions = (EXTERNAL_ID,)

    def check_statement(self, statement: Statement, context: Context) -> Findings:
        """Reports the `*` of an Allow that only the external id limits."""
        if not statement.allows or statement.principal is None or not includes(statement, "sts:AssumeRole"):
            return
        passed = {id(test) for test in stranger_tests(statement)}
        limits = [test for test in statement.tests if id(test) not in passed]
        if not limits or not all(test.key.value.lower() == EXTERNAL_ID and demands_value(test) for test in limits):
            return
        for text in statement.principal.of_type("AWS"):
            if text.value == "*":
                yield self.finding(
                    text,
                    "whoever learns the external id may assume the role, from any AWS account",
                    hint="name the account or role of the vendor as principal",
                    related=(related(limits[0], "the only limit"),),
                )

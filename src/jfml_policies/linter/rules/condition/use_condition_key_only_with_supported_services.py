"""USE_CONDITION_KEY_ONLY_WITH_SUPPORTED_SERVICES."""

from __future__ import annotations

from jfml_policies.linter.questions.vpc_endpoint_keys import is_vpc_endpoint_key, unconfined
from jfml_policies.linter.rule import Context, Findings, Rule, related
from jfml_policies.policy.nodes import Listing, Statement, Test

__all__ = ["UseConditionKeyOnlyWithSupportedServices"]


class UseConditionKeyOnlyWithSupportedServices(Rule):
    """A key of the VPC endpoint's owner is used with actions of services that do not supply it.

    ## Why is this bad?

    Requests to such services never carry the key.
    An Allow grants nothing there, and a Deny of all other networks refuses every call, the wanted ones too.

    ## Example

    ```json
    {"Action": "sns:Publish", "Condition": {"StringEquals": {"aws:VpceAccount": "111122223333"}}}
    ```

    ## Use instead

    ```json
    {"Action": "s3:GetObject", "Condition": {"StringEquals": {"aws:VpceAccount": "111122223333"}}}
    ```

    The keys are `aws:VpceAccount`, `aws:VpceOrgPaths` and `aws:VpceOrgID`; the last is supplied by more services.
    `*`, a wildcard in a service's prefix, NotAction and `iam:PassRole` reach beyond these services.

    ## References

    - [IAM User Guide: AWS global condition context keys](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html)
    - [Access Analyzer: Use condition key only with supported services](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-general-warning-use-condition-key-only-with-supported-services)
    """

    code = "USE_CONDITION_KEY_ONLY_WITH_SUPPORTED_SERVICES"
    severity = "warning"
    mentions = ("aws:vpce",)

    def check_test(self, test: Test, statement: Statement, context: Context) -> Findings:
        """Reports the key; what reaches beyond is related."""
        if not is_vpc_endpoint_key(test.key.value):
            return
        beyond = unconfined(statement, test.key.value, context.catalog)
        if beyond is None:
            return
        name = beyond.name if isinstance(beyond, Listing) else beyond.value
        yield self.finding(
            test.key,
            f"`{test.key.value}` does not come with every action that `{name}` covers",
            hint="list only actions of services that supply the key",
            related=(related(beyond, "reaches beyond the services that supply the key"),),
        )

"""UNSUPPORTED_CONDITION_KEY_FOR_SERVICE_PRINCIPAL."""

from __future__ import annotations

from typing import Final

from jfml_policies.linter.rule import Context, Findings, Rule, related
from jfml_policies.policy.kinds import RESOURCE_KINDS
from jfml_policies.policy.nodes import Principals, Statement, Test, Text
from jfml_policies.policy.operators import parse_operator

__all__ = ["UnsupportedConditionKeyForServicePrincipal"]

# What only principals with an account have; a service principal belongs to no account and no organization.
_INSTEAD: Final = {
    "aws:principalaccount": "aws:SourceAccount",
    "aws:principalorgid": "aws:SourceOrgID",
    "aws:principalorgpaths": "aws:SourceOrgPaths",
    "aws:username": None,
    "aws:multifactorauthage": None,
    "aws:multifactorauthpresent": None,
}
_TAGS: Final = "aws:principaltag/"


class UnsupportedConditionKeyForServicePrincipal(Rule):
    """A statement for an AWS service compares a key that the service's calls never carry.

    ## Why is this bad?

    A service principal has no account, organization, tags or MFA device.
    An Allow with such a condition lets nobody in; a Deny with a negated one shuts the service out.

    ## Example

    ```json
    {
      "Effect": "Allow",
      "Principal": {"Service": "cloudfront.amazonaws.com"},
      "Action": "s3:GetObject",
      "Resource": "arn:aws:s3:::acme-site/*",
      "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}
    }
    ```

    ## Use instead

    ```json
    {
      "Effect": "Allow",
      "Principal": {"Service": "cloudfront.amazonaws.com"},
      "Action": "s3:GetObject",
      "Resource": "arn:aws:s3:::acme-site/*",
      "Condition": {"StringEquals": {"aws:SourceArn": "arn:aws:cloudfront::111122223333:distribution/EDFDVBD6EXAMPLE"}}
    }
    ```

    AWS publishes one example and no table of keys by service.
    So only keys that no service principal can have are reported, only where all principals of the statement are
    services, and not under `Null`, which asks just whether the key is there.
    An operator with `IfExists` is reported as well: its test always holds for a service, so it limits no Allow, and as
    far as it goes a Deny strikes every call.

    ## References

    - [IAM User Guide: AWS global condition context keys](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html)
    - [Access Analyzer: Unsupported condition key for service principal](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-unsupported-condition-key-for-service-principal)
    """

    code = "UNSUPPORTED_CONDITION_KEY_FOR_SERVICE_PRINCIPAL"
    severity = "error"
    confidence = "medium"
    kinds = RESOURCE_KINDS
    mentions = ("service",)

    def check_test(self, test: Test, statement: Statement, context: Context) -> Findings:
        """Reports the key."""
        key = test.key.value.lower()
        if key not in _INSTEAD and not (key.startswith(_TAGS) and key != _TAGS):
            return
        operator = parse_operator(test.operator.value)
        service = _first_service(statement.principal)
        if operator is None or operator.family == "Null" or service is None:
            return
        instead = _INSTEAD.get(key)
        yield self.finding(
            test.key,
            f"calls by `{service.value}` never carry `{test.key.value}`",
            hint=f"use `{instead}` to compare on whose behalf the service calls" if instead else "remove the condition",
            related=(related(service, "this principal"),),
        )


def _first_service(principals: Principals | None) -> Text | None:
    """The first principal where all are services, else None."""
    if principals is None or any(group.type.value != "Service" for group in principals.groups):
        return None
    return next(iter(principals.of_type("Service")), None)

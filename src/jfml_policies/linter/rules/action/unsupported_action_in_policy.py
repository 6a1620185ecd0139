"""UNSUPPORTED_ACTION_IN_POLICY."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from jfml_policies.catalog import Catalog
from jfml_policies.catalog.resource_policy_types import actions_in
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.patterns.arn import has_wildcard
from jfml_policies.policy.nodes import Statement, Text

__all__ = ["UnsupportedActionInPolicy"]

_TRUST: Final = "AWS::IAM::AssumeRolePolicyDocument"


class UnsupportedActionInPolicy(Rule):
    """An action cannot be done to the kind of resource that the policy is attached to.

    ## Why is this bad?

    A bucket policy is asked about buckets and their objects only, a role trust policy about assuming the role.
    An action of anything else is refused when the policy is saved, or grants and denies nothing.

    ## Example

    In the policy of an S3 bucket:

    ```json
    {"Effect": "Allow", "Principal": {"AWS": "444455556666"}, "Action": ["s3:GetObject", "kms:Decrypt"],
     "Resource": "arn:aws:s3:::acme-features/*"}
    ```

    ## Use instead

    ```json
    {"Effect": "Allow", "Principal": {"AWS": "444455556666"}, "Action": "s3:GetObject",
     "Resource": "arn:aws:s3:::acme-features/*"}
    ```

    The check needs the type of the resource: pass `resource_type`, as in `AWS::S3::Bucket`.
    Role trust policies have it by nature.
    Actions with wildcards, and actions that do not exist, are not reported here.

    ## References

    - [S3 User Guide: Policy actions for Amazon S3](https://docs.aws.amazon.com/AmazonS3/latest/userguide/security_iam_service-with-iam.html)
    - [Access Analyzer: Unsupported action in policy](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-unsupported-action-in-policy)
    """

    code = "UNSUPPORTED_ACTION_IN_POLICY"
    severity = "error"
    kinds = frozenset(("resource", "trust"))

    def check_action(self, action: Text, statement: Statement, context: Context) -> Findings:
        """Reports an existing action, written out, that is none of the resource type's."""
        resource_type = _TRUST if context.kind == "trust" else context.policy.resource_type
        if resource_type is None or has_wildcard(action.value):
            return
        supported = _supported(resource_type, context.catalog)
        if not supported or action.value.lower() in supported:
            return
        known = context.catalog.action(action.value)
        if known is not None and not known.retired:
            where = "a role trust policy" if resource_type == _TRUST else f"a policy on `{resource_type}`"
            yield self.finding(
                action,
                f"`{action.value}` can't be done to the resource of {where}",
                hint="remove it, or grant it in the policy of the resource or principal that it is about",
            )


@lru_cache(maxsize=16)
def _supported(resource_type: str, catalog: Catalog) -> frozenset[str]:
    return frozenset([name.lower() for name in actions_in(resource_type, catalog)])

"""UNSUPPORTED_RESOURCE_ARN_IN_POLICY."""

from __future__ import annotations

from functools import lru_cache

from jfml_policies.catalog import ArnFormat, Catalog
from jfml_policies.catalog.resource_policy_types import RESOURCE_POLICY_TYPES
from jfml_policies.linter.questions.arn_demands import format_index
from jfml_policies.linter.questions.known_services import is_known_arn_service
from jfml_policies.linter.questions.resource_arn import as_pattern, is_literal, resource_arn
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.patterns.arn import Arn, has_wildcard
from jfml_policies.patterns.glob import intersects
from jfml_policies.policy.nodes import Statement, Text

__all__ = ["UnsupportedResourceArnInPolicy"]


class UnsupportedResourceArnInPolicy(Rule):
    """A resource ARN can't name the kind of resource that the policy is attached to.

    ## Why is this bad?

    A bucket policy is asked about its bucket and the objects in it only.
    AWS refuses other ARNs when the policy is saved; where it doesn't, the statement grants and denies nothing.

    ## Example

    ```json
    "Resource": [
      "arn:aws:s3:::acme-features/*",
      "arn:aws:kms:eu-west-1:111122223333:key/8c7b6a59-4d3c-2b1a-0f9e-8d7c6b5a4f3e"
    ]
    ```

    ## Use instead

    ```json
    "Resource": "arn:aws:s3:::acme-features/*"
    ```

    The check needs the type of the resource: pass `resource_type`, as in `AWS::S3::Bucket`.
    Patterns that may reach the right kind are fine.
    A service that does not exist, or is written with capital letters, is the business of `invalid-service` and
    `invalid-arn-service-case`.

    ## References

    - [Service Authorization Reference: resource types of each service](https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html)
    - [Access Analyzer: Unsupported resource arn in policy](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-unsupported-resource-arn-in-policy)
    """

    code = "UNSUPPORTED_RESOURCE_ARN_IN_POLICY"
    severity = "error"
    kinds = frozenset(("resource",))
    mentions = ("resource",)

    def check_resource(self, resource: Text, statement: Statement, context: Context) -> Findings:
        """Reports an ARN that fits none of the resource type's formats."""
        resource_type = context.policy.resource_type
        arn = resource_arn(resource.value)
        if resource_type is None or arn is None or not arn.resource:
            return
        if is_literal(arn.service) and not is_known_arn_service(context.catalog, arn.service):
            return
        formats = _formats_of(resource_type, context.catalog)
        if formats and not _may_name(arn, formats, context.catalog):
            yield self.finding(
                resource,
                f"`{resource.value}` can't be the resource of a policy on `{resource_type}`",
                hint=f"it reads like `{formats[0].resource_type}`: "
                f"`arn:...:{formats[0].service}:...:{formats[0].resource}`",
            )


@lru_cache(maxsize=32)
def _formats_of(resource_type: str, catalog: Catalog) -> tuple[ArnFormat, ...]:
    kind = RESOURCE_POLICY_TYPES.get(resource_type)
    names = kind.resource_types if kind else ()
    return tuple(
        [
            entry
            for prefix, name in names
            for entry in catalog.arn_formats(prefix)
            if entry.resource_type.lower() == name.lower()
        ]
    )


def _may_name(arn: Arn, formats: tuple[ArnFormat, ...], catalog: Catalog) -> bool:
    """Whether the ARN fits one of the formats in service and resource, and is not plainly something else."""
    service, resource = as_pattern(arn.service), as_pattern(arn.resource)
    fitting = [
        entry
        for entry in formats
        if intersects(service, entry.service) and intersects(resource, entry.resource_pattern)
    ]
    if not fitting or any(_fits_fields(arn, entry) for entry in fitting):
        return bool(fitting)
    # A Region or account too many may be a mistake of its own, or make it the ARN of another kind: an access point's.
    others = format_index(catalog, arn.service).candidates(resource)
    return not any(_fits_fields(arn, entry) and intersects(resource, entry.resource_pattern) for entry in others)


def _fits_fields(arn: Arn, entry: ArnFormat) -> bool:
    return _fits(arn.region, entry.region) and _fits(arn.account, entry.account)


def _fits(field: str, demand: str) -> bool:
    if has_wildcard(field) or "${" in field:
        return True
    return not field if demand == "empty" else bool(field)

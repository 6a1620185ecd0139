"""INVALID_SERVICE_CONDITION_KEY."""

from __future__ import annotations

from typing import Final

from jfml_policies.catalog import Catalog
from jfml_policies.linter.fixes.condition_fixes import rename_key
from jfml_policies.linter.questions.known_services import is_known_prefix
from jfml_policies.linter.questions.near_condition_key import lacks_tag, near_condition_key
from jfml_policies.linter.questions.statement_principals import holds_unknown
from jfml_policies.linter.questions.suggestion_budget import suggestions_per_statement
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.nodes import Statement

__all__ = ["InvalidServiceConditionKey"]

#: So many tests of a statement are looked at; no policy that AWS takes has room for more.
_MOST_TESTS: Final = 5_000


class InvalidServiceConditionKey(Rule):
    """A condition key begins with a service's prefix, and the service has no such key.

    ## Why is this bad?

    No request carries the key.
    In an Allow the test fails for everyone and the permission is missing; under `IfExists` or a negated operator it
    holds for everyone, so the limit that it should be does not exist.

    ## Example

    ```json
    {"StringEquals": {"sts:ExternalID1": "north-7"}}
    ```

    ## Use instead

    ```json
    {"StringEquals": {"sts:ExternalId": "north-7"}}
    ```

    Letter case does not matter, and keys such as `ec2:ResourceTag/team` take any tag.
    A key that lacks its tag, such as `ec2:ResourceTag`, is reported as `missing-tag-key-in-condition`.
    Keys of unknown prefixes, of retired services and of identity providers are not judged, except those of `saml`.
    A key that is newer than the catalogue is reported as well: `jfml-policies catalog` shows its date,
    `jfml-policies catalog build` makes a fresher one.

    ## References

    - [Service Authorization Reference](https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html)
    - [Access Analyzer: Invalid service condition key](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-invalid-service-condition-key)
    """

    code = "INVALID_SERVICE_CONDITION_KEY"
    severity = "error"
    fixes = ("unsafe",)
    mentions = ("condition",)

    def check_statement(self, statement: Statement, context: Context) -> Findings:
        """Reports each unknown key, with the near one as fix."""
        catalog = context.catalog
        left = suggestions_per_statement(context.policy)
        for test in statement.tests[:_MOST_TESTS]:
            key = test.key.value
            prefix, _, name = key.partition(":")
            if not name or holds_unknown(key) or not _is_judged(catalog, prefix):
                continue
            if catalog.condition_key(key) is not None or lacks_tag(catalog, key):
                continue
            near = near_condition_key(catalog, key) if left > 0 else None
            left -= 1
            yield self.finding(
                test.key,
                f"`{key}` is not a condition key of {prefix}",
                hint=f"did you mean `{near}`?" if near else f"the catalogue is of {catalog.date}",
                fix=rename_key(test, statement, near) if near else None,
            )


def _is_judged(catalog: Catalog, prefix: str) -> bool:
    """Whether the catalogue knows all keys with the prefix."""
    if prefix.lower() in ("aws", "saml"):
        return prefix.lower() == "saml"
    return is_known_prefix(catalog, prefix) and not catalog.is_retired_service(prefix)

"""WILDCARD_USAGE_TOO_PERMISSIVE."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from jfml_policies.linter.questions.loose_guards import guard_of, is_loose
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.kinds import RESOURCE_KINDS
from jfml_policies.policy.nodes import Statement, Test
from jfml_policies.policy.operators import parse_operator

__all__ = ["WildcardUsageTooPermissive"]

_HINTS: Final = MappingProxyType(
    {
        "sensitive": "write the whole value",
        "user-id": "put the wildcard behind the colon, as in `AROAEXAMPLEID:*`",
        "subject": "put at least six characters directly before each wildcard, such as the organization and repository",
    }
)


class WildcardUsageTooPermissive(Rule):
    """A wildcard makes a condition too weak a guard.

    ## Why is this bad?

    A pattern such as `o-a1b2*` or `repo:*` also fits organizations, accounts and repositories of strangers.
    Anyone can register one that fits, and comes in.

    ## Example

    ```json
    {"StringLike": {"aws:PrincipalOrgID": "o-a1b2*"}}
    ```

    ## Use instead

    ```json
    {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}
    ```

    Reported are wildcards in keys that name an account, an organization or a network,
    in `aws:userid` left of the colon unless the wildcard stands there alone,
    and in a web identity's subject (`...:sub`) in a trust policy with fewer than six characters directly before them.
    Identity policies are not checked: there AWS's validator says nothing.

    ## References

    - [IAM User Guide: AWS global condition context keys](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html)
    - [IAM User Guide: Create a role for OpenID Connect federation](https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html)
    - [Access Analyzer: Wildcard usage too permissive](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-wildcard-usage-too-permissive)
    """

    code = "WILDCARD_USAGE_TOO_PERMISSIVE"
    severity = "error"
    kinds = RESOURCE_KINDS | {"trust", "rcp"}
    mentions = ("*", "?")

    def check_test(self, test: Test, statement: Statement, context: Context) -> Findings:
        """Reports each value."""
        guard = guard_of(test.key.value, is_trust=context.kind == "trust")
        operator = None if guard is None else parse_operator(test.operator.value)
        if guard is None or operator is None or not operator.facts.patterns:
            return
        for value in test.values:
            if is_loose(value.value, guard, "wildcard", has_variables=context.policy.has_variables):
                yield self.finding(
                    value,
                    f"`{value.value}` leaves too much open: a wildcard in `{test.key.value}` weakens the guard",
                    hint=_HINTS[guard],
                )

"""INVALID_ORGANIZATION_ID."""

from __future__ import annotations

from typing import Final

from jfml_policies.linter.questions.condition_values import literal_values
from jfml_policies.linter.questions.organization_ids import is_organization_id
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.nodes import Statement, Test
from jfml_policies.policy.operators import parse_operator
from jfml_policies.text.suggest import nearest

__all__ = ["InvalidOrganizationId"]

_KEYS: Final = frozenset(("aws:principalorgid", "aws:resourceorgid", "aws:sourceorgid", "aws:vpceorgid"))


class InvalidOrganizationId(Rule):
    """A condition compares an organization's id with something that is none.

    ## Why is this bad?

    The test never holds: an Allow lets nobody in, and a Deny for everyone outside the organization shuts out everyone
    inside as well.

    ## Example

    ```json
    {"StringEquals": {"aws:PrincipalOrgID": "111122223333"}}
    ```

    ## Use instead

    ```json
    {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}
    ```

    An id is `o-` with 10 to 32 small letters and digits.
    Ids of roots (`r-...`) and units (`ou-...`) belong into a path, which `aws:PrincipalOrgPaths` holds.

    ## References

    - [AWS Organizations API Reference: Organization](https://docs.aws.amazon.com/organizations/latest/APIReference/API_Organization.html)
    - [IAM User Guide: aws:PrincipalOrgID](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalorgid)
    """

    code = "INVALID_ORGANIZATION_ID"
    severity = "warning"
    origin = "jfml"
    mentions = tuple(sorted(_KEYS))

    def check_test(self, test: Test, statement: Statement, context: Context) -> Findings:
        """Reports each value without wildcards and variables."""
        if test.key.value.lower() not in _KEYS:
            return
        operator = parse_operator(test.operator.value)
        if operator is None or operator.family != "String":
            return
        for value in literal_values(test):
            if not is_organization_id(value.value):
                near = nearest(value.value, context.settings.organization_ids)
                yield self.finding(
                    value,
                    f"`{value.value}` is no organization's id, which `{test.key.value}` holds",
                    hint=f"did you mean `{near}`?"
                    if near
                    else "write it as `o-` with 10 to 32 small letters and digits",
                )

"""INVALID_GLOBAL_CONDITION_KEY."""

from __future__ import annotations

from typing import Final

from jfml_policies.catalog.global_keys import RETIRED_KEYS
from jfml_policies.linter.fixes.condition_fixes import rename_key
from jfml_policies.linter.questions.near_condition_key import lacks_tag, near_condition_key
from jfml_policies.linter.questions.statement_principals import holds_unknown
from jfml_policies.linter.questions.suggestion_budget import suggestions_per_statement
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.nodes import Statement

__all__ = ["InvalidGlobalConditionKey"]

_PREFIX: Final = "aws:"
_RETIRED: Final = frozenset(key.lower() for key in RETIRED_KEYS)
#: So many tests of a statement are looked at; no policy that AWS takes has room for more.
_MOST_TESTS: Final = 5_000


class InvalidGlobalConditionKey(Rule):
    """A condition key begins with `aws:` and is none of AWS's global keys.

    ## Why is this bad?

    No request carries the key.
    In an Allow the test fails for everyone and the permission is missing; under `IfExists` or a negated operator it
    holds for everyone, so the limit that it should be does not exist.

    ## Example

    ```json
    {"StringEquals": {"aws:PrincipalOrg": "o-a1b2c3d4e5"}}
    ```

    ## Use instead

    ```json
    {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}
    ```

    Letter case does not matter, and keys such as `aws:PrincipalTag/team` take any tag.
    A key that lacks its tag, such as `aws:PrincipalTag`, is reported as `missing-tag-key-in-condition`.
    The retired keys `aws:ARN` and `aws:PrincipalOrgMasterAccountId` are not reported here, nor is `aws:SourceOwner`,
    which stands in the policy that every new SNS topic gets.

    ## References

    - [IAM User Guide: AWS global condition context keys](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html)
    - [Access Analyzer: Invalid global condition key](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-invalid-global-condition-key)
    """

    code = "INVALID_GLOBAL_CONDITION_KEY"
    severity = "error"
    fixes = ("unsafe",)
    mentions = ("aws:",)

    def check_statement(self, statement: Statement, context: Context) -> Findings:
        """Reports each unknown key, with the near one as fix."""
        left = suggestions_per_statement(context.policy)
        for test in statement.tests[:_MOST_TESTS]:
            key = test.key.value
            low = key.lower()
            if not low.startswith(_PREFIX) or low == _PREFIX or low in _RETIRED or holds_unknown(key):
                continue
            if context.catalog.condition_key(key) is not None or lacks_tag(context.catalog, key):
                continue
            near = near_condition_key(context.catalog, key) if left > 0 else None
            left -= 1
            yield self.finding(
                test.key,
                f"`{key}` is not a global condition key",
                hint=f"did you mean `{near}`?" if near else None,
                fix=rename_key(test, statement, near) if near else None,
            )

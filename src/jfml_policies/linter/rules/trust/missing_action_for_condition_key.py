"""MISSING_ACTION_FOR_CONDITION_KEY."""

from __future__ import annotations

from typing import Final

from jfml_policies.linter.fixes.list_addition import add_entries
from jfml_policies.linter.questions.role_assumption import assumes, includes
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.nodes import Policy, Test
from jfml_policies.policy.operators import parse_operator

__all__ = ["MissingActionForConditionKey"]

_SET_SOURCE_IDENTITY: Final = "sts:SetSourceIdentity"
_TAG_SESSION: Final = "sts:TagSession"
_ACTION_OF: Final = {
    "sts:sourceidentity": _SET_SOURCE_IDENTITY,
    "aws:tagkeys": _TAG_SESSION,
    "sts:transitivetagkeys": _TAG_SESSION,
}
_REQUEST_TAG: Final = "aws:requesttag/"


class MissingActionForConditionKey(Rule):
    """A statement that lets a role be assumed asks for a source identity or session tags that nobody may set.

    ## Why is this bad?

    Whoever passes what the condition asks for is refused for want of `sts:SetSourceIdentity` or `sts:TagSession`,
    and whoever passes nothing is refused by the condition.
    So nobody can assume the role.

    ## Example

    ```json
    {
      "Effect": "Allow",
      "Principal": {"AWS": "arn:aws:iam::111122223333:root"},
      "Action": "sts:AssumeRole",
      "Condition": {"StringLike": {"sts:SourceIdentity": "emp-*"}}
    }
    ```

    ## Use instead

    ```json
    {
      "Effect": "Allow",
      "Principal": {"AWS": "arn:aws:iam::111122223333:root"},
      "Action": ["sts:AssumeRole", "sts:SetSourceIdentity"],
      "Condition": {"StringLike": {"sts:SourceIdentity": "emp-*"}}
    }
    ```

    `sts:SourceIdentity` needs `sts:SetSourceIdentity`; `aws:RequestTag/...`, `aws:TagKeys` and
    `sts:TransitiveTagKeys` need `sts:TagSession`.
    AWS's reference names no pairs; these follow from how the keys work.
    Only an Allow is looked at, and only a condition that fails without the key: `IfExists`, negated operators,
    `ForAllValues:` and `Null` with `true` are met by a caller who passes nothing.
    The action may stand in any Allow statement of the policy.

    ## References

    - [IAM User Guide: Pass session tags in AWS STS](https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html)
    - [IAM User Guide: Monitor and control actions taken with assumed roles](https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_monitor.html)
    - [Access Analyzer: Missing action for condition key](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-missing-action-for-condition-key)
    """

    code = "MISSING_ACTION_FOR_CONDITION_KEY"
    severity = "error"
    fixes = ("unsafe",)
    confidence = "medium"
    kinds = frozenset(("resource", "endpoint", "trust"))
    mentions = ("condition",)

    def check_policy(self, policy: Policy, context: Context) -> Findings:
        """Reports the condition key."""
        allowing = [statement for statement in policy.statements if statement.allows]
        allowed = {
            action: any(includes(statement, action) for statement in allowing)
            for action in (_SET_SOURCE_IDENTITY, _TAG_SESSION)
        }
        if all(allowed.values()):
            return
        for statement in allowing:
            needed = [(test, action) for test in statement.tests if (action := _action_of(test))]
            if not needed or not assumes(statement):
                continue
            mended: set[str] = set()
            for test, action in needed:
                if not allowed[action]:
                    addition = add_entries(statement.action, [action]) if statement.action else None
                    yield self.finding(
                        test.key,
                        f"`{test.key.value}` is never set, because nobody is allowed `{action}`",
                        hint=f"add `{action}` to the statement's actions",
                        fix=None if action in mended else addition,
                    )
                    mended.add(action)


def _action_of(test: Test) -> str | None:
    """The action that sets the key of a test which fails without it."""
    key = test.key.value.lower()
    action = _TAG_SESSION if key.startswith(_REQUEST_TAG) else _ACTION_OF.get(key)
    operator = parse_operator(test.operator.value) if action else None
    if operator is None or operator.negated or operator.if_exists or operator.qualifier == "ForAllValues":
        return None
    if operator.family == "Null" and any(value.value.lower() != "false" for value in test.values):
        return None
    return action

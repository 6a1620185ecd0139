"""CONDITION_KEY_NEVER_CARRIED."""

from __future__ import annotations

from typing import Final

from jfml_policies.linter.questions.action_targets import arn_targets, never_matches
from jfml_policies.linter.questions.carried_keys import entries_without
from jfml_policies.linter.questions.plain_statements import is_said_plainly
from jfml_policies.linter.rule import Context, Findings, Rule, related
from jfml_policies.policy.kinds import IDENTITY_KINDS
from jfml_policies.policy.nodes import Statement, Test, Text
from jfml_policies.policy.operators import parse_operator

__all__ = ["ConditionKeyNeverCarried"]

#: Pairs of a key and an action in one statement; a larger statement is not looked at.
_MOST_PAIRS: Final = 20_000
#: Places beside the first that a finding lists.
_MOST_RELATED: Final = 20


class ConditionKeyNeverCarried(Rule):
    """A condition key stands in one statement with an action whose requests never carry it.

    ## Why is this bad?

    For that action the test has the same outcome for everybody.
    An Allow grants it to nobody, so the workload fails with AccessDenied.
    A Deny refuses it to nobody, so it stays open; with a negated operator it refuses it to everybody.

    ## Example

    ```json
    {
      "Effect": "Allow",
      "Action": ["s3:ListBucket", "s3:GetObject"],
      "Resource": ["arn:aws:s3:::acme-features", "arn:aws:s3:::acme-features/*"],
      "Condition": {"StringLike": {"s3:prefix": "train/*"}}
    }
    ```

    ## Use instead

    ```json
    [
      {
        "Effect": "Allow",
        "Action": "s3:ListBucket",
        "Resource": "arn:aws:s3:::acme-features",
        "Condition": {"StringLike": {"s3:prefix": "train/*"}}
      },
      {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::acme-features/train/*"}
    ]
    ```

    Judged are the keys of services, and `aws:RequestTag` and `aws:TagKeys` with actions that only list or read.
    The reference has gaps, so a key is judged only where the catalogue ties it to other actions of the same service,
    or to another action of the statement.
    A pattern of one service's actions is reported when none of the actions that it covers carries the key.
    `Null`, `IfExists`, `ForAllValues:`, and negated operators in an Allow, hold without the key: they are not reported.
    Keys that any service's requests may carry are not judged, nor are those of AWS Marketplace, whose table leaves out
    what its guide promises.
    An action that fits no resource of its statement is `action-without-matching-resource`, and one that another
    statement has on every resource and without a condition is `covered-action`.
    In policies of resources and trust policies AWS's own check is `unsupported-action-for-condition-key`;
    `aws:ResourceTag` has checks of AWS's own as well.

    ## References

    - [Service Authorization Reference: The actions table](https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html)
    - [IAM User Guide: Condition operators](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html)
    """

    code = "CONDITION_KEY_NEVER_CARRIED"
    severity = "warning"
    confidence = "medium"
    origin = "jfml"
    kinds = IDENTITY_KINDS | {"scp", "rcp"}
    mentions = ("condition",)

    def check_statement(self, statement: Statement, context: Context) -> Findings:
        """Reports the actions that don't know a key, the first of them as the place."""
        actions = statement.action.values if statement.action else ()
        if not actions or not statement.tests or len(actions) * len(statement.tests) > _MOST_PAIRS:
            return
        seen: set[str] = set()
        for test in statement.tests:
            key = test.key.value
            if key.lower() in seen or not _fails_or_refuses(test, statement):
                continue
            seen.add(key.lower())
            found = entries_without(key, actions, context.catalog)
            if found is None or not found.without:
                continue
            if _is_negated(test) and key.lower().startswith("aws:"):
                continue
            wrong = [entry for entry in found.without if not _is_reported_elsewhere(entry, statement, context)]
            if not wrong:
                continue
            named = " and ".join(f"`{entry.value}`" for entry in wrong[:2]) + (" and others" if len(wrong) > 2 else "")
            others = [related(entry, "this action neither") for entry in wrong[1:]]
            yield self.finding(
                wrong[0],
                f"requests of {named} never carry `{key}`, so {_outcome(test, statement)}",
                hint="move what does not carry the key to a statement without it"
                if found.others
                else "use a key that these requests carry",
                related=(*others[:_MOST_RELATED], related(test.key, "this key")),
            )


def _fails_or_refuses(test: Test, statement: Statement) -> bool:
    """Whether the test of an absent key does harm: it fails, or it holds in a Deny because it is negated."""
    operator = parse_operator(test.operator.value)
    if operator is None or operator.family == "Null" or operator.if_exists or operator.qualifier == "ForAllValues":
        return False
    return (not operator.negated and (statement.allows or statement.denies)) or (
        statement.denies and operator.qualifier is None
    )


def _is_reported_elsewhere(entry: Text, statement: Statement, context: Context) -> bool:
    """Whether the entry does nothing for another reason: others say it, or it fits no resource of the statement."""
    if is_said_plainly(entry.value, statement, context):
        return True
    resources = statement.resource.values if statement.resource else ()
    targets = arn_targets([text.value for text in resources], context.catalog) if resources else None
    return targets is not None and never_matches(entry.value, targets, context.catalog)


def _is_negated(test: Test) -> bool:
    operator = parse_operator(test.operator.value)
    return operator is not None and operator.negated


def _outcome(test: Test, statement: Statement) -> str:
    if statement.allows:
        return "this Allow never grants it"
    return "this Deny always refuses it" if _is_negated(test) else "this Deny never refuses it"

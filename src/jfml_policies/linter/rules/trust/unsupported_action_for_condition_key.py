"""UNSUPPORTED_ACTION_FOR_CONDITION_KEY."""

from __future__ import annotations

from typing import Final

from jfml_policies.catalog import Catalog
from jfml_policies.catalog.global_keys import CROSS_SERVICE_KEYS
from jfml_policies.linter.rule import Context, Findings, Rule, related
from jfml_policies.patterns.arn import has_wildcard
from jfml_policies.policy.nodes import Statement, Test, Text

__all__ = ["UnsupportedActionForConditionKey"]

_ANYWHERE: Final = frozenset(key.name for key in CROSS_SERVICE_KEYS)
#: Pairs of a key and an action in one statement; a larger statement is not looked at.
_MOST_PAIRS: Final = 20_000
#: Places beside the first that a finding lists.
_MOST_RELATED: Final = 20


class UnsupportedActionForConditionKey(Rule):
    """A condition key stands in one statement with an action whose requests never carry it.

    ## Why is this bad?

    For that action the test always has the same outcome: in an Allow the action is refused to everyone, in a Deny it
    is not refused to anyone, and with a negated operator it is the other way round.

    ## Example

    ```json
    {
      "Effect": "Allow",
      "Principal": {"AWS": "arn:aws:iam::111122223333:root"},
      "Action": ["sts:AssumeRole", "sts:TagSession"],
      "Condition": {"StringEquals": {"sts:ExternalId": "north-7"}}
    }
    ```

    ## Use instead

    ```json
    [
      {
        "Effect": "Allow",
        "Principal": {"AWS": "arn:aws:iam::111122223333:root"},
        "Action": "sts:AssumeRole",
        "Condition": {"StringEquals": {"sts:ExternalId": "north-7"}}
      },
      {
        "Effect": "Allow",
        "Principal": {"AWS": "arn:aws:iam::111122223333:root"},
        "Action": "sts:TagSession"
      }
    ]
    ```

    Judged are keys of services, of SAML and of the identity providers that AWS's reference lists, with actions that
    are written out; there is one finding for each key.
    Keys that begin with `aws:`, keys that any service's requests may carry, and claims of other identity providers
    are not judged.
    Identity policies are not looked at, as in AWS's own validation.

    ## References

    - [Service Authorization Reference](https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html)
    - [Access Analyzer: Unsupported action for condition key](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-unsupported-action-for-condition-key)
    """

    code = "UNSUPPORTED_ACTION_FOR_CONDITION_KEY"
    severity = "error"
    kinds = frozenset(("resource", "endpoint", "trust"))
    mentions = ("condition",)

    def check_statement(self, statement: Statement, context: Context) -> Findings:
        """Reports the actions that don't know a key, the first of them as the place."""
        if not statement.tests or statement.action is None:
            return
        actions = [entry for entry in statement.action.values if not has_wildcard(entry.value)]
        if not actions or len(actions) * len(statement.tests) > _MOST_PAIRS:
            return
        keys_of = _keys_of_actions(actions, context.catalog)
        for name, tests in _judged_keys(statement, context.catalog).items():
            wrong = [entry for entry in actions if name not in keys_of.get(entry.value.lower(), (name,))]
            if wrong:
                names = " and ".join(f"`{entry.value}`" for entry in wrong[:3])
                others = [related(entry, "this action neither") for entry in wrong[1:]]
                values = [related(test, "the values that it is compared with") for test in tests]
                yield self.finding(
                    wrong[0],
                    f"requests of {names}{' and others' if len(wrong) > 3 else ''} never carry `{tests[0].key.value}`",
                    hint="move the action to a statement without this key",
                    related=tuple((others + values)[:_MOST_RELATED]),
                )


def _keys_of_actions(actions: list[Text], catalog: Catalog) -> dict[str, frozenset[str]]:
    """Action in lower case -> the keys of its requests; actions that are not known today are left out."""
    found: dict[str, frozenset[str]] = {}
    for entry in actions:
        action = catalog.action(entry.value) if entry.value.lower() not in found else None
        if action is not None and not action.retired:
            found[entry.value.lower()] = frozenset(catalog.condition_keys_of(entry.value))
    return found


def _judged_keys(statement: Statement, catalog: Catalog) -> dict[str, list[Test]]:
    """Published name -> tests, of the keys whose actions the catalogue knows."""
    found: dict[str, list[Test]] = {}
    for test in statement.tests:
        prefix = test.key.value.partition(":")[0]
        key = catalog.condition_key(test.key.value) if prefix.lower() != "aws" else None
        if key is None or key.name in _ANYWHERE:
            continue
        # Claims that any provider's tokens have are in no action's list.
        sts = catalog.service("sts") if "." in prefix else None
        if sts is None or sts.condition_key(test.key.value) is not None:
            found.setdefault(key.name, []).append(test)
    return found

"""DYNAMODB_ATTRIBUTES_WITHOUT_SELECT."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from jfml_policies.catalog import Catalog
from jfml_policies.catalog.name_pattern import NamePattern
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.kinds import IDENTITY_KINDS, RESOURCE_KINDS
from jfml_policies.policy.nodes import Statement, Test
from jfml_policies.policy.operators import parse_operator

__all__ = ["DynamodbAttributesWithoutSelect"]

_ATTRIBUTES: Final = "dynamodb:attributes"
_SELECT: Final = "dynamodb:select"
_SPECIFIC: Final = "SPECIFIC_ATTRIBUTES"


class DynamodbAttributesWithoutSelect(Rule):
    """An Allow limits `dynamodb:Attributes` and does not demand `dynamodb:Select`.

    ## Why is this bad?

    DynamoDB supplies the attributes only of requests that name some.
    Callers who name none get whole items back, the columns included that the policy should keep from them.

    ## Example

    ```json
    {
      "Action": "dynamodb:Query",
      "Condition": {"ForAllValues:StringEquals": {"dynamodb:Attributes": ["OrderId", "Status"]}}
    }
    ```

    ## Use instead

    ```json
    {
      "Action": "dynamodb:Query",
      "Condition": {
        "ForAllValues:StringEquals": {"dynamodb:Attributes": ["OrderId", "Status"]},
        "StringEquals": {"dynamodb:Select": "SPECIFIC_ATTRIBUTES"}
      }
    }
    ```

    Statements whose actions only write are not reported: their requests return no items by themselves.

    ## References

    - [Amazon DynamoDB Developer Guide: Using IAM policy conditions for fine-grained access control](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html)
    - [Access Analyzer: DynamoDB attributes without select](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-security-warning-dynamodb-attributes-without-select)
    """

    code = "DYNAMODB_ATTRIBUTES_WITHOUT_SELECT"
    severity = "security-warning"
    kinds = IDENTITY_KINDS | RESOURCE_KINDS
    mentions = ("dynamodb:",)

    def check_statement(self, statement: Statement, context: Context) -> Findings:
        """Reports the key."""
        if not statement.allows:
            return
        limits = [test for test in statement.tests if test.key.value.lower() == _ATTRIBUTES and _compares(test)]
        if not limits or any(_demands_selection(test) for test in statement.tests):
            return
        if _reads(statement, context.catalog):
            for test in limits:
                yield self.finding(
                    test.key,
                    f"`{test.key.value}` is not in requests that name no attributes, and those return whole items",
                    hint=f'add `"StringEquals": {{"dynamodb:Select": "{_SPECIFIC}"}}`',
                )


def _compares(test: Test) -> bool:
    operator = parse_operator(test.operator.value)
    return operator is not None and operator.family == "String"


def _demands_selection(test: Test) -> bool:
    if test.key.value.lower() != _SELECT or not test.values:
        return False
    operator = parse_operator(test.operator.value)
    is_positive = operator is not None and operator.family == "String" and not operator.negated
    return is_positive and all(value.value == _SPECIFIC for value in test.values)


def _reads(statement: Statement, catalog: Catalog) -> bool:
    """Whether some action of the statement can return items."""
    if statement.action is None:
        return statement.not_action is not None
    patterns = [NamePattern(entry.value.lower()) for entry in statement.action.values]
    return any(pattern.matches(reader) for pattern in patterns for reader in _readers(catalog))


@lru_cache(maxsize=4)
def _readers(catalog: Catalog) -> tuple[str, ...]:
    names = [f"dynamodb:{name}" for name in catalog.action_names("dynamodb")]
    return tuple([name.lower() for name in names if "dynamodb:Select" in catalog.condition_keys_of(name)])

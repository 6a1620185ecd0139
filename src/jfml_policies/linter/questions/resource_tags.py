"""Conditions on `aws:ResourceTag`, and the actions whose requests never carry it.

Sources: Access Analyzer policy check reference, "Deny with unsupported tag condition key for service" and its three
relatives; the catalogue's condition keys of each action. AWS's validator passes over actions that create what they tag,
as seen in its answers for AWS's managed policies.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from jfml_policies.catalog import Catalog
from jfml_policies.linter.questions.resource_arn import is_literal
from jfml_policies.linter.rule import related
from jfml_policies.policy.nodes import Statement, Test, Text
from jfml_policies.policy.operators import parse_operator

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jfml_policies.findings import Related

__all__ = ["actions_without_tags", "other_places", "tag_tests"]

_PREFIX: Final = "aws:resourcetag/"
_RESOURCE_TAG: Final = "aws:ResourceTag/${TagKey}"
_REQUEST_TAG: Final = "aws:RequestTag/${TagKey}"
#: Further places that a finding names; nobody reads more.
_MOST_PLACES: Final = 100


def tag_tests(statement: Statement) -> Iterator[Test]:
    """The tests of `aws:ResourceTag` that fail when the request does not carry the tag, `Null` left out.

    >>> from jfml_policies.policy.parse import parse_text
    >>> text = '{"Statement": {"Condition": {"%s": {"aws:ResourceTag/team": "ops"}}}}'
    >>> [len(list(tag_tests(parse_text(text % name).statements[0]))) for name in ("StringEquals", "StringNotEquals")]
    [1, 0]
    """
    for test in statement.tests:
        key = test.key.value
        if not key.lower().startswith(_PREFIX) or len(key) == len(_PREFIX):
            continue
        operator = parse_operator(test.operator.value)
        if operator is None or operator.family not in ("String", "Arn"):
            continue
        if not (operator.negated or operator.if_exists or operator.qualifier == "ForAllValues"):
            yield test


def actions_without_tags(statement: Statement, catalog: Catalog) -> list[Text]:
    """The entries of Action that name one known action whose requests never carry `aws:ResourceTag`.

    >>> from jfml_policies.catalog import load
    >>> from jfml_policies.policy.parse import parse_text
    >>> text = '{"Statement": {"Action": ["ec2:StopInstances", "ec2:DescribeInstances", "ec2:*"]}}'
    >>> [action.value for action in actions_without_tags(parse_text(text).statements[0], load())]
    ['ec2:DescribeInstances']
    """
    if statement.action is None:
        return []
    return [entry for entry in statement.action.values if is_literal(entry.value) and _is_without(catalog, entry.value)]


def other_places(actions: Sequence[Text]) -> tuple[Related, ...]:
    """All but the first of the actions, as further places of a finding."""
    return tuple([related(action, "never carries the tag either") for action in actions[1 : _MOST_PLACES + 1]])


@lru_cache(maxsize=4096)
def _is_without(catalog: Catalog, name: str) -> bool:
    action = catalog.action(name)
    if action is None or action.retired or action.name.startswith("Create"):
        return False
    keys = catalog.condition_keys_of(action.full_name)
    return _RESOURCE_TAG not in keys and _REQUEST_TAG not in keys

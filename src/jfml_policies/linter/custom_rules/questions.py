"""A demand as documents for the access algebra: what it is about, and what may be allowed of that."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from jfml_policies.catalog import global_keys
from jfml_policies.linter.custom_rules.implied import IMPLIED_KEYS, implied_statements
from jfml_policies.linter.custom_rules.trusted import COMPARED_KEYS, trusted_statements
from jfml_policies.policy.kinds import KINDS
from jfml_policies.policy.parse import parse_document
from jfml_policies.record import record, replace

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jfml_policies.linter.custom_rules.demand import Alternatives, Demand
    from jfml_policies.policy.nodes import Policy, Test

__all__ = ["PRINCIPAL_ELEMENT", "Question", "compared_by", "questions", "tests_of"]

#: What `compared_by` calls the Principal element; keys are in lower case.
PRINCIPAL_ELEMENT: Final = "Principal"


@record
class Question:
    """One part of a demand.

    Attributes:
        scope: a document that allows what it is about.
        permitted: a document that allows what is fine; None where nothing is.
        blocks: the tests of each condition block that is enough.
        for_all: the statements of `permitted`, without actions and resources.
    """

    scope: Policy
    permitted: Policy | None
    blocks: tuple[tuple[Test, ...], ...] = ()
    for_all: tuple[dict[str, Any], ...] = ()


def questions(demand: Demand, actions: tuple[str, ...], policy: Policy) -> list[Question]:
    """The questions to ask of a policy; a demand for several tags is one for each.

    Args:
        demand: the demand.
        actions: the actions that it is about.
        policy: the policy.
    """
    has_principals = KINDS[policy.kind].principal != "forbidden"
    if demand.kind == "allowed-principals":
        scope = _scope(actions, demand.resources, (), has_principals=has_principals)
        return [Question(scope, _permitting(trusted_statements(demand.principals, demand.organizations, policy)))]
    found = [_question(group, actions, demand.resources, has_principals=has_principals) for group in demand.permitted]
    return [_with_implied(one, policy) for one in found] if has_principals else found


def _with_implied(question: Question, policy: Policy) -> Question:
    """The question with what follows from the principals that a policy names."""
    implied = [statement for block in question.blocks for statement in implied_statements(block, policy)]
    return question if not implied else replace(question, permitted=_permitting([*question.for_all, *implied]))


def compared_by(demand: Demand) -> frozenset[str]:
    """The condition keys, in lower case, with whose values a demand compares, and `Principal` where it names some."""
    if demand.kind == "allowed-principals":
        return COMPARED_KEYS | {PRINCIPAL_ELEMENT}
    tests = [test for group in demand.permitted for block in group for test in tests_of(block)]
    # `Null` asks whether there is a value, whatever it is.
    keys = frozenset([test.key.value.lower() for test in tests if test.operator.value != "Null"])
    return keys if keys.isdisjoint(IMPLIED_KEYS) else keys | {PRINCIPAL_ELEMENT}


@lru_cache(maxsize=1024)
def tests_of(block: str) -> tuple[Test, ...]:
    """The tests of a condition block."""
    statement = {"Condition": json.loads(block)}
    return parse_document({"Version": "2012-10-17", "Statement": [statement]}, kind="identity").statements[0].tests


@lru_cache(maxsize=256)
def _question(
    group: Alternatives, actions: tuple[str, ...], resources: tuple[str, ...], *, has_principals: bool
) -> Question:
    blocks = tuple(map(tests_of, group))
    keys = sorted({test.key.value for block in blocks for test in block})
    who = {"Principal": "*"} if has_principals else {}
    for_all = [{**who, "Condition": json.loads(block)} for block in group]
    scope = _scope(actions, resources, keys, has_principals=has_principals)
    return Question(scope, _permitting(for_all), blocks, tuple(for_all))


def _scope(
    actions: tuple[str, ...], resources: tuple[str, ...], keys: Iterable[str], *, has_principals: bool
) -> Policy:
    statement: dict[str, Any] = {"Effect": "Allow", "Action": list(actions), "Resource": list(resources) or "*"}
    if has_principals:
        statement["Principal"] = "*"
    # Every request carries some keys, so that a Deny of one value leaves the others alone, and not its absence.
    always = [key for key in keys if (known := global_keys.find(key)) is not None and known.presence == "always"]
    if always:
        statement["Condition"] = {"Null": dict.fromkeys(always, "false")}
    # Without a version `${` is literal text: what a demand is about holds no policy variables.
    return parse_document({"Statement": [statement]}, kind="resource" if has_principals else "identity")


def _permitting(statements: list[dict[str, Any]]) -> Policy | None:
    if not statements:
        return None
    kind = "resource" if "Principal" in statements[0] else "identity"
    whole = [{"Effect": "Allow", "Action": "*", "Resource": "*", **statement} for statement in statements]
    return parse_document({"Version": "2012-10-17", "Statement": whole}, kind=kind)

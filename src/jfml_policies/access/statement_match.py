"""Whether a statement is about a request, and what one document alone says of it.

A statement matches when all its elements do. An explicit deny wins over an allow; without either the answer is an
implicit deny.

Source: IAM User Guide, "Policy evaluation logic" and "IAM JSON policy element reference".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from jfml_policies.access.conditions import condition_holds
from jfml_policies.access.principal_match import is_named
from jfml_policies.access.readings import RESOURCE_FIELDS_IGNORE_CASE
from jfml_policies.access.request_facts import RequestFacts
from jfml_policies.access.substitution import resource_pattern_of
from jfml_policies.patterns.arn import FIELD_COUNT
from jfml_policies.patterns.glob import Glob
from jfml_policies.patterns.letter_case import fold
from jfml_policies.patterns.resource_pattern import COMPLETION
from jfml_policies.policy.nodes import Listing, Principals, Test

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jfml_policies.access.request import Request
    from jfml_policies.policy.nodes import Policy, Statement

__all__ = ["Element", "Verdict", "decide", "failing_elements", "is_about", "matches", "verdict"]

#: A part of a statement that a request must meet.
Element: TypeAlias = Listing | Principals | Test
#: What one document alone says.
Verdict = Literal["allow", "explicit-deny", "implicit-deny"]


def decide(policy: Policy, request: Request) -> Verdict:
    """What one document alone says of a request: "allow", "explicit-deny" or "implicit-deny".

    Args:
        policy: a document without `invalid_reason`; of one that AWS would refuse the answer means nothing.
        request: the request; a principal is needed where the document names principals.

    >>> from jfml_policies.access.request import Request
    >>> from jfml_policies.policy.read import loads
    >>> policy = loads('{"Statement": {"Effect": "Allow", "Action": "s3:Get*", "Resource": "arn:aws:s3:::b/*"}}')
    >>> decide(policy, Request("s3:GetObject", "arn:aws:s3:::b/k")), decide(policy, Request("s3:PutObject"))
    ('allow', 'implicit-deny')
    """
    return verdict(policy, RequestFacts.of(request))


def matches(statement: Statement, request: Request, policy: Policy) -> bool:
    """Whether a statement is about a request: all its elements match, whatever its effect.

    Args:
        statement: a statement of `policy`.
        request: the request.
        policy: the document, whose kind and version decide how resources and variables are read.
    """
    return is_about(statement, RequestFacts.of(request), policy)


def verdict(policy: Policy, facts: RequestFacts) -> Verdict:
    """What one document alone says of a request; see `decide`."""
    found: Verdict = "implicit-deny"
    for statement in policy.statements:
        if is_about(statement, facts, policy):
            if statement.denies:
                return "explicit-deny"
            found = "allow"
    return found


def failing_elements(statement: Statement, facts: RequestFacts, policy: Policy) -> tuple[Element, ...]:
    """The elements of a statement that a request does not meet; none when the statement matches."""
    return tuple([element for element in _elements(statement) if not _is_met(element, facts, policy)])


def is_about(statement: Statement, facts: RequestFacts, policy: Policy) -> bool:
    """Whether a statement is about a request; see `matches`."""
    return all(_is_met(element, facts, policy) for element in _elements(statement))


def _elements(statement: Statement) -> Iterator[Element]:
    for element in (statement.actions, statement.principals, statement.resources):
        if element is not None:
            yield element
    yield from statement.tests


def _is_met(element: Element, facts: RequestFacts, policy: Policy) -> bool:
    if isinstance(element, Test):
        return condition_holds(element, facts, has_variables=policy.has_variables)
    if isinstance(element, Principals):
        listed = is_named(element, facts.requester)
    elif element.name in ("Action", "NotAction"):
        action = fold(facts.action)
        listed = any(_names(entry.value, action) for entry in element.values)
    else:
        listed = any(_is_about_resource(entry.value, facts, policy) for entry in element.values)
    return listed != element.name.startswith("Not")


def _names(written: str, action: str) -> bool:
    """Whether an entry of Action or NotAction names an action, whose letter case is folded."""
    if "*" in written or "?" in written:
        return Glob.parse(written, fold_case=True).matches(action)
    return len(written) == len(action) and fold(written) == action  # the length first: it tells most apart


def _is_about_resource(written: str, facts: RequestFacts, policy: Policy) -> bool:
    resource = facts.resource
    if RESOURCE_FIELDS_IGNORE_CASE:
        written, resource = _lower_fields(written), _lower_fields(resource)
    variables = facts.variables if policy.has_variables else None
    return resource_pattern_of(written, variables, COMPLETION[policy.kind]).matches(resource)


def _lower_fields(arn: str) -> str:
    *fields, rest = arn.split(":", FIELD_COUNT - 1)
    return ":".join([*map(str.lower, fields), rest])

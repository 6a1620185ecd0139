"""Allow statements that grant an action on roles, on every role or on all but some."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from jfml_policies.findings import Finding, Related
from jfml_policies.linter.fixes.list_addition import add_entries
from jfml_policies.linter.questions.role_action import RoleAction, holds_every_role
from jfml_policies.linter.questions.service_limit import idle_tests, is_limited
from jfml_policies.linter.rule import Rule, related
from jfml_policies.patterns.arn import has_wildcard
from jfml_policies.patterns.glob import matches
from jfml_policies.policy.nodes import Listing, Statement, Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["GrantedBy", "grant_on_every_role", "grant_on_other_roles", "granting"]

#: An action is granted by its name, by a pattern that matches it, or by a NotAction that doesn't.
GrantedBy: TypeAlias = Literal["name", "pattern", "not-action"]

#: Further places that a finding names; nobody reads more.
_MAX_RELATED: Final = 100


def grant_on_every_role(rule: type[Rule], action: RoleAction, by: GrantedBy, statement: Statement) -> Iterator[Finding]:
    """The finding of a rule about an action granted in that way on a Resource that holds every role.

    There is none where a condition ties the statement to the services that it names.
    """
    grants = granting(statement, action.name, by)
    if not grants or statement.resource is None or statement.not_resource is not None:
        return
    wide = [text for text in statement.resource.values if holds_every_role(text.value, action)]
    if wide and not is_limited(statement, action.service_keys):
        idle = idle_tests(statement, action.service_keys)
        yield _finding(
            rule,
            action,
            grants,
            where=f"on `{wide[0].value}`, which holds every {action.role}",
            remedy=f"{action.remedy}, or {action.condition_remedy}",
            beside=[
                *[related(text, f"holds every {action.role}") for text in wide[:_MAX_RELATED]],
                *[related(test.key, reason) for test, reason in idle],
            ],
        )


def grant_on_other_roles(
    rule: type[Rule], action: RoleAction, by: GrantedBy, statement: Statement
) -> Iterator[Finding]:
    """The finding of a rule about an action granted in that way on the roles that NotResource doesn't name.

    Conditions don't matter here: AWS's documentation of these checks wants the roles to be named.
    """
    named = statement.not_resource
    if named is None or not named.values or statement.resource is not None:
        return
    grants = granting(statement, action.name, by)
    if grants and not any(holds_every_role(text.value, action) for text in named.values):
        yield _finding(
            rule,
            action,
            grants,
            where=f"on every {action.role} that NotResource doesn't name",
            remedy=action.remedy,
            beside=[related(named, f"leaves every other {action.role} in")],
        )


def granting(statement: Statement, action: str, by: GrantedBy) -> Sequence[Text | Listing]:
    """What grants an action in that way: entries of Action, or NotAction; nothing where the statement doesn't.

    A statement with both Action and NotAction grants nothing: AWS refuses it.

    >>> from jfml_policies.policy.parse import parse_text
    >>> statement = parse_text('''{"Statement": {
    ...     "Effect": "Allow", "Action": ["iam:Get*", "iam:Pass*", "iam:passrole"], "Resource": "*"}}''').statements[0]
    >>> [entry.value for entry in granting(statement, "iam:PassRole", "pattern")]
    ['iam:Pass*']
    """
    listing = statement.not_action if by == "not-action" else statement.action
    if listing is None or not statement.allows or (statement.action and statement.not_action):
        return ()
    entries = listing.values
    if by == "not-action":
        return () if not entries or any(_matches(text.value, action) for text in entries) else (listing,)
    if by == "name":
        return [text for text in entries if len(text.value) == len(action) and _names(text.value, action)]
    # Looking at the ends first: reading a pattern costs more, and few have those of the action.
    first, last = ("*", "?", action[0], action[0].upper()), ("*", "?", action[-1], action[-1].upper())
    return [
        text
        for text in entries
        if text.value[:1] in first
        and text.value[-1:] in last
        and has_wildcard(text.value)
        and _matches(text.value, action)
    ]


def _finding(
    rule: type[Rule],
    action: RoleAction,
    grants: Sequence[Text | Listing],
    *,
    where: str,
    remedy: str,
    beside: list[Related],
) -> Finding:
    first, *more = grants
    others = tuple([*beside, *[related(entry, "allows it as well") for entry in more]][:_MAX_RELATED])
    if isinstance(first, Listing):
        return rule.finding(
            first,
            f"NotAction leaves `{action.name}` allowed {where}",
            hint=f"add `{action.name}` to NotAction, or {remedy}",
            fix=add_entries(first, [action.name]),
            related=others,
        )
    allows = "is allowed" if _names(first.value, action.name) else f"allows `{action.name}`"
    return rule.finding(first, f"`{first.value}` {allows} {where}", hint=remedy, related=others)


def _names(text: str, action: str) -> bool:
    return text.lower() == action.lower()


def _matches(text: str, action: str) -> bool:
    return len(text) - text.count("*") <= len(action) and matches(text, action, fold_case=True)

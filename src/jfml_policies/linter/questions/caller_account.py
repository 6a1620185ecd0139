"""Whether a statement's principals can satisfy its conditions on who the caller is.

`aws:PrincipalArn` and `aws:PrincipalAccount` are in every signed request, so a principal whose account, or whose ARN,
none of their values fits is never reached by the statement.
Source: IAM User Guide, "AWS global condition context keys", Properties of the principal.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jfml_policies.linter.questions.statement_principals import MOST_PRINCIPALS, holds_unknown, read_principals
from jfml_policies.patterns.arn import Arn, has_wildcard, is_account_id
from jfml_policies.patterns.arn_pattern import arn_like
from jfml_policies.patterns.glob import intersects, matches
from jfml_policies.patterns.principal import Principal
from jfml_policies.policy.nodes import Statement, Test, Text
from jfml_policies.policy.operators import Operator, parse_operator
from jfml_policies.record import record, replace

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["CallerTest", "account_in", "account_principals", "caller_tests", "fits", "is_session_arn", "names_a_caller"]

#: The account that a principal has, by the kinds of principal that have one and make signed requests themselves.
_KINDS: Final = frozenset(("account", "role", "user", "assumed-role", "federated-user"))
_KEYS: Final = frozenset(("aws:principalarn", "aws:principalaccount"))
_SESSION: Final = "assumed-role/"
#: What the last field of `aws:PrincipalArn` may be.
_CALLERS: Final = ("root", "role/*", "user/*", "federated-user/*")


@record
class CallerTest:
    """A condition test that the caller must pass; `key` is its key in lower case."""

    test: Test
    operator: Operator
    key: str


def account_principals(statement: Statement) -> list[tuple[Text, Principal]] | None:
    """The statement's principals, when each is of a known account; None otherwise."""
    found = list(read_principals(statement.principal))
    if not 0 < len(found) < MOST_PRINCIPALS:
        return None
    return found if all(principal.kind in _KINDS for _, principal in found) else None


def caller_tests(statement: Statement) -> Iterator[CallerTest]:
    """The tests that let in only callers with a certain ARN or account."""
    for test in statement.tests:
        key = test.key.value.lower()
        operator = parse_operator(test.operator.value) if key in _KEYS else None
        if operator is not None and operator.family in ("String", "Arn") and not operator.negated and test.values:
            yield CallerTest(test, operator, key)


def fits(caller: CallerTest, value: str, principal: Principal) -> bool:
    """Whether some caller that the principal stands for may pass the test with this value; True when in doubt."""
    if holds_unknown(value):
        return True
    # A wildcard under an exact operator is another mistake; here it counts as what was meant.
    patterns = caller.operator.facts.patterns or has_wildcard(value)
    if caller.key == "aws:principalaccount":
        if caller.operator.family == "Arn" or not (has_wildcard(value) or is_account_id(value)):
            return True  # another mistake
        return matches(value, principal.account) if patterns else value == principal.account
    if is_session_arn(value):
        return True  # another mistake
    if patterns and caller.operator.family == "String" and _has_early_wildcard(value):
        return True  # there a wildcard may stand for several fields
    return _fits_arn(value, principal)


def account_in(caller: CallerTest, value: str) -> str:
    """What stands in the place of the account in a value; empty when there is no such place."""
    if caller.key == "aws:principalaccount":
        return value
    arn = Arn.try_parse(value)
    return arn.account if arn else ""


def names_a_caller(value: str) -> bool:
    """Whether a value of `aws:PrincipalArn` fits any caller; True when in doubt.

    >>> names_a_caller("arn:aws:iam::111122223333:role/Reader*")
    True
    >>> names_a_caller("arn:aws:iam::111122223333:Reader*"), names_a_caller("Reader*")
    (False, False)
    """
    if holds_unknown(value) or value.startswith(("*", "?")):
        return True
    arn = Arn.try_parse(value)
    if arn is None:
        # Under a String operator a wildcard may stand for the fields that are missing.
        return value.startswith("arn:") and has_wildcard(value)
    return arn.resource.startswith(_SESSION) or any(intersects(arn.resource, caller) for caller in _CALLERS)


def is_session_arn(value: str) -> bool:
    """Whether a text is the ARN of a role's session, or a pattern of such ARNs.

    >>> is_session_arn("arn:aws:sts::111122223333:assumed-role/Reader/*")
    True
    """
    arn = Arn.try_parse(value)
    return arn is not None and arn.resource.startswith(_SESSION)


def _has_early_wildcard(value: str) -> bool:
    return has_wildcard(value.rpartition(":")[0])


def _fits_arn(value: str, principal: Principal) -> bool:
    if not names_a_caller(value):
        return False
    arn = Arn.try_parse(value)
    if arn is None:
        return True
    if not matches(arn.account, principal.account):
        return False
    # Of a session only the account is known: the role's path is not in the session's ARN.
    if principal.kind in ("role", "user") and is_account_id(arn.account):
        # Partitions that differ are another mistake.
        return arn_like(str(replace(arn, partition="*")), principal.value)
    return True

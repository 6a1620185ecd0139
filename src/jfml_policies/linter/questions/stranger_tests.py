"""Condition tests that a stranger with an AWS account of their own passes, or can pass, without anybody's help.

Source: IAM User Guide, "AWS global condition context keys" and "IAM and AWS STS condition context keys".
"""

from __future__ import annotations

from typing import Final

from jfml_policies.linter.questions.caller_account import account_in, caller_tests
from jfml_policies.linter.questions.demanding_tests import demands_value
from jfml_policies.linter.questions.statement_principals import holds_unknown
from jfml_policies.patterns.arn import has_wildcard
from jfml_policies.policy.nodes import Statement, Test

__all__ = ["keeps_strangers_out", "stranger_tests"]

#: Keys, in lower case, whose value the caller chooses, has in any account, or has with any role.
_ANYBODY: Final = frozenset(
    (
        "aws:currenttime",
        "aws:epochtime",
        "aws:multifactorauthage",
        "aws:multifactorauthpresent",
        "aws:principalisawsservice",
        "aws:principaltype",
        "aws:referer",
        "aws:requestedregion",
        "aws:resourceaccount",
        "aws:resourceorgid",
        "aws:securetransport",
        "aws:sourceidentity",
        "aws:tagkeys",
        "aws:tokenissuetime",
        "aws:useragent",
        "aws:username",
        "aws:viaawsservice",
        "sts:durationseconds",
        "sts:rolesessionname",
        "sts:sourceidentity",
        "sts:transitivetagkeys",
    )
)
#: Tags of the caller are set in the caller's account, tags of the request by the caller, those of the role are given.
_TAGS: Final = ("aws:principaltag/", "aws:requesttag/", "aws:resourcetag/", "iam:resourcetag/")
#: In every signed request, so that `IfExists` changes nothing.
_ALWAYS: Final = frozenset(("aws:principalarn", "aws:principalaccount", "aws:userid"))


def keeps_strangers_out(statement: Statement) -> bool:
    """Whether some condition test stands in a stranger's way; True when in doubt.

    >>> from jfml_policies.policy.parse import parse_text
    >>> text = '{"Statement": {"Condition": {"StringLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/deploy"}}}}'
    >>> keeps_strangers_out(parse_text(text).statements[0])
    False
    """
    return len(stranger_tests(statement)) < len(statement.tests)


def stranger_tests(statement: Statement) -> list[Test]:
    """The tests that a stranger can pass."""
    open_callers = {
        id(caller.test)
        for caller in caller_tests(statement)
        if any(_is_any_account(account_in(caller, value.value), value.value) for value in caller.test.values)
    }
    return [test for test in statement.tests if _is_passed(test) or id(test) in open_callers]


def _is_passed(test: Test) -> bool:
    key = test.key.value.lower()
    if key in _ANYBODY or key.startswith(_TAGS):
        return True
    # Who is named by a negated operator stays out, and everybody else gets in.
    return not (demands_value(test) or (key in _ALWAYS and test.operator.value.endswith("IfExists")))


def _is_any_account(account: str, value: str) -> bool:
    return bool(account) and not account.strip("*?") and has_wildcard(account) and not holds_unknown(value)

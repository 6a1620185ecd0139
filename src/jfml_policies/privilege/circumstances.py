"""Which condition keys a caller can have as it likes, and the plain circumstances in which it depends on nobody.

A caller chooses the Region, what it asks for and over which protocol. Its account and organization are what they are:
a policy that names them means its own. Whether it has used MFA, from where it calls, which tags it and the resource
carry is for somebody else to decide, and so is every key that is not known here: under plain circumstances such keys
are absent.

Source: IAM User Guide, "AWS global condition context keys".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jfml_policies.policy.nodes import Policy

__all__ = ["Conditions", "is_decided_by_others", "plain_conditions"]

#: A Condition element: operators, keys, values.
Conditions: TypeAlias = "dict[str, dict[str, str | list[str]]]"

_OWN_CHOICE: Final = frozenset(
    (
        "aws:referer",
        "aws:requestedregion",
        "aws:securetransport",
        "aws:tagkeys",
        "aws:useragent",
        "iam:associatedresourcearn",
        "iam:passedtoservice",
        "iam:policyarn",
        "sts:externalid",
        "sts:rolesessionname",
        "sts:sourceidentity",
    )
)
_OWN_PLACE: Final = frozenset(
    (
        "aws:principalaccount",
        "aws:principalorgid",
        "aws:principalorgpaths",
        "aws:resourceaccount",
        "aws:resourceorgid",
        "aws:resourceorgpaths",
    )
)
_USER_NAME: Final = "aws:username"
_OWN_TAGS: Final = "aws:requesttag/"
#: The caller is a person or program that calls AWS itself.
_DIRECT: Final = ("aws:viaawsservice", "aws:principalisawsservice")

_variable = re.compile(r"\$\{\s*([^*?$,{}\s][^,{}]*?)\s*[,}]")


def is_decided_by_others(key: str) -> bool:
    """Whether somebody else than the caller decides what a condition key is.

    >>> is_decided_by_others("aws:RequestedRegion"), is_decided_by_others("aws:MultiFactorAuthPresent")
    (False, True)
    """
    low = key.lower()
    return not (low in _OWN_CHOICE or low in _OWN_PLACE or low.startswith(_OWN_TAGS))


def plain_conditions(policies: Iterable[Policy], *, name: str | None = None, any_name: bool = False) -> Conditions:
    """The condition under which a request depends on nobody else.

    Args:
        policies: the policies that decide; only keys that they mention matter.
        name: the user name of the caller; None for callers that have none.
        any_name: whether the caller is a user of any name instead.
    """
    keys = {key.lower(): key for policy in policies for key in _keys(policy)}
    others = {low: key for low, key in sorted(keys.items()) if is_decided_by_others(low) and low not in _DIRECT}
    conditions: Conditions = {}
    if name is not None or any_name:
        others.pop(_USER_NAME, None)
    if name is not None:
        conditions["StringEquals"] = {keys.get(_USER_NAME, "aws:username"): name}
    if any(key in keys for key in _DIRECT):
        conditions["Bool"] = {keys[key]: "false" for key in _DIRECT if key in keys}
    if others:
        conditions["Null"] = dict.fromkeys(others.values(), "true")
    return conditions


def _keys(policy: Policy) -> Iterable[str]:
    for statement in policy.statements:
        for test in statement.tests:
            yield test.key.value
            for value in test.values:
                yield from _variable.findall(value.value)
        for value in statement.resources.values if statement.resources else ():
            yield from _variable.findall(value.value)

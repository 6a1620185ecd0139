"""Whom a policy lets in who is neither one's own nor a vendor's, by what somebody said is their own.

That is no fault: the policy names them, so they are no strangers. Whoever reviews it wants to know who they are.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from jfml_policies.catalog.vendor_accounts import vendor_of
from jfml_policies.patterns.arn import is_account_id
from jfml_policies.patterns.principal import Principal
from jfml_policies.policy.operators import parse_operator
from jfml_policies.record import record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jfml_policies.catalog.vendor_accounts import Vendor
    from jfml_policies.findings import Path
    from jfml_policies.policy.nodes import Policy, Statement

__all__ = ["Outsider", "OwnPeople", "outsiders"]

_ACCOUNT_KEY: Final = "aws:principalaccount"
_ORGANIZATION_KEYS: Final = ("aws:principalorgid", "aws:principalorgpaths")
_ORGANIZATION: Final = re.compile(r"(o-[a-z0-9]{10,32})(?:/|$)")


@record
class OwnPeople:
    """Who is one's own.

    Attributes:
        accounts: accounts of one's own and those that are as good; where there are none, no account is an outsider.
        organizations: ids of organizations; likewise.
        vendors: vendors beside those that the package knows.
    """

    accounts: frozenset[str] = frozenset()
    organizations: tuple[str, ...] = ()
    vendors: tuple[Vendor, ...] = ()


@record
class Outsider:
    """An account or organization that a policy lets in.

    Attributes:
        name: the account's or organization's id.
        path: the statement that lets it in.
    """

    name: str
    path: Path

    @property
    def text(self) -> str:
        """What to say of it.

        >>> Outsider("o-a1b2c3d4e5", ()).text
        'lets in the organization `o-a1b2c3d4e5`, which is none of those that the settings name'
        """
        if self.name.startswith("o-"):
            return f"lets in the organization `{self.name}`, which is none of those that the settings name"
        return f"lets in the account `{self.name}`, which the settings do not trust and which is no known vendor's"


def outsiders(policy: Policy, own: OwnPeople) -> tuple[Outsider, ...]:
    """The accounts and organizations that a policy's Allows name and that are neither one's own nor a vendor's.

    Each is told once, at the first statement. Whether a condition or a Deny keeps it out after all is not looked at.

    >>> from jfml_policies.policy.read import loads
    >>> text = '{"Statement": {"Effect": "Allow", "Principal": {"AWS": "444455556666"}, "Action": "sts:AssumeRole"}}'
    >>> [one.name for one in outsiders(loads(text), OwnPeople(frozenset({"111122223333"})))]
    ['444455556666']
    >>> outsiders(loads(text), OwnPeople())
    ()
    """
    found: dict[str, Outsider] = {}
    for statement in policy.statements:
        if statement.allows:
            for name in _named(statement):
                if _is_outside(name, own):
                    found.setdefault(name, Outsider(name, statement.path))
    return tuple(found.values())


def _named(statement: Statement) -> Iterator[str]:
    """The accounts and organizations to which a statement opens something."""
    if statement.principal is None:
        return
    is_open = statement.principal.text is not None
    for group in statement.principal.groups:
        for value in group.values:
            principal = Principal.parse(group.type.value, value.value)
            is_open = is_open or principal.kind == "everyone"
            if principal.type == "AWS" and principal.account:
                yield principal.account
    # Where everyone is named, conditions say who is meant.
    for test in statement.tests if is_open else ():
        operator, key = parse_operator(test.operator.value), test.key.value.lower()
        if operator is None or operator.facts.negated or operator.family != "String":
            continue
        for value in test.values:
            if key == _ACCOUNT_KEY and is_account_id(value.value):
                yield value.value
            elif key in _ORGANIZATION_KEYS and (match := _ORGANIZATION.match(value.value)):
                yield match[1]


def _is_outside(name: str, own: OwnPeople) -> bool:
    if name.startswith("o-"):
        return bool(own.organizations) and name not in own.organizations
    return bool(own.accounts) and name not in own.accounts and vendor_of(name, own.vendors) is None

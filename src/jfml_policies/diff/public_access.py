"""Can only those use a resource whom its policy names or pins? What AWS calls CheckNoPublicAccess.

Source: IAM Access Analyzer API Reference, "CheckNoPublicAccess"; who is a stranger, `privilege.strangers` tells.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jfml_policies.diff.outcome import Outcome, outcome_of
from jfml_policies.privilege.strangers import access_of_strangers

if TYPE_CHECKING:
    from jfml_policies.policy.nodes import Policy

__all__ = ["no_public_access"]


def no_public_access(policy: Policy) -> Outcome:
    """Whether only those can use a resource whom its policy names or pins by a condition; it fails where others can.

    Raises:
        UsageError: the policy is of a kind that is not attached to a resource or role.

    >>> from jfml_policies.policy.read import loads
    >>> text = '''{"Statement": {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject",
    ...     "Resource": "arn:aws:s3:::b/*", "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}}}'''
    >>> no_public_access(loads(text)).verdict
    'pass'
    >>> no_public_access(loads(text.replace("StringEquals", "StringEqualsIfExists"))).verdict
    'fail'
    """
    return outcome_of(policy, access_of_strangers(policy))

"""The permissions of a role as policies that AWS takes: one, or where one would be too large, several.

A managed policy holds up to 6,144 characters, and up to ten of them are attached to a role unless the account's quota
was raised ("IAM and AWS STS quotas", https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html).
Policies that are attached together are evaluated together, so it does not matter which of them holds a statement.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from jfml_policies.build.json_output import compact_json
from jfml_policies.errors import ParameterError, PolicyError

if TYPE_CHECKING:
    from jfml_policies.build.statements import Document
    from jfml_policies.policy.nodes import Policy

__all__ = ["MOST_ATTACHED", "QUOTA", "within_quota"]

#: Most characters of a managed policy.
QUOTA: Final = 6_144
#: Most managed policies of a role, as long as nobody had the quota raised.
MOST_ATTACHED: Final = 10


def within_quota(permissions: Document, *, remedy: str, most: int = MOST_ATTACHED) -> tuple[Document, ...]:
    """The permissions as they are where one policy holds them, else policies that mean the same together, proved.

    White space inside strings counts here, and escapes as they are written, to be on the safe side.

    Args:
        permissions: what a role may do.
        remedy: which parameters make it long, as a command.
        most: how many policies there may be.

    Raises:
        ParameterError: it takes more policies, or what cannot be cut is too large for one.
        PolicyError: the parts do not mean the same, which is a fault of this library.

    >>> short = {"Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::acme/*"}]}
    >>> within_quota(short, remedy="give fewer folders") == (short,)
    True
    """
    size = len(compact_json(permissions))
    if size <= QUOTA:
        return (permissions,)
    # Imported late: hardly any role is too large for one policy.
    from jfml_policies.access.compare import compare_policies
    from jfml_policies.build.minimise import minimise
    from jfml_policies.build.minimise.draft import rebuilt
    from jfml_policies.policy.parse import parse_document

    asked = parse_document(permissions, kind="identity")
    (smallest,) = minimise(asked, quota=size).policies
    # A list that merging made longer may not be cut where those that went into it can be told apart.
    parts = min([_parts(smallest), _parts(asked)], key=lambda found: len(found) or size)
    if not 1 <= len(parts) <= most:
        problem = (
            f"the permissions would take {size:,} characters, more than the {most} managed policies of {QUOTA:,} "
            "that IAM attaches to a role"
        )
        if not parts:
            problem = f"one statement of the permissions would take more than the {QUOTA:,} characters that IAM allows"
        raise ParameterError((problem,), hint=remedy)
    together = rebuilt(asked, [statement for part in parts for statement in part.statements])
    if compare_policies(asked, together).relation != "equivalent":
        raise PolicyError(
            f"it could not be proved that {len(parts)} policies mean what was asked for",
            hint="please report it; until then, ask for less in one role",
        )
    return tuple(map(_document, parts))


def _parts(policy: Policy) -> tuple[Policy, ...]:
    """The policies that one is split into; none where a statement is too large and cannot be cut."""
    from jfml_policies.build.minimise.splitting import split

    try:
        return split(policy, QUOTA, size=lambda part: len(compact_json(_document(part))))
    except PolicyError:
        return ()


def _document(policy: Policy) -> Document:
    from jfml_policies.policy.write import compact

    document: Document = json.loads(compact(policy.tree))
    return document

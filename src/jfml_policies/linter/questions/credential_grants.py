"""Which statements of an identity policy let whoever has it get credentials of anything there is.

Left out is what an author cannot narrow or need not: actions without resource types, as `ecr:GetAuthorizationToken`,
and those that give nothing new. Names and resources tell most policies; only the rest are asked of the exact access.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from jfml_policies.catalog import load
from jfml_policies.errors import UndecidedError
from jfml_policies.linter.questions.resource_arn import is_everything, is_literal, resource_arn
from jfml_policies.patterns.glob import intersects, matches
from jfml_policies.privilege.escalation_paths import PATHS
from jfml_policies.privilege.exposed_actions import actions_of
from jfml_policies.privilege.targets import target_of

if TYPE_CHECKING:
    from jfml_policies.policy.nodes import Policy, Statement

__all__ = ["credential_actions", "credential_grants", "granting_entries"]

#: What gives nothing that its caller lacks.
_NOTHING_NEW: Final = frozenset(
    (
        # It returns a certificate, which is public.
        "cognito-idp:GetSigningCertificate",
        # It turns a key on or off, and returns none.
        "iam:UpdateAccessKey",
        # It gives what an access grant gives its caller by name.
        # Source: S3 User Guide, "Request access to Amazon S3 data through S3 Access Grants".
        "s3:GetDataAccess",
        # They are called without credentials of AWS, so no identity policy is asked.
        # Source: AWS STS API Reference, "AssumeRoleWithSAML" and "AssumeRoleWithWebIdentity".
        "sts:AssumeRoleWithSAML",
        "sts:AssumeRoleWithWebIdentity",
        # The session can do no more than the user's own policies allow.
        # Source: IAM User Guide, "Permissions for GetFederationToken".
        "sts:GetFederationToken",
    )
)
#: No identity policy that AWS takes has more; nothing is said of a larger one that must be asked.
_MOST_STATEMENTS: Final = 200


@cache
def credential_actions() -> tuple[str, ...]:
    """The actions that are looked at, sorted; what `privilege-escalation` tells is not among them.

    >>> [action for action in credential_actions() if action.startswith(("ec", "sts"))]
    ['ec2:GetPasswordData', 'sts:AssumeRoot']
    """
    told = {path.permissions for path in PATHS if path.category == "principal-access"}
    catalog = load()
    return tuple(
        [
            action
            for action in actions_of("credentials")
            if (action,) not in told
            and action not in _NOTHING_NEW
            and (known := catalog.action(action)) is not None
            and known.resource_types
        ]
    )


def credential_grants(policy: Policy) -> list[tuple[Statement, tuple[str, ...]]]:
    """The statements that grant such actions on any resource, unconditionally, each with the actions.

    None of a policy that allows everything, or that AWS would refuse.

    >>> from jfml_policies.policy.read import loads
    >>> text = '{"Statement": {"Effect": "Allow", "Action": "ec2:Get*", "Resource": "*"}}'
    >>> [actions for _, actions in credential_grants(loads(text))]
    [('ec2:GetPasswordData',)]
    """
    if len(policy.statements) > _MOST_STATEMENTS or any(_allows_everything(one) for one in policy.statements):
        return []
    candidates = {id(one): some for one in policy.statements if one.allows and (some := _may_grant(one))}
    if not candidates:
        return []
    found = _granted(policy, sorted({action for some in candidates.values() for action in some}))
    grants = []
    for statement in policy.statements:
        some = candidates.get(id(statement), ())
        actions = tuple([action for action in some if id(statement) in found.get(action, ())])
        if actions:
            grants.append((statement, actions))
    return grants


def granting_entries(statement: Statement, actions: tuple[str, ...]) -> list[int]:
    """Which entries of a statement's Action match one of some actions."""
    values = statement.action.values if statement.action is not None else ()
    return [
        number
        for number, value in enumerate(values)
        if any(matches(value.value, action, fold_case=True) for action in actions)
    ]


def _allows_everything(statement: Statement) -> bool:
    return (
        statement.allows
        and statement.condition is None
        and statement.action is not None
        and statement.resource is not None
        and any(is_everything(value.value) for value in statement.action.values)
        and any(is_everything(value.value) for value in statement.resource.values)
    )


def _may_grant(statement: Statement) -> tuple[str, ...]:
    """The actions that a statement names and may allow on a resource that nobody has named."""
    if statement.action is None:
        return ()
    # Whatever leaves the service open allows so much else that credentials are the least of it.
    by_service = _by_service()
    actions = sorted(
        {
            action
            for one in statement.action.values
            for action in by_service.get(one.value.partition(":")[0].lower(), ())
            if matches(one.value, action, fold_case=True)
        }
    )
    if statement.resource is None:
        return tuple(actions)
    resources = [value.value for value in statement.resource.values if not is_literal(value.value)]
    return tuple([action for action in actions if any(_may_be_any(action, resource) for resource in resources)])


@cache
def _by_service() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for action in credential_actions():
        found.setdefault(action.partition(":")[0], []).append(action)
    return found


def _may_be_any(action: str, resource: str) -> bool:
    arn = None if "${" in resource else resource_arn(resource)
    if arn is None:
        return True
    # Field by field: a `*` at the end of one ARN would take in the whole of another.
    return any(
        intersects(arn.service, fields[2]) and intersects(arn.resource, fields[5])
        for fields in [fresh.split(":", 5) for fresh in target_of(action, "any").any]
    )


def _granted(policy: Policy, actions: list[str]) -> dict[str, set[int]]:
    """By the exact access the statements, by id, that grant each action for certain and on any resource."""
    from jfml_policies.privilege.holdings import Holdings
    from jfml_policies.privilege.inquiry import Inquiry
    from jfml_policies.privilege.questions import Wish

    wishes = [Wish(action) for action in actions]
    try:
        inquiry = Inquiry(Holdings([policy]), wishes)
    except UndecidedError:
        return {}
    answers = [inquiry.ask(wish) for wish in wishes]
    return {
        answer.wish.action: {id(place.statement) for place in answer.places}
        for answer in answers
        if answer.state == "open"
    }

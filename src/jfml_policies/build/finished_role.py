"""The last steps of every builder: within AWS's quotas, checked, as text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from pydantic import BaseModel

from jfml_policies.build.json_output import compact_json, json_text
from jfml_policies.build.managed_policies import MOST_ATTACHED, QUOTA, within_quota
from jfml_policies.build.other_accounts import needs_nothing_there, needs_there
from jfml_policies.build.outputs.role_documents import RoleDocuments
from jfml_policies.build.role import HandOver, Role
from jfml_policies.build.selfcheck import check_built, check_trust_size
from jfml_policies.build.statements import Document

__all__ = ["finished_role"]

_OWN_FAULT: Final = "this is a fault of the builder, not of the parameters; please report it"


def finished_role(
    *,
    name: str | None,
    trust: Document,
    permissions: Document,
    parameters: BaseModel,
    choices: Iterable[str],
    allows: Iterable[str],
    leaves_out: Iterable[str],
    warnings: Iterable[str],
    remedies: tuple[str, str],
    fault: str = _OWN_FAULT,
    hand_over: tuple[HandOver, ...] = (),
    managed_policies: tuple[str, ...] = (),
    account: str | None = None,
) -> Role:
    """The role of two documents, made to fit, linted and explained; what the linter remarks becomes a warning.

    Args:
        name: see `Role`, as all that is not told here.
        trust: the trust policy.
        permissions: all that the role may do, of any size.
        parameters: what was asked for.
        choices: what was chosen and why.
        allows: what the policies allow.
        leaves_out: what they do not.
        warnings: what cannot be put right.
        remedies: what to do about a trust policy, and about permissions, that are too large.
        fault: whose fault an error of the linter is, as a hint.
        hand_over: where the role goes.
        managed_policies: ARNs of AWS's managed policies, which take places of the role's quota.
        account: the account that the role is made in, where it is known.

    Raises:
        ParameterError: a document is too large, and cannot be split.
        PolicyError: a built document fails the linter.
    """
    of_trust, of_permissions = remedies
    check_trust_size(trust, remedy=of_trust)
    most = MOST_ATTACHED - len(managed_policies)
    documents = within_quota(permissions, remedy=of_permissions, most=most)
    remarks = check_built(trust, kind="trust", fault=fault)
    for document in documents:
        remarks = (*remarks, *check_built(document, kind="identity", fault=fault))
    whole = permissions if len(documents) > 1 else documents[0]
    role = RoleDocuments(name, trust, (whole,), managed_policies)
    return Role(
        name=name,
        trust_json=json_text(trust),
        permissions_json=json_text(whole),
        choices=(*choices, *needs_nothing_there(role, account), *_fitting(permissions, documents)),
        allows=tuple(allows),
        leaves_out=tuple(leaves_out),
        warnings=tuple(dict.fromkeys((*warnings, *needs_there(role, account), *remarks))),
        parameters=parameters,
        hand_over=hand_over,
        managed_policies=managed_policies,
        account=account,
        split_json=tuple(map(json_text, documents)) if len(documents) > 1 else (),
    )


def _fitting(permissions: Document, documents: tuple[Document, ...]) -> tuple[str, ...]:
    """What was done to permissions that are too large for one policy, and why."""
    if documents == (permissions,):
        return ()
    why = f"as one policy the permissions would take {len(compact_json(permissions)):,} characters, more than the"
    why = f"{why} {QUOTA:,} that IAM allows"
    if len(documents) == 1:
        return (f"{why}, so statements are merged; it is proved that this allows the same",)
    return (f"{why}, so they are split into {len(documents)} policies; attach all of them: together they allow it all",)

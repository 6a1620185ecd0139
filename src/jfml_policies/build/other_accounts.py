"""What a role has to do with accounts other than its own, in plain words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from jfml_policies.build.outputs.cross_account import Named, named
from jfml_policies.build.outputs.role_documents import RoleDocuments
from jfml_policies.build.wording import listed, quoted_list

__all__ = ["needs_nothing_there", "needs_there"]


def needs_nothing_there(role: RoleDocuments, account: str | None) -> Iterator[str]:
    """Why the keys of the role's own account get no statement, on one line.

    "Default key policy" in the KMS Developer Guide,
    https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
    """
    if account is not None and any(one.kind == "key" and one.account == account for one in named(role)):
        yield (
            "keys in the role's own account get no statement for it: their policies have to leave access to IAM, as the"
            f" default one does by allowing `kms:*` to the root of the account {account}"
        )


def needs_there(role: RoleDocuments, account: str | None) -> Iterator[str]:
    """Whose policies have to allow the role as well, and what is missing to write what they need; one line each.

    Args:
        role: the role's name and documents.
        account: the account that the role is made in, or None when that is not known.
    """
    found = named(role)
    accounts = sorted({one.account for one in found if one.account not in {None, account}} - {None}, key=str)
    if account is None:
        if len(accounts) > 1:
            yield (
                f"the buckets and keys are in the accounts {listed([str(one) for one in accounts])}, of which all but"
                " the role's own have to allow the role too; give role_account and role_name to have what they need"
                " written"
            )
        return
    for other in accounts:
        there = [one for one in found if one.account == other]
        line = f"calls are refused until the account {other} allows the role too, in the {_policies(there)}"
        if role.name is None:
            yield f"{line}; that is not written, because such a policy names the role: give it a name"
        else:
            yield f"{line}; what to add there is in other_account_files"


def _policies(there: Iterable[Named]) -> str:
    buckets = dict.fromkeys(one.name for one in there if one.kind == "bucket")
    keys = dict.fromkeys(one.name for one in there if one.kind == "key")
    parts = [f"bucket polic{'y' if len(buckets) == 1 else 'ies'} of {quoted_list(buckets)}"] if buckets else []
    parts += [f"key polic{'y' if len(keys) == 1 else 'ies'} of {quoted_list(keys)}"] if keys else []
    return " and the ".join(parts)

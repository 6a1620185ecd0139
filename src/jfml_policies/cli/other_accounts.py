"""What accounts other than the role's have to add: as files, and as the commands that put them in place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jfml_policies.errors import ParameterError
from jfml_policies.report.inert import inert

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jfml_policies.build.role import Role

__all__ = ["files_for_other_accounts", "steps_in_other_accounts"]

#: Most bytes of a bucket policy ("Bucket policies and user policies" in the S3 User Guide,
#: https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-iam-policies.html).
_BUCKET_QUOTA: Final = 20_480


def files_for_other_accounts(role: Role, role_account: str | None) -> tuple[dict[str, str], str | None]:
    """Texts by file name, and why there are none although some may be needed.

    Args:
        role: the role.
        role_account: the account of the role, where somebody asked for these files by it.

    Raises:
        ParameterError: they were asked for and cannot be written.
    """
    if role_account is None and (role.account is None or role.name is None):
        # The role's own warnings tell.
        return {}, None
    try:
        return role.other_account_files(role_account=role_account), None
    except ParameterError as error:
        if role_account is not None:
            raise
        return {}, "; ".join(error.problems)


def steps_in_other_accounts(role: Role, folder: str, role_account: str | None) -> Iterator[str]:
    """Commands by account; they replace policies, and say so.

    Args:
        role: the role, whose files for other accounts were written.
        folder: where.
        role_account: as for `files_for_other_accounts`.
    """
    from shlex import quote

    from jfml_policies.build.json_output import compact_json
    from jfml_policies.build.outputs.cross_account import named

    owners = {one.name: one.account for one in named(role.documents)}
    steps: dict[str | None, list[str]] = {}
    for bucket, policy in role.bucket_policies(role_account=role_account).items():
        size = len(compact_json(policy).encode())
        if size > _BUCKET_QUOTA:
            yield (
                f"the bucket policy of {bucket} takes {size:,} bytes, more than the {_BUCKET_QUOTA:,} that S3 allows: "
                "ask for less in one role"
            )
        file = quote(f"file://{folder}/bucket-policy-{bucket}.json")
        steps.setdefault(owners.get(bucket), []).extend(
            (
                f"  aws s3api get-bucket-policy --bucket {bucket} --query Policy --output text",
                f"  aws s3api put-bucket-policy --bucket {bucket} --policy {file}",
            )
        )
    for arn in role.key_policy_statements(role_account=role_account):
        _, _, _, region, account, key = arn.split(":")
        names = f"--region {region} --key-id {arn} --policy-name default"
        file = f"{folder}/key-policy-statements-{account}-{region}-{key.removeprefix('key/')}.json"
        steps.setdefault(account, []).extend(
            (
                f"  aws kms get-key-policy {names} --query Policy --output text > key-policy.json",
                f"  # add the statements of {file} to key-policy.json",
                f"  aws kms put-key-policy {names} --policy file://key-policy.json",
            )
        )
    for owner, lines in sorted(steps.items(), key=lambda item: item[0] or ""):
        whose = "the account of the bucket" if owner is None else f"the account {owner}"
        yield f"then, in {whose}; each put- command REPLACES the policy that is there, so merge with what get- shows:"
        yield from map(inert, lines)

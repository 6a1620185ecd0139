"""ARNs that do not lie where a spec's data and services do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from jfml_policies.build.identifiers import PARTITIONS, account_id_problem, kms_key_problem, partition_of
from jfml_policies.build.specs.part import Disagreement
from jfml_policies.build.wording import quoted

__all__ = ["misplaced"]


def misplaced(value: object, path: tuple[int | str, ...], region: str, account: object) -> Iterator[Disagreement]:
    """ARNs of another region or partition than the role's, and roles of another account; the spec's depth is bounded.

    S3 uses keys of the bucket's own region only ("Protecting data with SSE-KMS" in the S3 User Guide); a role can be
    passed within its account only ("Grant a user permissions to pass a role to an AWS service").

    Args:
        value: parts of a spec as they were given.
        path: where they stand.
        region: the region of data and services.
        account: the account of the role, if it is known and right.
    """
    if isinstance(value, Mapping):
        for name, item in value.items():
            yield from misplaced(item, (*path, name), region, account)
    elif isinstance(value, list | tuple):
        for place, item in enumerate(value):
            yield from misplaced(item, (*path, place), region, account)
    elif isinstance(value, str) and value.startswith("arn:") and value.count(":") >= 5:
        _, partition, service, in_region, owner, _ = value.split(":", 5)
        if partition != partition_of(region) and partition in PARTITIONS:
            yield path, f"{quoted(value)} is in the partition {quoted(partition)}, the role in {quoted(region)}"
        elif service == "kms" and kms_key_problem(value) is None and in_region != region:
            yield path, f"{quoted(value)} is in {quoted(in_region)}, the role's data and services in {quoted(region)}"
        elif service == "iam" and owner != account and account_id_problem(owner) is None and isinstance(account, str):
            yield path, f"{quoted(value)} is in another account than {quoted(account)}, where it cannot be passed"

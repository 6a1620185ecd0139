"""The parameters of JFrog ML's role, what each may be, and which do not go together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Any

from pydantic import Field

from jfml_policies.build.fields import Account, Bucket, Keys, ObjectKey, Prefix, PrefixOrKey, Region, RoleName
from jfml_policies.build.identifiers import KmsKey, Partition, partition_of
from jfml_policies.build.parameters import Parameters
from jfml_policies.build.presets.jfrog_ml.facts import CLOUD_ACCOUNT, CLOUD_PARTITION, RolePatterns
from jfml_policies.build.tasks.s3 import Folder
from jfml_policies.build.wording import quoted, quoted_list

__all__ = ["RoleParameters"]


class RoleParameters(Parameters):
    """What JFrog ML's role is to allow. `jfrog_ml.role` takes the same names."""

    bucket: Annotated[Bucket, Field(description="bucket to read from")]
    prefix: Annotated[
        PrefixOrKey | None, Field(description="folder to read; the whole bucket when left out, unless a key is given")
    ] = None
    key: Annotated[ObjectKey | None, Field(description="key of one object to read, instead of a folder")] = None
    write_bucket: Annotated[
        Bucket | None, Field(description="bucket that batch results go to; `bucket` when only write_prefix is given")
    ] = None
    write_prefix: Annotated[
        Prefix | None, Field(description="folder that batch results go to; the whole write_bucket when left out")
    ] = None
    kms_keys: Annotated[
        Keys, Field(description="ARNs of the KMS keys that encrypt the data; of both buckets without write_kms_keys")
    ] = ()
    write_kms_keys: Annotated[
        Keys, Field(description="ARNs of the KMS keys for the results, when others than kms_keys")
    ] = ()
    account: Annotated[Account, Field(description="AWS account of the JFrog ML deployment")] = CLOUD_ACCOUNT
    own_account: Annotated[Account | None, Field(description="AWS account that the buckets must belong to")] = None
    role_account: Annotated[
        Account | None, Field(description="AWS account that the role is made in, when not own_account")
    ] = None
    role_name: Annotated[RoleName | None, Field(description="name of the role")] = None
    as_documented: Annotated[bool, Field(description="the policies of the vendor's page, to the letter")] = False
    strict_prefix: Annotated[
        bool, Field(description="list with the folder's prefix only; clients that list without one are denied")
    ] = True
    role_patterns: Annotated[
        RolePatterns, Field(description="roles that may assume this one: both documented patterns, or the base one")
    ] = "both"
    region: Annotated[Region | None, Field(description="region of the buckets, to check the keys against")] = None
    partition: Annotated[Partition, Field(description="AWS partition of account, buckets and keys")] = "aws"

    @property
    def source(self) -> Folder:
        """The folder or object to read."""
        if self.key is not None:
            return Folder.of_object(self.bucket, self.key, self.partition)
        return Folder.of(self.bucket, self.prefix, self.partition)

    @property
    def destination(self) -> Folder | None:
        """The folder to write, or None when nothing is written."""
        if self.write_bucket is None and self.write_prefix is None:
            return None
        return Folder.of(self.write_bucket or self.bucket, self.write_prefix, self.partition)

    @property
    def read_keys(self) -> tuple[KmsKey, ...]:
        """The keys to decrypt data with."""
        return tuple(KmsKey.of(arn) for arn in self.kms_keys)

    @property
    def write_keys(self) -> tuple[KmsKey, ...]:
        """The keys to encrypt results with, when anything is written."""
        if self.destination is None:
            return ()
        return tuple(KmsKey.of(arn) for arn in self.write_kms_keys or self.kms_keys)

    @classmethod
    def disagreements(cls, right: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """Pairs of a parameter and why it does not go with the others."""
        if right.get("key") is not None and right.get("prefix") is not None:
            yield "key", "does not go with a prefix: give the folder, or one object by its whole key"
        yield from _undocumented(right)
        yield from _accounts(right)
        yield from _regions(right)
        nothing_written = right.get("write_bucket", "") is None and right.get("write_prefix", "") is None
        if right.get("write_kms_keys") and nothing_written:
            yield "write_kms_keys", "nothing is written; give write_bucket or write_prefix too, or use kms_keys"


def _undocumented(right: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What the vendor's page has no place for."""
    if not right.get("as_documented"):
        return
    for name in ("prefix", "key", "write_bucket", "write_prefix", "kms_keys", "write_kms_keys", "own_account"):
        if right.get(name):
            yield name, "the documented policies have no place for it; leave it out, or as_documented"
    if right.get("role_patterns", "both") != "both":
        yield "role_patterns", "the documented policies name both patterns; leave out role_patterns or as_documented"
    if right.get("partition", "aws") != "aws":
        yield "partition", "the documented policies are for `aws`; leave out partition or as_documented"


def _accounts(right: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    partition = right.get("partition", CLOUD_PARTITION)
    if right.get("account") == CLOUD_ACCOUNT and partition != CLOUD_PARTITION:
        problem = (
            f"{quoted(CLOUD_ACCOUNT)}, JFrog ML Cloud's, is in the partition {quoted(CLOUD_PARTITION)} and cannot"
            f" assume roles in {quoted(partition)}; give the account of your deployment there"
        )
        yield "account", problem
    if right.get("own_account") == CLOUD_ACCOUNT:
        yield "own_account", f"{quoted(CLOUD_ACCOUNT)} is JFrog ML Cloud's; give the account that owns the buckets"


def _regions(right: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """S3 uses keys of the bucket's own region only ("Protecting data with SSE-KMS" in the S3 User Guide)."""
    region: str | None = right.get("region")
    partition: str | None = right.get("partition")
    if region and partition and partition_of(region) != partition:
        yield "region", f"{quoted(region)} is not in the partition {quoted(partition)}"
        region = None
    for name in ("kms_keys", "write_kms_keys"):
        keys = [KmsKey.of(arn) for arn in right.get(name, ())]
        for problem in _misplaced(keys, region, partition):
            yield name, problem
        places = sorted({key.region for key in keys if partition in (None, key.partition)})
        if region is None and len(places) > 1:
            advice = "; give the keys of the results as write_kms_keys" if name == "kms_keys" else ""
            yield name, f"the keys are in {quoted_list(places)}, but a bucket's keys are all in its region{advice}"


def _misplaced(keys: Iterable[KmsKey], region: str | None, partition: str | None) -> Iterator[str]:
    for key in keys:
        if partition is not None and key.partition != partition:
            yield f"{quoted(key.arn)} is in the partition {quoted(key.partition)}, not {quoted(partition)}"
        elif region is not None and key.region != region:
            yield f"{quoted(key.arn)} is in {quoted(key.region)}, but the buckets are in {quoted(region)}"

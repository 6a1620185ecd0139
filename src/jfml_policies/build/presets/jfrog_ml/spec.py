"""The spec of a role for JFrog ML: who assumes it, and all that it is used for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from jfml_policies.build.fields import Account, Region, RoleName
from jfml_policies.build.granted import Task
from jfml_policies.build.identifiers import (
    PARTITIONS,
    account_id_problem,
    kms_key_problem,
    partition_of,
    region_problem,
)
from jfml_policies.build.parameters import list_of_at_most
from jfml_policies.build.place import Place
from jfml_policies.build.presets.jfrog_ml.facts import CLOUD_ACCOUNT, CLOUD_PARTITION, RolePatterns
from jfml_policies.build.presets.jfrog_ml.trusts import CloudTrust, Trust
from jfml_policies.build.presets.jfrog_ml.uses import BatchExecutionUse, DeploymentUse, Use
from jfml_policies.build.specs.locations import Where
from jfml_policies.build.specs.part import Disagreement, Part
from jfml_policies.build.wording import quoted

__all__ = ["RoleSpec"]

_MOST_USES = 30


class RoleSpec(Part):
    """A role for JFrog ML: one role may serve several uses."""

    name: Annotated[RoleName | None, Field(description="the role's name")] = None
    account: Annotated[Account, Field(description="your AWS account: the role, its data and services are in it")]
    region: Annotated[Region, Field(description="the region of data and services")]
    trust: Annotated[Trust, Field(description="who assumes the role; JFrog ML Cloud when left out")] = CloudTrust(
        kind="cloud"
    )
    listing: Annotated[
        Literal["strict", "compatible"],
        Field(description="strict: folders are listed with their prefix only; compatible: also without one"),
    ] = "strict"
    uses: Annotated[
        tuple[Use, ...],
        BeforeValidator(list_of_at_most(_MOST_USES)),
        Field(min_length=1, max_length=_MOST_USES, description="what the role is used for"),
    ]

    @property
    def where(self) -> Where:
        """Region, account and mode that all uses share."""
        return Where(Place(self.region, self.account), strict=self.listing == "strict")

    @property
    def tasks(self) -> tuple[Task, ...]:
        """What the uses take, in their order."""
        return tuple(task for use in self.uses for task in use.tasks(self.where))

    @property
    def documented_patterns(self) -> RolePatterns:
        """The roles of JFrog ML that the documentation of the uses names: batch jobs and deployments have one only."""
        return "base" if all(isinstance(use, BatchExecutionUse | DeploymentUse) for use in self.uses) else "both"

    @classmethod
    def disagreements(cls, right: Mapping[str, Any]) -> Iterator[Disagreement]:
        """Accounts, regions and keys that do not go together."""
        if right.get("account") == CLOUD_ACCOUNT:
            yield ("account",), f"{quoted(CLOUD_ACCOUNT)} is JFrog ML Cloud's; give your own"
        region = right.get("region")
        if not isinstance(region, str) or region_problem(region):
            return
        partition = partition_of(region)
        if partition not in PARTITIONS:
            yield ("region",), f"{quoted(region)} is in a partition that no role is built for"
            return
        if partition != CLOUD_PARTITION and _vendor(right.get("trust")) == CLOUD_ACCOUNT:
            problem = (
                f"{quoted(CLOUD_ACCOUNT)}, JFrog ML Cloud's, is in the partition {quoted(CLOUD_PARTITION)} and cannot"
                f" assume roles in {quoted(region)}; give the trust of your deployment there"
            )
            yield ("region",), problem
        for name in ("trust", "uses"):
            yield from _misplaced(right.get(name), (name,), region, right.get("account"))


def _vendor(trust: object) -> object:
    """The account that assumes the role, or None for a cluster of one's own."""
    if isinstance(trust, CloudTrust):
        return trust.account
    if isinstance(trust, Mapping) and trust.get("kind") == "cloud":
        return trust.get("account", CLOUD_ACCOUNT)
    return None


def _misplaced(value: object, path: tuple[int | str, ...], region: str, account: object) -> Iterator[Disagreement]:
    """ARNs of another region or partition than the role's, and roles of another account; the spec's depth is bounded.

    S3 uses keys of the bucket's own region only ("Protecting data with SSE-KMS" in the S3 User Guide); a role can be
    passed within its account only ("Grant a user permissions to pass a role to an AWS service").
    """
    if isinstance(value, Mapping):
        for name, item in value.items():
            yield from _misplaced(item, (*path, name), region, account)
    elif isinstance(value, list | tuple):
        for place, item in enumerate(value):
            yield from _misplaced(item, (*path, place), region, account)
    elif isinstance(value, str) and value.startswith("arn:") and value.count(":") >= 5:
        _, partition, service, in_region, owner, _ = value.split(":", 5)
        if partition != partition_of(region) and partition in PARTITIONS:
            yield path, f"{quoted(value)} is in the partition {quoted(partition)}, the role in {quoted(region)}"
        elif service == "kms" and kms_key_problem(value) is None and in_region != region:
            yield path, f"{quoted(value)} is in {quoted(in_region)}, the role's data and services in {quoted(region)}"
        elif service == "iam" and owner != account and not _wrong_account(owner) and isinstance(account, str):
            yield path, f"{quoted(value)} is in another account than {quoted(account)}, where it cannot be passed"


def _wrong_account(text: str) -> bool:
    return account_id_problem(text) is not None

"""The spec of a role for JFrog ML: who assumes it, and all that it is used for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from jfml_policies.build.fields import Account, Region, RoleName
from jfml_policies.build.identifiers import PARTITIONS, partition_of, region_problem
from jfml_policies.build.parameters import list_of_at_most
from jfml_policies.build.place import Place
from jfml_policies.build.presets.jfrog_ml.facts import CLOUD_ACCOUNT, CLOUD_PARTITION, RolePatterns
from jfml_policies.build.presets.jfrog_ml.trusts import CloudTrust, Trust
from jfml_policies.build.presets.jfrog_ml.uses import BatchExecutionUse, DeploymentUse, Use
from jfml_policies.build.specs.bucket_owners import owned_twice
from jfml_policies.build.specs.locations import Where
from jfml_policies.build.specs.misplaced import misplaced
from jfml_policies.build.specs.part import Disagreement, Part
from jfml_policies.build.task import Task
from jfml_policies.build.wording import quoted

__all__ = ["RoleSpec"]

_MOST_USES = 100


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
        yield from owned_twice(right.get("uses"), ("uses",), right.get("account"))
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
            yield from misplaced(right.get(name), (name,), region, right.get("account"))


def _vendor(trust: object) -> object:
    """The account that assumes the role, or None for a cluster of one's own."""
    if isinstance(trust, CloudTrust):
        return trust.account
    if isinstance(trust, Mapping) and trust.get("kind") == "cloud":
        return trust.get("account", CLOUD_ACCOUNT)
    return None

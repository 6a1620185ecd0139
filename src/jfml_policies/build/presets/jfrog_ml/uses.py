"""What a role for JFrog ML is used for: each place where JFrog ML takes a role's ARN.

The places are those of the SDK `frogml` 2.1 and of "Accessing AWS Resources with IAM Role", "Data Sources",
"Storage-based Execution" and "Automations" in the JFrog ML documentation, https://docs.qwak.com.
Batch sources and jobs read and write S3 as the role; what the code of a model or build calls beyond that is `needs`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

from pydantic import Field

from jfml_policies.build.specs.locations import DatedLocation, FileLocation, Where
from jfml_policies.build.specs.needs import Need, Needs
from jfml_policies.build.specs.part import Disagreement, Part
from jfml_policies.build.specs.warehouses import AthenaPart, RedshiftPart, RedshiftServerlessPart
from jfml_policies.build.task import Task

__all__ = [
    "AthenaUse",
    "AutomationUse",
    "BatchExecutionUse",
    "BuildUse",
    "DeploymentUse",
    "FileSourceUse",
    "RedshiftServerlessUse",
    "RedshiftUse",
    "Use",
]


class FileSourceUse(FileLocation):
    """A data source of CSV or Parquet files, those of a folder or one."""

    use: Literal["csv", "parquet"]

    def tasks(self, where: Where) -> tuple[Task, ...]:
        """What it takes."""
        return (self.read(where),)


class AthenaUse(AthenaPart):
    """A data source that is queried through Athena."""

    use: Literal["athena"]


class RedshiftUse(RedshiftPart):
    """A data source in a Redshift cluster."""

    use: Literal["redshift"]


class RedshiftServerlessUse(RedshiftServerlessPart):
    """A data source in Redshift Serverless."""

    use: Literal["redshift-serverless"]


class BuildUse(Part):
    """The build of a model, as far as its code and image need AWS."""

    use: Literal["build"]
    needs: Annotated[Needs, Field(min_length=1, description="what the build calls")]

    def tasks(self, where: Where) -> tuple[Task, ...]:
        """What it takes."""
        return _tasks_of(self.needs, where)


class DeploymentUse(Part):
    """A deployed model, as far as its code needs AWS."""

    use: Literal["deployment"]
    mode: Annotated[Literal["real-time", "streaming", "batch"], Field(description="how the model is deployed")]
    needs: Annotated[Needs, Field(min_length=1, description="what the model's code calls")]

    def tasks(self, where: Where) -> tuple[Task, ...]:
        """What it takes."""
        return _tasks_of(self.needs, where)


class BatchExecutionUse(Part):
    """Batch predictions from files to files."""

    use: Literal["batch-execution"]
    source: Annotated[DatedLocation, Field(description="the folder that is scored")]
    destination: Annotated[DatedLocation, Field(description="the folder that results go to")]
    needs: Annotated[Needs, Field(description="what the model's code calls beside")] = ()

    def tasks(self, where: Where) -> tuple[Task, ...]:
        """What it takes."""
        return (self.source.read(where), self.destination.write(where), *_tasks_of(self.needs, where))


class AutomationUse(Part):
    """An automation, which executes batches, or builds and deploys, by itself."""

    use: Literal["automation"]
    runs: Annotated[Literal["batch-execution", "build-deploy"], Field(description="what the automation does")]
    source: Annotated[DatedLocation | None, Field(description="the folder that is scored; may hold dates")] = None
    destination: Annotated[DatedLocation | None, Field(description="the folder for results; may hold dates")] = None
    needs: Annotated[Needs, Field(description="what the code of build or model calls")] = ()

    @classmethod
    def disagreements(cls, right: Mapping[str, Any]) -> Iterator[Disagreement]:
        """Folders without a batch, or the other way round."""
        for name in ("source", "destination"):
            if name in right and right.get("runs") == "batch-execution" and right[name] is None:
                yield (), f"executing batches takes a `{name}`"
            if right.get("runs") == "build-deploy" and right.get(name) is not None:
                yield (name,), "goes with `batch-execution` only; list folders that the code reads under needs"
        if right.get("runs") == "build-deploy" and right.get("needs", "wrong") in ((), []):
            yield (), "building and deploying takes no permission by itself; list what the code calls under needs"

    def tasks(self, where: Where) -> tuple[Task, ...]:
        """What it takes."""
        found: tuple[Task, ...] = ()
        if self.source is not None:
            found = (*found, self.source.read(where))
        if self.destination is not None:
            found = (*found, self.destination.write(where))
        return (*found, *_tasks_of(self.needs, where))


Use = Annotated[
    FileSourceUse
    | AthenaUse
    | RedshiftUse
    | RedshiftServerlessUse
    | BuildUse
    | DeploymentUse
    | BatchExecutionUse
    | AutomationUse,
    Field(discriminator="use"),
]


def _tasks_of(needs: tuple[Need, ...], where: Where) -> tuple[Task, ...]:
    return tuple(task for need in needs for task in need.tasks(where))

"""What a role for JFrog ML is used for: each place where JFrog ML takes a role's ARN.

The places are those of the SDK `frogml` 2.1 and of "Accessing AWS Resources with IAM Role", "Data Sources",
"Storage-based Execution" and "Automations" in the JFrog ML documentation, https://docs.qwak.com.
Batch sources and jobs read and write S3 as the role; what the code of a model or build calls beyond that is `needs`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from jfml_policies.build.fields import Keys, TablePattern, named
from jfml_policies.build.granted import Task
from jfml_policies.build.parameters import list_of_at_most
from jfml_policies.build.specs.locations import DatedLocation, Location, Where, keys_of
from jfml_policies.build.specs.needs import Need, Needs
from jfml_policies.build.specs.part import Disagreement, Part
from jfml_policies.build.tasks.athena import AthenaQuery, QueryResults
from jfml_policies.build.tasks.redshift import RedshiftLogin, RedshiftServerlessLogin

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

_LIST = BeforeValidator(list_of_at_most(50))

_Workgroup = Annotated[str, *named("a workgroup's name", r"[A-Za-z0-9._-]{1,128}", "primary")]
_Database = Annotated[str, *named("a database's name", r"[A-Za-z0-9_.@-]{1,255}", "features")]
_Cluster = Annotated[str, *named("a cluster's identifier", r"[a-z][a-z0-9-]{0,62}", "warehouse")]
_DatabaseUser = Annotated[str, *named("a database user's name", r"[A-Za-z0-9_.@+-]{1,128}", "ml_reader")]
_WorkgroupId = Annotated[
    str,
    *named(
        "the id at the end of a workgroup's ARN",
        r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
        "0f0b6a5e-5d3e-4f6c-9a60-2f1f4b0c7d11",
    ),
]


class FileSourceUse(Location):
    """A data source of CSV or Parquet files."""

    use: Literal["csv", "parquet"]

    def tasks(self, where: Where) -> tuple[Task, ...]:
        """What it takes."""
        return (self.read(where),)


class AthenaUse(Part):
    """A data source that is queried through Athena."""

    use: Literal["athena"]
    database: Annotated[_Database, Field(description="the database in the Glue Data Catalog")]
    tables: Annotated[
        tuple[TablePattern, ...], _LIST, Field(min_length=1, description="the tables; all of the database by default")
    ] = ("*",)
    workgroup: Annotated[_Workgroup, Field(description="the workgroup that queries run in")] = "primary"
    data: Annotated[tuple[Location, ...], _LIST, Field(description="the folders that the tables are made of")] = ()
    results: Annotated[
        Location | None, Field(description="where results go; left out when the workgroup keeps them itself")
    ] = None
    lake_formation: Annotated[bool, Field(description="tables are registered with Lake Formation")] = False
    browse: Annotated[bool, Field(description="the client also lists databases and tables through Athena")] = False
    catalog_keys: Annotated[Keys, Field(description="ARNs of the KMS keys of the Glue Data Catalog")] = ()

    @classmethod
    def disagreements(cls, right: Mapping[str, Any]) -> Iterator[Disagreement]:
        """Data that nothing can read."""
        if right.get("data", "wrong") in ((), []) and right.get("lake_formation") is False:
            yield ("data",), "names no folder; queries read the data as the role, unless lake_formation is true"

    def tasks(self, where: Where) -> tuple[Task, ...]:
        """What it takes."""
        results = None
        if self.results is not None:
            written = self.results.write(where)
            results = QueryResults(written.folder, written.owner, written.keys)
        return (
            AthenaQuery(
                place=where.place,
                workgroup=self.workgroup,
                database=self.database,
                tables=self.tables,
                data=tuple(location.read(where) for location in self.data),
                results=results,
                lake_formation=self.lake_formation,
                browse=self.browse,
                catalog_keys=keys_of(self.catalog_keys),
            ),
        )


class RedshiftUse(Part):
    """A data source in a Redshift cluster."""

    use: Literal["redshift"]
    cluster: Annotated[_Cluster, Field(description="the cluster's identifier")]
    database: Annotated[_Database, Field(description="the database")]
    user: Annotated[_DatabaseUser, Field(description="the database user, `db_user` of the source")]
    look_up: Annotated[bool, Field(description="the driver looks the endpoint up by the cluster's name")] = True

    def tasks(self, where: Where) -> tuple[Task, ...]:
        """What it takes."""
        return (RedshiftLogin(where.place, self.cluster, self.database, self.user, self.look_up),)


class RedshiftServerlessUse(Part):
    """A data source in Redshift Serverless."""

    use: Literal["redshift-serverless"]
    workgroup_id: Annotated[_WorkgroupId, Field(description="the id at the end of the workgroup's ARN")]
    look_up: Annotated[bool, Field(description="the driver looks the endpoint up")] = True

    def tasks(self, where: Where) -> tuple[Task, ...]:
        """What it takes."""
        return (RedshiftServerlessLogin(where.place, self.workgroup_id, self.look_up),)


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

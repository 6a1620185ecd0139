"""Queries of warehouses, Athena and Redshift, as parts of a spec: as a data source, or by the code itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from jfml_policies.build.fields import Keys, TablePattern, named
from jfml_policies.build.parameters import list_of_at_most
from jfml_policies.build.specs.locations import Location, Where, keys_of
from jfml_policies.build.specs.part import Disagreement, Part
from jfml_policies.build.task import Task
from jfml_policies.build.tasks.athena import AthenaQuery, QueryResults
from jfml_policies.build.tasks.redshift import RedshiftLogin, RedshiftServerlessLogin

__all__ = ["AthenaPart", "RedshiftPart", "RedshiftServerlessPart"]

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


class AthenaPart(Part):
    """Tables that are queried through Athena."""

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


class RedshiftPart(Part):
    """A database in a Redshift cluster."""

    cluster: Annotated[_Cluster, Field(description="the cluster's identifier")]
    database: Annotated[_Database, Field(description="the database")]
    user: Annotated[_DatabaseUser, Field(description="the database user, `db_user` of the source")]
    look_up: Annotated[bool, Field(description="the driver looks the endpoint up by the cluster's name")] = True

    def tasks(self, where: Where) -> tuple[Task, ...]:
        """What it takes."""
        return (RedshiftLogin(where.place, self.cluster, self.database, self.user, self.look_up),)


class RedshiftServerlessPart(Part):
    """A database in Redshift Serverless."""

    workgroup_id: Annotated[_WorkgroupId, Field(description="the id at the end of the workgroup's ARN")]
    look_up: Annotated[bool, Field(description="the driver looks the endpoint up")] = True

    def tasks(self, where: Where) -> tuple[Task, ...]:
        """What it takes."""
        return (RedshiftServerlessLogin(where.place, self.workgroup_id, self.look_up),)

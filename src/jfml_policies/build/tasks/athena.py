"""Running Athena queries over tables of the Glue Data Catalog."""

from __future__ import annotations

from dataclasses import dataclass

from jfml_policies.build.identifiers import KmsKey
from jfml_policies.build.place import Place
from jfml_policies.build.statements import Statement
from jfml_policies.build.task import Task
from jfml_policies.build.tasks.kms import encrypt_through_s3, keys_through
from jfml_policies.build.tasks.s3 import Folder, ReadFolder, WriteFolder

__all__ = ["AthenaQuery", "QueryResults"]


@dataclass(frozen=True, slots=True)
class QueryResults(Task):
    """Where Athena writes results and reads them back: a client fetches them as the role.

    Beside putting objects Athena lists the bucket and its unfinished uploads ("Access to Amazon S3" in the Athena User
    Guide, https://docs.aws.amazon.com/athena/latest/ug/s3-permissions.html, and the S3 permissions of
    "AmazonAthenaFullAccess", https://docs.aws.amazon.com/athena/latest/ug/managed-policies.html). Neither says which
    prefix these listings carry, so that they are not narrowed to the folder.

    Attributes:
        folder: the result location.
        owner: the account the bucket must belong to, or None when that is not known.
        keys: the KMS keys that results are encrypted with.
    """

    folder: Folder
    owner: str | None = None
    keys: tuple[KmsKey, ...] = ()

    def statements(self) -> tuple[Statement, ...]:
        """What the result location takes; joined with other tasks by `statements.joined`."""
        write = WriteFolder(self.folder, self.owner)
        read = ReadFolder(self.folder, strict=False, owner=self.owner)
        listing, reading, _ = read.statements()
        uploads = Statement(
            "ListUploads", ("s3:ListBucketMultipartUploads",), (self.folder.bucket_arn,), listing.conditions
        )
        return (*write.statements(), listing, uploads, reading, *encrypt_through_s3(self.keys))


@dataclass(frozen=True, slots=True)
class AthenaQuery(Task):
    """Run SELECT queries in a workgroup over tables of a database, and fetch their results.

    - The workgroup's actions are those of "Example workgroup policies", for running and following queries
      (https://docs.aws.amazon.com/athena/latest/ug/example-policies-workgroup.html); `GetQueryResultsStream` serves
      the JDBC and ODBC drivers ("Access through JDBC and ODBC connections").
    - Glue decides on the catalog, the database and the table together, and Athena asks for the `default` database
      whatever the query names ("Configure access to databases and tables in the AWS Glue Data Catalog",
      https://docs.aws.amazon.com/athena/latest/ug/fine-grained-access-to-glue-resources.html).
    - The data is read, and results are written, with the role's own permissions ("Access to Amazon S3",
      https://docs.aws.amazon.com/athena/latest/ug/s3-permissions.html).
    - Tables registered with Lake Formation are read with credentials that `lakeformation:GetDataAccess` gives
      ("Underlying data access control" in the Lake Formation Developer Guide,
      https://docs.aws.amazon.com/lake-formation/latest/dg/access-control-underlying-data.html).
    - An encrypted catalog takes its key ("Permissions to an encrypted AWS Glue Data Catalog",
      https://docs.aws.amazon.com/athena/latest/ug/encryption.html).

    Attributes:
        place: where workgroup and catalog lie.
        workgroup: the workgroup's name.
        database: the database's name in the catalog of the account.
        tables: the tables' names, which may hold `*`; all of the database when left out.
        data: what the tables are made of; none when Lake Formation gives access to all of it.
        results: where results go; None when the workgroup keeps them itself (managed query results).
        lake_formation: whether tables are registered with Lake Formation.
        browse: whether the client looks the tables up through Athena's own metadata calls.
        catalog: the name of the data catalog in Athena, for `browse`.
        catalog_keys: the KMS keys that the Glue Data Catalog is encrypted with.
    """

    place: Place
    workgroup: str
    database: str
    tables: tuple[str, ...] = ("*",)
    data: tuple[ReadFolder, ...] = ()
    results: QueryResults | None = None
    lake_formation: bool = False
    browse: bool = False
    catalog: str = "AwsDataCatalog"
    catalog_keys: tuple[KmsKey, ...] = ()

    def statements(self) -> tuple[Statement, ...]:
        """What the queries take; joined with other tasks by `statements.joined`."""
        found = [
            Statement(
                "RunQueries",
                (
                    "athena:StartQueryExecution",
                    "athena:StopQueryExecution",
                    "athena:GetQueryExecution",
                    "athena:GetQueryResults",
                    "athena:GetQueryResultsStream",
                    "athena:GetWorkGroup",
                ),
                (self.place.arn("athena", f"workgroup/{self.workgroup}"),),
            ),
            *self._metadata(),
        ]
        if self.browse:
            found.append(
                Statement(
                    "BrowseCatalog",
                    (
                        "athena:GetDataCatalog",
                        "athena:ListDatabases",
                        "athena:ListTableMetadata",
                        "athena:GetTableMetadata",
                    ),
                    (self.place.arn("athena", f"datacatalog/{self.catalog}"),),
                )
            )
        found += [statement for folder in self.data for statement in folder.statements()]
        if self.results is not None:
            found += self.results.statements()
        if self.lake_formation:
            found.append(Statement("UseLakeFormation", ("lakeformation:GetDataAccess",), ("*",)))
        actions = ("kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey")
        found += keys_through("glue", "UseCatalogKey", actions, self.catalog_keys)
        return tuple(found)

    def _metadata(self) -> tuple[Statement, Statement]:
        catalog = self.place.arn("glue", "catalog")
        databases = [self.place.arn("glue", f"database/{name}") for name in dict.fromkeys((self.database, "default"))]
        tables = [self.place.arn("glue", f"table/{self.database}/{name}") for name in dict.fromkeys(self.tables)]
        return (
            Statement("FindDatabases", ("glue:GetDatabase",), (catalog, *databases)),
            Statement(
                "ReadTableMetadata",
                ("glue:GetTable", "glue:GetPartition", "glue:GetPartitions", "glue:BatchGetPartition"),
                (catalog, databases[0], *tables),
            ),
        )

"""Reading DynamoDB tables."""

from __future__ import annotations

from dataclasses import dataclass

from jfml_policies.build.identifiers import KmsKey
from jfml_policies.build.place import Place
from jfml_policies.build.statements import Statement
from jfml_policies.build.task import Task
from jfml_policies.build.tasks.kms import decrypt_through

__all__ = ["ReadTable"]


@dataclass(frozen=True, slots=True)
class ReadTable(Task):
    """Get and query the items of a table, and query some of its indexes.

    A query of an index is decided on the index's own ARN ("Using IAM with DynamoDB", and "IAM policy to grant access to
    a specific DynamoDB table and its indexes",
    https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/iam-policy-example-data-crud.html). Under a key of
    one's own the caller needs `kms:Decrypt` through DynamoDB ("DynamoDB encryption at rest: usage notes", section
    "Authorizing use of your KMS key", https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html).

    Attributes:
        place: where the table is.
        table: the table's name.
        indexes: the names of indexes that are queried.
        scan: whether whole tables and indexes are read without a key.
        keys: the KMS keys that the table is encrypted with, if not a key of AWS.
    """

    place: Place
    table: str
    indexes: tuple[str, ...] = ()
    scan: bool = False
    keys: tuple[KmsKey, ...] = ()

    def statements(self) -> tuple[Statement, ...]:
        """What reading takes; joined with other tasks by `statements.joined`."""
        table = self.place.arn("dynamodb", f"table/{self.table}")
        whole = ("dynamodb:Scan",) if self.scan else ()
        found = [
            Statement(
                "ReadItems",
                ("dynamodb:BatchGetItem", "dynamodb:DescribeTable", "dynamodb:GetItem", "dynamodb:Query", *whole),
                (table,),
            )
        ]
        if self.indexes:
            indexes = tuple(f"{table}/index/{name}" for name in dict.fromkeys(self.indexes))
            found.append(Statement("QueryIndexes", ("dynamodb:Query", *whole), indexes))
        return (*found, *decrypt_through("dynamodb", "Tables", self.keys))

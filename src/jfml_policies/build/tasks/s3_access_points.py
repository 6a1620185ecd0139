"""Reading and writing S3 through access points and access grants."""

from __future__ import annotations

from dataclasses import dataclass

from jfml_policies.build.identifiers import KmsKey
from jfml_policies.build.place import Place
from jfml_policies.build.statements import Condition, Statement
from jfml_policies.build.task import Task
from jfml_policies.build.tasks.kms import decrypt_through_s3, encrypt_through_s3
from jfml_policies.build.tasks.s3 import Folder

__all__ = ["ReadThroughAccessPoint", "UseAccessGrants", "WriteThroughAccessPoint"]


@dataclass(frozen=True, slots=True)
class ReadThroughAccessPoint(Task):
    """List and read a folder through an access point, and not by the bucket's own name.

    A request through an access point is decided on the access point's ARN and has to be allowed on the bucket as well;
    `s3:DataAccessPointArn` keeps the bucket's part to that access point ("Configuring IAM policies for using access
    points", https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-policies.html).

    Attributes:
        place: where the access point is.
        access_point: its name.
        folder: the folder of the bucket behind it.
        strict: list with the folder's prefix only.
        keys: the KMS keys that the objects are encrypted with.
    """

    place: Place
    access_point: str
    folder: Folder
    strict: bool = True
    keys: tuple[KmsKey, ...] = ()

    def statements(self) -> tuple[Statement, ...]:
        """What reading takes; joined with other tasks by `statements.joined`."""
        point, through = _point(self.place, self.access_point)
        listing: tuple[Condition, ...] = (through,)
        if self.strict and self.folder.path:
            listing = (through, Condition("StringLike", "s3:prefix", self.folder.listed_prefixes))
        objects = f"{point}/object/{self.folder.keys}"
        return (
            Statement("ListThroughAccessPoint", ("s3:ListBucket",), (point, self.folder.bucket_arn), listing),
            Statement("ReadThroughAccessPoint", ("s3:GetObject",), (objects, self.folder.objects_arn), (through,)),
            *decrypt_through_s3(self.keys),
        )


@dataclass(frozen=True, slots=True)
class WriteThroughAccessPoint(Task):
    """Put objects into a folder through an access point, large ones in several parts; no listing, reading or deleting.

    The same operations as of `WriteFolder` can be called on an access point ("Access point compatibility", in
    https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-service-api-support.html), and are allowed on
    both as for reading.

    Attributes:
        place: where the access point is.
        access_point: its name.
        folder: the folder of the bucket behind it.
        keys: the KMS keys that the objects are to be encrypted with.
    """

    place: Place
    access_point: str
    folder: Folder
    keys: tuple[KmsKey, ...] = ()

    def statements(self) -> tuple[Statement, ...]:
        """What writing takes; joined with other tasks by `statements.joined`."""
        point, through = _point(self.place, self.access_point)
        actions = ("s3:PutObject", "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts")
        objects = f"{point}/object/{self.folder.keys}"
        return (
            Statement("WriteThroughAccessPoint", actions, (objects, self.folder.objects_arn), (through,)),
            *encrypt_through_s3(self.keys),
        )


def _point(place: Place, name: str) -> tuple[str, Condition]:
    """An access point's ARN, and what keeps requests to it."""
    arn = place.arn("s3", f"accesspoint/{name}")
    return arn, Condition("StringEquals", "s3:DataAccessPointArn", (arn,))


@dataclass(frozen=True, slots=True)
class UseAccessGrants(Task):
    """Ask S3 Access Grants for credentials; the grants say which folders these open.

    "Request access to Amazon S3 data through S3 Access Grants" in the S3 User Guide,
    https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-grants-credentials.html; an account has one instance in
    a region, called `default`.

    Attributes:
        place: where the instance of S3 Access Grants is.
    """

    place: Place

    def statements(self) -> tuple[Statement, ...]:
        """What asking takes; joined with other tasks by `statements.joined`."""
        return (Statement("UseAccessGrants", ("s3:GetDataAccess",), (self.place.arn("s3", "access-grants/default"),)),)

"""Reading and writing one folder of an S3 bucket, or one object."""

from __future__ import annotations

from dataclasses import dataclass

from jfml_policies.build.identifiers import KmsKey, Partition
from jfml_policies.build.statements import Condition, Statement
from jfml_policies.build.task import Task
from jfml_policies.build.tasks.kms import decrypt_through_s3, encrypt_through_s3

__all__ = ["Folder", "ReadFolder", "WriteFolder"]


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder of a bucket, one object of it, or the whole bucket.

    Attributes:
        bucket: the bucket's name.
        path: how the keys in it begin: with a slash at its end a folder, without one all folders and objects that are
            called so at first, as of `in/day=`; empty means the whole bucket.
        partition: the partition the bucket is in.
        one_object: whether the path is the key of one object, and nothing else that begins like it is meant.
    """

    bucket: str
    path: str = ""
    partition: Partition = "aws"
    one_object: bool = False

    @classmethod
    def of(cls, bucket: str, prefix: str | None, partition: Partition = "aws") -> Folder:
        """The folder a prefix names: `train` and `train/` are the same, None is the whole bucket.

        >>> Folder.of("acme", "train").path
        'train/'
        """
        if not prefix:
            return cls(bucket, "", partition)
        return cls(bucket, prefix if prefix.endswith("/") else f"{prefix}/", partition)

    @classmethod
    def of_object(cls, bucket: str, key: str, partition: Partition = "aws") -> Folder:
        """One object by its key.

        >>> Folder.of_object("acme", "train/a.csv").objects_arn
        'arn:aws:s3:::acme/train/a.csv'
        """
        return cls(bucket, key, partition, one_object=True)

    @property
    def url(self) -> str:
        """The folder as people write it, `s3://bucket/path/`; a star stands for the rest of a name."""
        cut = self.path and not self.path.endswith("/") and not self.one_object
        return f"s3://{self.bucket}/{self.path}" + ("*" if cut else "")

    @property
    def bucket_arn(self) -> str:
        """The ARN that bucket actions are decided on."""
        return f"arn:{self.partition}:s3:::{self.bucket}"

    @property
    def objects_arn(self) -> str:
        """The ARN pattern that matches the folder's objects and no others."""
        return f"{self.bucket_arn}/{self.keys}"

    @property
    def keys(self) -> str:
        """The pattern of the folder's keys: one key as it stands, or how all of them begin."""
        return self.path if self.one_object else f"{self.path}*"

    @property
    def listed_prefixes(self) -> tuple[str, ...]:
        """Patterns of the prefixes by which the folder is listed, for clients that drop the final slash as well.

        One object needs no listing to be read, but Hadoop's client, which Spark reads with, looks whether its path is
        a folder by listing what is below it (`S3AFileSystem.innerListStatus` in https://github.com/apache/hadoop), and
        without a listing a missing object is "access denied". So it may be looked for by its own key, and as a folder.

        >>> Folder("acme", "train/").listed_prefixes, Folder("acme", "in/day=").listed_prefixes
        (('train', 'train/*'), ('in/day=*',))
        >>> Folder.of_object("acme", "train/a.csv").listed_prefixes
        ('train/a.csv', 'train/a.csv/')
        """
        if self.one_object:
            return (self.path, f"{self.path}/")
        own = f"{self.path}*"
        return (self.path[:-1], own) if self.path.endswith("/") else (own,)

    def overlaps(self, other: Folder) -> bool:
        """Whether some object lies in both folders."""
        if self.bucket != other.bucket:
            return False
        if self.one_object or other.one_object:
            return self._holds(other.path) if other.one_object else other._holds(self.path)
        return self.path.startswith(other.path) or other.path.startswith(self.path)

    def _holds(self, key: str) -> bool:
        return key == self.path if self.one_object else key.startswith(self.path)


@dataclass(frozen=True, slots=True)
class ReadFolder(Task):
    """Find, list and read the objects of a folder, or find and read one object.

    `s3:GetObject` serves GET and HEAD, `s3:ListBucket` the listings, `s3:GetBucketLocation` clients that look the
    region up first ("Required permissions for Amazon S3 API operations" in the S3 User Guide,
    https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html).

    Attributes:
        folder: what to read.
        strict: list with the folder's prefix only. Clients that probe the bucket or list without a prefix are denied.
        owner: the account the bucket must belong to, or None when that is not known.
        keys: the KMS keys the objects are encrypted with.
        versions: also list and read older versions, which are actions of their own.
    """

    folder: Folder
    strict: bool = True
    owner: str | None = None
    keys: tuple[KmsKey, ...] = ()
    versions: bool = False

    @property
    def lists_folder_only(self) -> bool:
        """Whether listings are limited to the folder."""
        return self.strict and bool(self.folder.path)

    def statements(self) -> tuple[Statement, ...]:
        """What reading takes; joined with other tasks by `statements.joined`."""
        owned = _owned_by(self.owner)
        listing = owned
        if self.lists_folder_only:
            listing = (*owned, Condition("StringLike", "s3:prefix", self.folder.listed_prefixes))
        sid = "ListBucket"
        if self.lists_folder_only:
            sid = "FindObject" if self.folder.one_object else "ListFolder"
        lists: tuple[str, ...] = ("s3:ListBucket",)
        reads: tuple[str, ...] = ("s3:GetObject",)
        if self.versions:
            lists, reads = ((*lists, "s3:ListBucketVersions"), (*reads, "s3:GetObjectVersion"))
        return (
            Statement(sid, lists, (self.folder.bucket_arn,), listing),
            Statement("ReadObjects", reads, (self.folder.objects_arn,), owned),
            _find_region(self.folder, owned),
            *decrypt_through_s3(self.keys),
        )


@dataclass(frozen=True, slots=True)
class WriteFolder(Task):
    """Put objects into a folder, or one object, large ones in several parts. No listing, reading or deleting.

    `s3:PutObject` covers starting, sending and finishing a multipart upload; giving one up and asking for the parts
    are actions of their own ("Multipart upload API and permissions" in the S3 User Guide,
    https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html#mpuAndPermissions).

    Attributes:
        folder: where to write.
        owner: the account the bucket must belong to, or None when that is not known.
        keys: the KMS keys the objects are to be encrypted with.
    """

    folder: Folder
    owner: str | None = None
    keys: tuple[KmsKey, ...] = ()

    def statements(self) -> tuple[Statement, ...]:
        """What writing takes; joined with other tasks by `statements.joined`."""
        owned = _owned_by(self.owner)
        actions = ("s3:PutObject", "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts")
        return (
            Statement("WriteObjects", actions, (self.folder.objects_arn,), owned),
            _find_region(self.folder, owned),
            *encrypt_through_s3(self.keys),
        )


def _find_region(folder: Folder, owned: tuple[Condition, ...]) -> Statement:
    # Apart from the listing, because a request for the location carries no s3:prefix.
    return Statement("FindBucketRegion", ("s3:GetBucketLocation",), (folder.bucket_arn,), owned)


def _owned_by(owner: str | None) -> tuple[Condition, ...]:
    """A bucket of that name in another account is refused.

    "aws:ResourceAccount" in the IAM User Guide,
    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
    """
    return (Condition("StringEquals", "aws:ResourceAccount", (owner,)),) if owner else ()

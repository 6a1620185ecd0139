from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from jfml_policies.privilege.usage.usage import Usage

Record = Callable[..., dict[str, Any]]

KEY = {"bucketName": "acme", "key": "train/a.csv"}
OBJECT = "arn:aws:s3:::acme/train/a.csv"
BUCKET = "arn:aws:s3:::acme"


@pytest.mark.parametrize(
    ("name", "parameters", "used"),
    [
        ("GetObject", KEY, [("s3:GetObject", OBJECT)]),
        ("HeadObject", KEY, [("s3:GetObject", OBJECT)]),
        ("GetObject", {**KEY, "versionId": "v"}, [("s3:GetObjectVersion", OBJECT)]),
        ("HeadObject", {**KEY, "versionId": "v"}, [("s3:GetObjectVersion", OBJECT)]),
        ("DeleteObject", {**KEY, "versionId": "v"}, [("s3:DeleteObjectVersion", OBJECT)]),
        ("GetObjectAttributes", KEY, [("s3:GetObject", OBJECT), ("s3:GetObjectAttributes", OBJECT)]),
        ("ListObjects", {"bucketName": "acme", "prefix": "train/"}, [("s3:ListBucket", BUCKET)]),
        ("HeadBucket", {"bucketName": "acme"}, [("s3:ListBucket", BUCKET)]),
        ("ListObjectVersions", {"bucketName": "acme"}, [("s3:ListBucketVersions", BUCKET)]),
        ("ListBuckets", None, [("s3:ListAllMyBuckets", "*")]),
        ("GetBucketEncryption", {"bucketName": "acme"}, [("s3:GetEncryptionConfiguration", BUCKET)]),
        ("GetBucketCors", {"bucketName": "acme"}, [("s3:GetBucketCORS", BUCKET)]),
        ("PutBucketLifecycleConfiguration", {"bucketName": "acme"}, [("s3:PutLifecycleConfiguration", BUCKET)]),
        ("DeleteBucket", {"bucketName": "acme"}, [("s3:DeleteBucket", BUCKET)]),
        ("CreateMultipartUpload", KEY, [("s3:PutObject", OBJECT)]),
        ("UploadPart", KEY, [("s3:PutObject", OBJECT)]),
        ("CompleteMultipartUpload", KEY, [("s3:PutObject", OBJECT)]),
        ("AbortMultipartUpload", KEY, [("s3:AbortMultipartUpload", OBJECT)]),
        ("ListParts", KEY, [("s3:ListMultipartUploadParts", OBJECT)]),
        ("PutObject", {**KEY, "x-amz-acl": "private"}, [("s3:PutObject", OBJECT), ("s3:PutObjectAcl", OBJECT)]),
        (
            "CopyObject",
            {**KEY, "x-amz-copy-source": "/source/b%20c?versionId=v"},
            [("s3:PutObject", OBJECT), ("s3:GetObjectVersion", "arn:aws:s3:::source/b c")],
        ),
        (
            "UploadPartCopy",
            {**KEY, "x-amz-copy-source": "source/b"},
            [("s3:PutObject", OBJECT), ("s3:GetObject", "arn:aws:s3:::source/b")],
        ),
        ("CopyObject", KEY, [("s3:PutObject", OBJECT), ("s3:GetObject", "*")]),
        ("DeleteObjects", {"bucketName": "acme"}, [("s3:DeleteObject", "arn:aws:s3:::acme/*")]),
        (
            "GetObject",
            {"bucketName": "acme", "key": "a*${b}?"},
            [("s3:GetObject", f"{BUCKET}/a${{*}}${{$}}{{b}}${{?}}")],
        ),
        ("GetObject", {"bucketName": 7, "key": []}, [("s3:GetObject", "*")]),
        (
            "GetObject",
            {"bucketName": "arn:aws:s3:eu-west-1:111122223333:accesspoint/ap", "key": "k"},
            [("s3:GetObject", "arn:aws:s3:eu-west-1:111122223333:accesspoint/ap/object/k")],
        ),
    ],
)
def test_what_an_operation_needs(record: Record, name: str, parameters: Any, used: list[tuple[str, str]]) -> None:
    """Operations of Amazon S3 are called other than their actions, and need more for what they ask."""
    usage = Usage()
    usage.add(record("s3", name, parameters))

    assert sorted(used) == sorted(usage.used)


def test_the_partition_is_that_of_the_region(record: Record) -> None:
    """Buckets in China have ARNs of their own."""
    usage = Usage()
    usage.add(record("s3", "GetObject", KEY, awsRegion="cn-north-1"))

    assert [("s3:GetObject", OBJECT.replace("aws", "aws-cn", 1))] == list(usage.used)

from __future__ import annotations

import pytest

from jfml_policies.catalog import load
from jfml_policies.linter.questions.s3_targets import only_buckets, only_objects, works_on
from jfml_policies.policy.nodes import Text

BUCKET = "arn:aws:s3:::acme"
OBJECTS = "arn:aws:s3:::acme/*"
KEY = "arn:aws:kms:eu-west-1:111122223333:key/1"


def texts(*values: str) -> list[Text]:
    return [Text(value, path=("Resource", place)) for place, value in enumerate(values)]


@pytest.mark.parametrize(
    ("action", "target"),
    [
        ("s3:GetObject", "object"),
        ("S3:putobject", "object"),
        ("s3:ReplicateObject", "object"),
        ("s3:ListBucket", "bucket"),
        ("s3:PutBucketPolicy", "bucket"),
        ("s3:ListAllMyBuckets", None),
        ("s3:CreateAccessPoint", None),
        ("s3:TagResource", None),
        ("s3:Get*", None),
        ("s3:GetObjct", None),
        ("sqs:SendMessage", None),
        ("GetObject", None),
    ],
)
def test_an_action_works_on_buckets_or_objects_or_neither(action: str, target: str | None) -> None:
    """What an action works on follows from the catalogue; access points do not count."""
    catalog = load()

    assert (target == "bucket", target == "object") == (
        works_on(action, "bucket", catalog),
        works_on(action, "object", catalog),
    )


@pytest.mark.parametrize(
    ("resources", "buckets", "objects"),
    [
        ([BUCKET], 1, 0),
        ([OBJECTS], 0, 1),
        ([BUCKET, OBJECTS], 0, 0),
        ([BUCKET, KEY], 1, 0),
        ([KEY], 0, 0),
        ([BUCKET, "*"], 0, 0),
        (["arn:aws:s3:::acme*"], 0, 0),
        (["arn:aws:s3:::${aws:PrincipalTag/bucket}/x"], 0, 0),
        (["arn:aws:s3:::${aws:PrincipalTag/bucket}"], 0, 0),
        ([BUCKET, "arn:aws:s3:eu-west-1:111122223333:accesspoint/a"], 0, 0),
        ([OBJECTS, "arn:aws:s3express:eu-west-1:111122223333:bucket/a"], 0, 0),
        ([BUCKET, "arn:aws:*:::acme/x"], 0, 0),
        ([BUCKET, "acme/x"], 0, 0),
    ],
)
def test_resources_are_buckets_or_objects_only_when_none_can_be_more(
    resources: list[str], buckets: int, objects: int
) -> None:
    """One resource that may be of the other sort, or that is not understood, settles it: neither."""
    assert (buckets, objects) == (len(only_buckets(texts(*resources))), len(only_objects(texts(*resources))))

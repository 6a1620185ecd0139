"""Work that programs do on AWS, as it is asked of policy_sentry and of us; `least_privilege.py` compares the answers.

Calls are those that AWS's pages name for the work (each task's docstring cites them), as few as a plain program makes:
clients that look up a bucket's region or describe a stream first need more, which our tasks grant and these lists omit.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from jfml_policies import Request
from jfml_policies.build.place import Place
from jfml_policies.build.tasks.athena import AthenaQuery, QueryResults
from jfml_policies.build.tasks.bedrock import InvokeModels
from jfml_policies.build.tasks.dynamodb import ReadTable
from jfml_policies.build.tasks.ecr import PullImages
from jfml_policies.build.tasks.kinesis import ReadStream
from jfml_policies.build.tasks.parameter_store import ReadParameters
from jfml_policies.build.tasks.redshift import RedshiftLogin
from jfml_policies.build.tasks.s3 import Folder, ReadFolder, WriteFolder
from jfml_policies.build.tasks.secrets_manager import ReadSecrets

if TYPE_CHECKING:
    from jfml_policies.build.task import Task

__all__ = ["JOBS", "Job"]


@dataclass(frozen=True)
class Job:
    """Some work, as asked of both.

    Attributes:
        name: what it is.
        levels: policy_sentry's template: resources by access level, and `wildcard-only` for actions on no resource.
        task: ours.
        calls: what the program calls: an action and the resources that AWS decides it on.
    """

    name: str
    levels: dict[str, Any]
    task: Task
    calls: tuple[tuple[str, tuple[str, ...]], ...]

    def requests(self) -> list[Request]:
        """Every call on every resource; a listing of a bucket asks for the folder."""
        return [
            Request(action, resource, context={"s3:prefix": "train/"} if action == "s3:ListBucket" else {})
            for action, resources in self.calls
            for resource in resources
        ]


_PLACE: Final = Place("eu-west-1", "111122223333")
_BUCKET, _OBJECTS, _OBJECT = (f"arn:aws:s3:::acme-features{key}" for key in ("", "/train/*", "/train/a.csv"))
_RESULTS, _FILES, _FILE = (f"arn:aws:s3:::acme-results{key}" for key in ("", "/train/*", "/train/a.csv"))
_WORKGROUP = _PLACE.arn("athena", "workgroup/analysts")
_CATALOG, _DATABASE, _DEFAULT, _TABLE = (
    _PLACE.arn("glue", name) for name in ("catalog", "database/sales", "database/default", "table/sales/orders")
)
_USER, _DBNAME, _CLUSTER = (
    _PLACE.arn("redshift", name) for name in ("dbuser:dwh/ml", "dbname:dwh/sales", "cluster:dwh")
)
_SECRET = _PLACE.arn("secretsmanager", "secret:dwh/ml-")
_PARAMETER = _PLACE.arn("ssm", "parameter/ml/threshold")
_REPOSITORY = _PLACE.arn("ecr", "repository/ml/serving")
_STREAM = _PLACE.arn("kinesis", "stream/clicks")
_ITEMS = _PLACE.arn("dynamodb", "table/users")
_MODEL_ID = "anthropic.claude-3-haiku-20240307-v1:0"
_MODEL = f"arn:aws:bedrock:eu-west-1::foundation-model/{_MODEL_ID}"

JOBS: Final = (
    Job(
        "read an S3 folder",
        {"list": [_BUCKET], "read": [_OBJECTS]},
        ReadFolder(Folder.of("acme-features", "train")),
        (("s3:ListBucket", (_BUCKET,)), ("s3:GetObject", (_OBJECT,))),
    ),
    Job(
        "write an S3 folder",
        {"write": [_OBJECTS]},
        WriteFolder(Folder.of("acme-features", "train")),
        (("s3:PutObject", (_OBJECT,)), ("s3:AbortMultipartUpload", (_OBJECT,))),
    ),
    Job(
        "query with Athena",
        {
            "read": [_WORKGROUP, _CATALOG, _DATABASE, _DEFAULT, _TABLE, _OBJECTS, _RESULTS, _FILES],
            "write": [_WORKGROUP, _FILES],
            "list": [_BUCKET, _RESULTS, _FILES],
        },
        AthenaQuery(
            _PLACE,
            workgroup="analysts",
            database="sales",
            tables=("orders",),
            data=(ReadFolder(Folder.of("acme-features", "train")),),
            results=QueryResults(Folder.of("acme-results", "train")),
        ),
        (
            ("athena:StartQueryExecution", (_WORKGROUP,)),
            ("athena:GetQueryExecution", (_WORKGROUP,)),
            ("athena:GetQueryResults", (_WORKGROUP,)),
            ("glue:GetDatabase", (_CATALOG, _DATABASE, _DEFAULT)),
            ("glue:GetTable", (_CATALOG, _DATABASE, _TABLE)),
            ("glue:GetPartitions", (_CATALOG, _DATABASE, _TABLE)),
            ("s3:ListBucket", (_BUCKET, _RESULTS)),
            ("s3:GetObject", (_OBJECT, _FILE)),
            ("s3:PutObject", (_FILE,)),
            ("s3:AbortMultipartUpload", (_FILE,)),
            ("s3:ListMultipartUploadParts", (_FILE,)),
            ("s3:ListBucketMultipartUploads", (_RESULTS,)),
            ("s3:GetBucketLocation", (_RESULTS,)),
        ),
    ),
    Job(
        "log in to Redshift",
        {"write": [_USER, _DBNAME], "list": [_CLUSTER]},
        RedshiftLogin(_PLACE, cluster="dwh", database="sales", user="ml"),
        (("redshift:GetClusterCredentials", (_USER, _DBNAME)), ("redshift:DescribeClusters", (_CLUSTER,))),
    ),
    Job(
        "read a secret",
        {"read": [f"{_SECRET}??????"]},
        ReadSecrets(_PLACE, ("dwh/ml",)),
        (("secretsmanager:GetSecretValue", (f"{_SECRET}a1B2c3",)),),
    ),
    Job(
        "read a parameter",
        {"read": [_PARAMETER]},
        ReadParameters(_PLACE, ("/ml/threshold",)),
        (("ssm:GetParameter", (_PARAMETER,)),),
    ),
    Job(
        "pull an image from ECR",
        {"read": [_REPOSITORY], "wildcard-only": {"single-actions": ["ecr:GetAuthorizationToken"]}},
        PullImages(_PLACE, ("ml/serving",)),
        (
            ("ecr:GetAuthorizationToken", ("*",)),
            ("ecr:BatchCheckLayerAvailability", (_REPOSITORY,)),
            ("ecr:BatchGetImage", (_REPOSITORY,)),
            ("ecr:GetDownloadUrlForLayer", (_REPOSITORY,)),
        ),
    ),
    Job(
        "read a Kinesis stream",
        {"read": [_STREAM], "list": [_STREAM]},
        ReadStream(_PLACE, "clicks"),
        tuple((f"kinesis:{name}", (_STREAM,)) for name in ("ListShards", "GetShardIterator", "GetRecords")),
    ),
    Job(
        "read a DynamoDB table",
        {"read": [_ITEMS]},
        ReadTable(_PLACE, "users"),
        tuple((f"dynamodb:{name}", (_ITEMS,)) for name in ("GetItem", "BatchGetItem", "Query")),
    ),
    Job(
        "ask a Bedrock model",
        {"read": [_MODEL]},
        InvokeModels(_PLACE, models=(_MODEL_ID,)),
        (("bedrock:InvokeModel", (_MODEL,)),),
    ),
)

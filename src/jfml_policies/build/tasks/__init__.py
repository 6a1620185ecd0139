"""Tasks: what a workload does, each knowing the statements that takes and the sources of that knowledge.

A task is a policy document in another form, so whatever takes one takes a task:

>>> import jfml_policies as jp
>>> from jfml_policies.build.tasks import AthenaQuery, Folder, Place, ReadFolder
>>> train = ReadFolder(Folder.of("acme", "train"))
>>> jp.Access.of(train) <= jp.Access.of(ReadFolder(Folder.of("acme", None), strict=False))
True
>>> query = AthenaQuery(Place("eu-west-1", "111122223333"), "primary", "features", data=(train,))
>>> jp.gap([train, query], query).is_exact
True
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jfml_policies.build.identifiers import KmsKey
    from jfml_policies.build.place import Place
    from jfml_policies.build.task import Task
    from jfml_policies.build.tasks.athena import AthenaQuery, QueryResults
    from jfml_policies.build.tasks.bedrock import InvokeModels
    from jfml_policies.build.tasks.dynamodb import ReadTable
    from jfml_policies.build.tasks.ecr import PullImages
    from jfml_policies.build.tasks.kinesis import ReadStream
    from jfml_policies.build.tasks.kms import UseKeys
    from jfml_policies.build.tasks.kms_grants import LendKeys
    from jfml_policies.build.tasks.parameter_store import ReadParameters
    from jfml_policies.build.tasks.pass_role import PassRoles
    from jfml_policies.build.tasks.redshift import RedshiftLogin, RedshiftServerlessLogin
    from jfml_policies.build.tasks.s3 import Folder, ReadFolder, WriteFolder
    from jfml_policies.build.tasks.s3_access_points import (
        ReadThroughAccessPoint,
        UseAccessGrants,
        WriteThroughAccessPoint,
    )
    from jfml_policies.build.tasks.sagemaker import InvokeEndpoints
    from jfml_policies.build.tasks.secrets_manager import ReadSecrets

__all__ = [
    "AthenaQuery",
    "Folder",
    "InvokeEndpoints",
    "InvokeModels",
    "KmsKey",
    "LendKeys",
    "PassRoles",
    "Place",
    "PullImages",
    "QueryResults",
    "ReadFolder",
    "ReadParameters",
    "ReadSecrets",
    "ReadStream",
    "ReadTable",
    "ReadThroughAccessPoint",
    "RedshiftLogin",
    "RedshiftServerlessLogin",
    "Task",
    "UseAccessGrants",
    "UseKeys",
    "WriteFolder",
    "WriteThroughAccessPoint",
]

#: Where each name lives, looked up on first use: nobody needs all.
_HOMES = {
    "KmsKey": "identifiers",
    "Place": "place",
    "Task": "task",
    **dict.fromkeys(("AthenaQuery", "QueryResults"), "tasks.athena"),
    "InvokeModels": "tasks.bedrock",
    "ReadTable": "tasks.dynamodb",
    "PullImages": "tasks.ecr",
    "ReadStream": "tasks.kinesis",
    "UseKeys": "tasks.kms",
    "LendKeys": "tasks.kms_grants",
    "ReadParameters": "tasks.parameter_store",
    "PassRoles": "tasks.pass_role",
    **dict.fromkeys(("RedshiftLogin", "RedshiftServerlessLogin"), "tasks.redshift"),
    **dict.fromkeys(("Folder", "ReadFolder", "WriteFolder"), "tasks.s3"),
    **dict.fromkeys(("ReadThroughAccessPoint", "UseAccessGrants", "WriteThroughAccessPoint"), "tasks.s3_access_points"),
    "InvokeEndpoints": "tasks.sagemaker",
    "ReadSecrets": "tasks.secrets_manager",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(f"jfml_policies.build.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__

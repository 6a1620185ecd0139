"""Strategies for the tasks of `jfml_policies.build`: valid ones, of every kind."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from jfml_policies.build.identifiers import KmsKey, partition_of
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
from jfml_policies.build.tasks.s3_access_points import ReadThroughAccessPoint, UseAccessGrants, WriteThroughAccessPoint
from jfml_policies.build.tasks.sagemaker import InvokeEndpoints
from jfml_policies.build.tasks.secrets_manager import ReadSecrets

__all__ = ["tasks"]

_ACCOUNT = "111122223333"
_NAMES = st.from_regex(r"[a-z][a-z0-9]{2,9}(-[a-z0-9]{1,4})?", fullmatch=True)
_PATHS = st.lists(st.from_regex(r"[a-z0-9_=.-]{1,8}", fullmatch=True), max_size=3).map(
    lambda parts: "".join(f"{part}/" for part in parts)
)
_KEYS = st.tuples(_PATHS, _NAMES).map("".join)


def tasks(*, place: Place | None = None) -> SearchStrategy[Task]:
    """Tasks of every kind.

    Args:
        place: where their resources lie; somewhere in a commercial region, GovCloud or China when left out.
    """
    if place is not None:
        return _tasks_in(place)
    regions = st.sampled_from(["eu-west-1", "us-gov-west-1", "cn-north-1"])
    return regions.flatmap(lambda region: _tasks_in(Place(region, _ACCOUNT)))


def _tasks_in(place: Place) -> SearchStrategy[Task]:
    here = st.just(place)
    names = st.lists(_NAMES, min_size=1, max_size=3).map(tuple)
    some_names = st.lists(_NAMES, max_size=3).map(tuple)
    key = st.uuids().map(lambda key: KmsKey.of(place.arn("kms", f"key/{key}")))
    keys = st.lists(key, max_size=2).map(tuple)
    some_keys = st.lists(key, min_size=1, max_size=2).map(tuple)
    owner = st.sampled_from([None, _ACCOUNT])
    partition = st.just(partition_of(place.region))
    folders = st.builds(Folder, _NAMES, _PATHS, partition) | st.builds(Folder.of_object, _NAMES, _KEYS, partition)
    reads = st.builds(ReadFolder, folders, st.booleans(), owner, keys, st.booleans())
    return st.one_of(
        reads,
        st.builds(WriteFolder, folders, owner, keys),
        st.builds(ReadThroughAccessPoint, here, _NAMES, folders, st.booleans(), keys),
        st.builds(WriteThroughAccessPoint, here, _NAMES, folders, keys),
        st.builds(UseAccessGrants, here),
        st.builds(
            AthenaQuery,
            place=here,
            workgroup=_NAMES,
            database=_NAMES,
            tables=st.just(("*",)) | names,
            data=st.lists(reads, max_size=2).map(tuple),
            results=st.none() | st.builds(QueryResults, folders, owner, keys),
            lake_formation=st.booleans(),
            browse=st.booleans(),
            catalog_keys=keys,
        ),
        st.builds(RedshiftLogin, here, _NAMES, _NAMES, _NAMES, st.booleans()),
        st.builds(RedshiftServerlessLogin, here, st.uuids().map(str), st.booleans()),
        st.builds(UseKeys, some_keys, st.sampled_from([("decrypt",), ("encrypt",), ("decrypt", "encrypt")])),
        st.builds(
            LendKeys,
            some_keys,
            st.sampled_from([("Decrypt",), ("GenerateDataKeyWithoutPlaintext", "Decrypt", "DescribeKey", "Decrypt")]),
            st.sampled_from([(), ("dynamodb",), ("ec2", "sagemaker")]),
        ),
        st.builds(ReadSecrets, here, names, keys),
        st.builds(ReadParameters, here, names, some_names, keys),
        st.builds(ReadParameters, here, some_names, names, keys),
        st.builds(PullImages, here, names),
        st.builds(ReadStream, here, _NAMES, st.none() | _NAMES, keys),
        st.builds(ReadTable, here, _NAMES, some_names, st.booleans(), keys),
        st.builds(InvokeEndpoints, here, names, some_names, st.booleans(), st.booleans()),
        st.builds(InvokeModels, here, names, streaming=st.booleans()),
        st.builds(
            InvokeModels,
            here,
            some_names,
            profiles=names,
            profile_models=names,
            profile_regions=st.just(()),
            streaming=st.booleans(),
        ),
        st.builds(
            PassRoles,
            names.map(lambda found: tuple(f"arn:{place.partition}:iam::{_ACCOUNT}:role/{name}" for name in found)),
            st.sampled_from([("sagemaker.amazonaws.com",), ("ecs-tasks.amazonaws.com", "lambda.amazonaws.com")]),
        ),
    )

"""The tasks of `build.tasks` as parts of a spec: what the code of a model, build or job calls."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from jfml_policies.build.fields import InferenceProfile, Keys, Region, RoleArn, ServicePrincipal, named
from jfml_policies.build.parameters import list_of_at_most
from jfml_policies.build.specs.locations import FileLocation, Where, keys_of
from jfml_policies.build.specs.part import Disagreement, Part
from jfml_policies.build.specs.warehouses import AthenaPart, RedshiftPart, RedshiftServerlessPart
from jfml_policies.build.task import Task
from jfml_policies.build.tasks.bedrock import InvokeModels
from jfml_policies.build.tasks.dynamodb import ReadTable
from jfml_policies.build.tasks.ecr import PullImages
from jfml_policies.build.tasks.kinesis import ReadStream
from jfml_policies.build.tasks.kms import KeyUse, UseKeys
from jfml_policies.build.tasks.kms_grants import GrantOperation, LendKeys
from jfml_policies.build.tasks.parameter_store import ReadParameters
from jfml_policies.build.tasks.pass_role import PassRoles
from jfml_policies.build.tasks.s3_access_points import ReadThroughAccessPoint, UseAccessGrants, WriteThroughAccessPoint
from jfml_policies.build.tasks.sagemaker import InvokeEndpoints
from jfml_policies.build.tasks.secrets_manager import ReadSecrets

__all__ = ["Need", "Needs"]

_LIST = BeforeValidator(list_of_at_most(50))
_SOME = Field(min_length=1, max_length=50)

_SecretName = Annotated[str, *named("a secret's name", r"[A-Za-z0-9/_+=.@-]{1,512}", "ml/warehouse")]
_ParameterName = Annotated[str, *named("a parameter's name", r"/?[A-Za-z0-9_.-][A-Za-z0-9_./-]{0,1000}", "/ml/token")]
_Repository = Annotated[str, *named("a repository's name", r"[a-z0-9][a-z0-9._/-]{1,255}", "ml/base")]
_Stream = Annotated[str, *named("a stream's name", r"[A-Za-z0-9_.-]{1,128}", "clicks")]
_Table = Annotated[str, *named("a table's name", r"[A-Za-z0-9_.-]{3,255}", "orders")]
_Endpoint = Annotated[str, *named("an endpoint's name", r"[A-Za-z0-9-]{1,63}", "ranker")]
_Model = Annotated[str, *named("a model's id", r"[A-Za-z0-9.:_-]{1,256}", "amazon.nova-lite-v1:0")]
_ServiceName = Annotated[str, *named("a service's name", r"[a-z0-9-]{1,63}", "dynamodb")]
_AccessPoint = Annotated[str, *named("an access point's name", r"[a-z0-9][a-z0-9-]{1,48}[a-z0-9]", "analysts")]


class _ReadFolder(FileLocation):
    """Find, list and read the objects of a folder, or one object."""

    task: Literal["read-folder"]
    versions: Annotated[bool, Field(description="read older versions as well")] = False

    def tasks(self, where: Where) -> tuple[Task, ...]:
        return (self.read(where, versions=self.versions),)


class _WriteFolder(FileLocation):
    """Put objects into a folder, or one object."""

    task: Literal["write-folder"]

    def tasks(self, where: Where) -> tuple[Task, ...]:
        return (self.write(where),)


class _AccessPointRead(FileLocation):
    """List and read a folder, or one object, through an access point."""

    task: Literal["read-through-access-point"]
    access_point: Annotated[_AccessPoint, Field(description="the access point's name")]

    def tasks(self, where: Where) -> tuple[Task, ...]:
        folder = self.folder(where)
        return (ReadThroughAccessPoint(where.place, self.access_point, folder, where.strict, keys_of(self.kms_keys)),)


class _AccessPointWrite(FileLocation):
    """Put objects into a folder, or one object, through an access point."""

    task: Literal["write-through-access-point"]
    access_point: Annotated[_AccessPoint, Field(description="the access point's name")]

    def tasks(self, where: Where) -> tuple[Task, ...]:
        return (WriteThroughAccessPoint(where.place, self.access_point, self.folder(where), keys_of(self.kms_keys)),)


class _AccessGrants(Part):
    """Ask S3 Access Grants for credentials."""

    task: Literal["use-access-grants"]

    def tasks(self, where: Where) -> tuple[Task, ...]:
        return (UseAccessGrants(where.place),)


class _AthenaQueries(AthenaPart):
    """Query tables through Athena and fetch the results."""

    task: Literal["query-athena"]


class _RedshiftLogin(RedshiftPart):
    """Log in to a Redshift cluster as a database user."""

    task: Literal["log-in-to-redshift"]


class _RedshiftServerlessLogin(RedshiftServerlessPart):
    """Log in to a workgroup of Redshift Serverless."""

    task: Literal["log-in-to-redshift-serverless"]


class _Keys(Part):
    """Call KMS with keys."""

    task: Literal["use-keys"]
    kms_keys: Annotated[Keys, _SOME, Field(description="ARNs of the keys")]
    uses: Annotated[tuple[KeyUse, ...], _LIST, _SOME, Field(description="one or both of decrypt and encrypt")] = (
        "decrypt",
    )

    def tasks(self, where: Where) -> tuple[Task, ...]:
        del where
        return (UseKeys(keys_of(self.kms_keys), self.uses),)


class _LentKeys(Part):
    """Let AWS services use keys by grants that they ask for on the role's behalf."""

    task: Literal["lend-keys"]
    kms_keys: Annotated[Keys, _SOME, Field(description="ARNs of the keys")]
    operations: Annotated[tuple[GrantOperation, ...], _LIST, _SOME, Field(description="what the grants may allow")]
    services: Annotated[tuple[_ServiceName, ...], _LIST, Field(description="services that may ask, as dynamodb")] = ()

    def tasks(self, where: Where) -> tuple[Task, ...]:
        del where
        return (LendKeys(keys_of(self.kms_keys), self.operations, self.services),)


class _Secrets(Part):
    """Fetch secrets of Secrets Manager."""

    task: Literal["read-secrets"]
    names: Annotated[tuple[_SecretName, ...], _LIST, _SOME, Field(description="names, without the six characters")]
    kms_keys: Annotated[Keys, Field(description="ARNs of the KMS keys that encrypt them")] = ()

    def tasks(self, where: Where) -> tuple[Task, ...]:
        return (ReadSecrets(where.place, self.names, keys_of(self.kms_keys)),)


class _Parameters(Part):
    """Fetch parameters of Systems Manager."""

    task: Literal["read-parameters"]
    names: Annotated[tuple[_ParameterName, ...], _LIST, Field(description="names of parameters")] = ()
    paths: Annotated[tuple[_ParameterName, ...], _LIST, Field(description="paths, with all that is below")] = ()
    kms_keys: Annotated[Keys, Field(description="ARNs of the KMS keys that encrypt them")] = ()

    @classmethod
    def disagreements(cls, right: Mapping[str, Any]) -> Iterator[Disagreement]:
        if right.get("names", "wrong") in ((), []) and right.get("paths", "wrong") in ((), []):
            yield (), "names no parameter; give `names` or `paths`"

    def tasks(self, where: Where) -> tuple[Task, ...]:
        return (ReadParameters(where.place, self.names, self.paths, keys_of(self.kms_keys)),)


class _Images(Part):
    """Pull images from ECR."""

    task: Literal["pull-images"]
    repositories: Annotated[tuple[_Repository, ...], _LIST, _SOME, Field(description="names of repositories")]

    def tasks(self, where: Where) -> tuple[Task, ...]:
        return (PullImages(where.place, self.repositories),)


class _Streams(Part):
    """Read a Kinesis data stream."""

    task: Literal["read-stream"]
    stream: Annotated[_Stream, Field(description="the stream's name")]
    consumer: Annotated[_Stream | None, Field(description="a registered consumer, for enhanced fan-out")] = None
    kms_keys: Annotated[Keys, Field(description="ARNs of the KMS keys that encrypt it")] = ()

    def tasks(self, where: Where) -> tuple[Task, ...]:
        return (ReadStream(where.place, self.stream, self.consumer, keys_of(self.kms_keys)),)


class _Items(Part):
    """Read a DynamoDB table."""

    task: Literal["read-table"]
    table: Annotated[_Table, Field(description="the table's name")]
    indexes: Annotated[tuple[_Table, ...], _LIST, Field(description="indexes that are queried")] = ()
    scan: Annotated[bool, Field(description="read whole tables as well")] = False
    kms_keys: Annotated[Keys, Field(description="ARNs of the KMS keys that encrypt it")] = ()

    def tasks(self, where: Where) -> tuple[Task, ...]:
        return (ReadTable(where.place, self.table, self.indexes, self.scan, keys_of(self.kms_keys)),)


class _Endpoints(Part):
    """Ask models behind SageMaker endpoints."""

    task: Literal["invoke-endpoints"]
    endpoints: Annotated[tuple[_Endpoint, ...], _LIST, _SOME, Field(description="names of endpoints")]
    components: Annotated[tuple[_Endpoint, ...], _LIST, Field(description="inference components that are named")] = ()
    streaming: Annotated[bool, Field(description="answers are streamed as well")] = False
    asynchronous: Annotated[bool, Field(description="requests are queued as well")] = False

    def tasks(self, where: Where) -> tuple[Task, ...]:
        return (InvokeEndpoints(where.place, self.endpoints, self.components, self.streaming, self.asynchronous),)


class _Models(Part):
    """Ask models of Bedrock."""

    task: Literal["invoke-models"]
    models: Annotated[tuple[_Model, ...], _LIST, Field(description="foundation models that are asked directly")] = ()
    profiles: Annotated[
        tuple[InferenceProfile, ...],
        _LIST,
        Field(description="inference profiles by their ids, those of applications by their ARNs"),
    ] = ()
    profile_models: Annotated[tuple[_Model, ...], _LIST, Field(description="models behind the profiles")] = ()
    profile_regions: Annotated[tuple[Region, ...], _LIST, Field(description="regions the profiles choose from")] = ()
    streaming: Annotated[bool, Field(description="answers are streamed as well")] = False

    @classmethod
    def disagreements(cls, right: Mapping[str, Any]) -> Iterator[Disagreement]:
        if right.get("models", "wrong") in ((), []) and right.get("profiles", "wrong") in ((), []):
            yield (), "names no model; give `models` or `profiles`"
        if "profiles" in right and "profile_models" in right:
            if right["profiles"] and not right["profile_models"]:
                yield ("profiles",), "a profile works only with the models behind it; give `profile_models`"
            for name in ("profile_models", "profile_regions"):
                if right.get(name) and not right["profiles"]:
                    yield (name,), "goes with profiles only"

    def tasks(self, where: Where) -> tuple[Task, ...]:
        return (
            InvokeModels(
                where.place, self.models, self.profiles, self.profile_models, self.profile_regions, self.streaming
            ),
        )


class _PassRoles(Part):
    """Hand roles to AWS services."""

    task: Literal["pass-roles"]
    roles: Annotated[tuple[RoleArn, ...], _LIST, _SOME, Field(description="ARNs of the roles")]
    services: Annotated[tuple[ServicePrincipal, ...], _LIST, _SOME, Field(description="services that may get them")]

    def tasks(self, where: Where) -> tuple[Task, ...]:
        del where
        return (PassRoles(self.roles, self.services),)


Need = Annotated[
    _ReadFolder
    | _WriteFolder
    | _AccessPointRead
    | _AccessPointWrite
    | _AccessGrants
    | _AthenaQueries
    | _RedshiftLogin
    | _RedshiftServerlessLogin
    | _Keys
    | _LentKeys
    | _Secrets
    | _Parameters
    | _Images
    | _Streams
    | _Items
    | _Endpoints
    | _Models
    | _PassRoles,
    Field(discriminator="task"),
]
Needs = Annotated[tuple[Need, ...], _LIST, Field(max_length=50)]

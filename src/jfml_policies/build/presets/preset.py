"""What a preset says: a vendor's role as data.

A preset has parameters, the trust policy and the permissions as templates over them, a policy on external ids, and the
page that it rests on. Nothing in it is code, so that a file can bring one.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, ClassVar, Final, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StrictBool, model_validator
from pydantic_core import PydanticCustomError

from jfml_policies.build.presets.preset_faults import faults_of

__all__ = [
    "FOLDER_TASKS",
    "ConditionTemplate",
    "ExternalIdPolicy",
    "ParameterSpec",
    "Preset",
    "Profile",
    "Source",
    "StatementTemplate",
    "Table",
    "TaskName",
    "TaskTemplate",
    "TrustTemplate",
]

ParameterType = Literal[
    "account",
    "bucket",
    "choice",
    "external-id",
    "folder",
    "inference-profile",
    "key",
    "region",
    "role-arn",
    "role-name",
    "text",
    "user-arn",
]

TaskName = Literal[
    "read-folder",
    "write-folder",
    "invoke-endpoints",
    "invoke-models",
    "lend-keys",
    "log-in-to-redshift",
    "log-in-to-redshift-serverless",
    "pass-roles",
    "pull-images",
    "query-athena",
    "read-parameters",
    "read-secrets",
    "read-stream",
    "read-table",
    "read-through-access-point",
    "use-access-grants",
    "use-keys",
    "write-through-access-point",
]
#: The tasks whose arguments are names of parameters.
FOLDER_TASKS: Final = frozenset({"read-folder", "write-folder"})

_NAME: Final = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


def _checked_name(name: str) -> str:
    if len(name) > 40 or not _NAME.fullmatch(name):
        problem = "must be lower-case letters and digits, with single hyphens between them, at most 40"
        raise PydanticCustomError("name", "{problem}", {"problem": problem})
    return name


_Name = Annotated[str, AfterValidator(_checked_name)]


class _Part(BaseModel):
    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid", frozen=True)


class Source(_Part):
    """The vendor's page that states the facts, and when it was read."""

    title: str
    address: Annotated[str, Field(pattern=r"^https://[^\s]+$")]
    date: dt.date


class ExternalIdPolicy(_Part):
    """What the vendor does about `sts:ExternalId`.

    The trust statements of a preset do not name the key: the comparison is added to every statement that lets an AWS
    principal assume the role, so that no preset can forget it.
    """

    policy: Literal["required", "supported", "unsupported"]
    made_by: Literal["vendor", "customer"] | None = None
    where: Annotated[str, Field(description="where to find it, or why there is none")]
    many: Annotated[StrictBool, Field(description="whether several may be given")] = False


class ParameterSpec(_Part):
    """One parameter: what it is for, and which values it takes."""

    type: ParameterType
    help: str
    required: StrictBool = False
    default: str | None = None
    example: Annotated[str | None, Field(description="a value for the help")] = None
    many: Annotated[StrictBool, Field(description="whether several values may be given")] = False
    choices: tuple[str, ...] = ()
    also: Annotated[str, Field(description="text: what may stand beside letters and digits")] = ""
    longest: Annotated[int, Field(ge=1, le=1024)] = 128


class Table(_Part):
    """A value that follows from a choice, such as the vendor's role of an edition."""

    by: str
    values: dict[str, str]


class ConditionTemplate(_Part):
    """One line of a Condition element; values whose parameters are not given are left out."""

    operator: str
    key: str
    values: Annotated[tuple[str, ...], Field(min_length=1)]


class TrustTemplate(_Part):
    """One Allow statement of the trust policy; exactly one of `aws`, `federated` and `service` is given."""

    sid: str
    aws: tuple[str, ...] = ()
    federated: tuple[str, ...] = ()
    service: tuple[str, ...] = ()
    actions: Annotated[tuple[str, ...], Field(min_length=1)] = ("sts:AssumeRole",)
    conditions: tuple[ConditionTemplate, ...] = ()

    @property
    def principals(self) -> tuple[str, ...]:
        """The templates of whom it lets in."""
        return self.aws or self.federated or self.service

    @property
    def principal_type(self) -> Literal["AWS", "Federated", "Service"]:
        """Their type, as the Principal element calls it."""
        return "AWS" if self.aws else "Federated" if self.federated else "Service"


class StatementTemplate(_Part):
    """One Allow statement of the permissions; left out where the parameter `when` is not given."""

    sid: str
    actions: Annotated[tuple[str, ...], Field(min_length=1)]
    resources: Annotated[tuple[str, ...], Field(min_length=1)]
    conditions: tuple[ConditionTemplate, ...] = ()
    when: str | None = None


_Text = str | tuple[str, ...]
_Folder = dict[str, _Text]


class TaskTemplate(_Part):
    """A task, one of those that a spec's `needs` may name; left out where the parameter `when` is not given.

    Of `read-folder` and `write-folder`, `bucket`, `folder`, `owner` and `keys` are names of parameters. Any other task
    has its `arguments` as in a spec, and its `region` and `account`: texts in which `{name}` stands for a parameter.
    An argument that the task can do without is left out where its parameter is not given.
    """

    task: TaskName
    bucket: str = "bucket"
    folder: str | None = None
    owner: str | None = None
    keys: str | None = None
    arguments: Annotated[
        dict[str, StrictBool | _Text | _Folder | tuple[_Folder, ...]],
        Field(description="by the names that a spec has for them"),
    ] = {}
    region: Annotated[str | None, Field(description="where the resources lie")] = None
    account: Annotated[str | None, Field(description="whose the resources are")] = None
    when: str | None = None

    @property
    def is_folder(self) -> bool:
        """Whether its arguments are names of parameters."""
        return self.task in FOLDER_TASKS


class Profile(_Part):
    """A named set of permissions: tasks, statements, and AWS's managed policies to attach beside them."""

    summary: str
    tasks: tuple[TaskTemplate, ...] = ()
    statements: tuple[StatementTemplate, ...] = ()
    managed: tuple[str, ...] = ()


class Preset(_Part):
    """A vendor's role as data; `preset_files` reads one, `from_preset` builds the role."""

    name: _Name
    vendor: str
    summary: Annotated[str, Field(description="goes on after `the role that`")]
    source: Source
    external_id: ExternalIdPolicy
    partitions: Annotated[tuple[Literal["aws", "aws-cn", "aws-us-gov"], ...], Field(min_length=1)] = ("aws",)
    parameters: dict[str, ParameterSpec] = {}
    tables: dict[str, Table] = {}
    need_one_of: Annotated[
        tuple[tuple[str, ...], ...], Field(description="groups of parameters, of each of which one must be given")
    ] = ()
    trust: Annotated[tuple[TrustTemplate, ...], Field(min_length=1)]
    profiles: Annotated[dict[str, Profile], Field(min_length=1)]
    default_profile: str | None = None
    leaves_out: tuple[str, ...] = ()
    watch: Annotated[tuple[str, ...], Field(description="what cannot be put right here, one line each")] = ()

    @property
    def first_profile(self) -> str:
        """The profile that is taken when none is named."""
        return self.default_profile or next(iter(self.profiles))

    @property
    def kind(self) -> str:
        """How the vendor gets in, told from the trust policy's own words."""
        way = _way_in(self)
        ids = {"required": " + external id", "supported": " + optional external id", "unsupported": ""}
        return f"{way}{ids[self.external_id.policy]}"

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        faults = list(faults_of(self))
        if faults:
            raise PydanticCustomError("preset", "{text}", {"text": "\n".join(faults)})
        return self


def _way_in(preset: Preset) -> str:
    first = preset.trust[0]
    if first.federated:
        return "OIDC federation"
    if first.service:
        return "EKS Pod Identity" if "pods.eks.amazonaws.com" in first.service else "AWS service"
    if any("{role_name}" in text for statement in preset.trust for text in _named(statement)):
        return "self-assuming role"
    if any(condition.key.lower() == "aws:principalarn" for condition in first.conditions):
        return "account root + PrincipalArn pattern"
    types = {spec.type for name, spec in preset.parameters.items() if f"{{{name}}}" in first.aws}
    if "user-arn" in types or any(":user/" in text for text in first.aws):
        return "IAM user"
    return "account root" if all(text.endswith(":root") for text in first.aws) else "exact role"


def _named(statement: TrustTemplate) -> tuple[str, ...]:
    """Whatever a trust statement says of who gets in."""
    return (*statement.principals, *(value for condition in statement.conditions for value in condition.values))

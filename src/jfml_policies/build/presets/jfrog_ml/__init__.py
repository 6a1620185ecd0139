"""The AWS role that lets JFrog ML (formerly Qwak) read, and if asked write, your S3 buckets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from jfml_policies.build.finished_role import finished_role
from jfml_policies.build.identifiers import Partition
from jfml_policies.build.presets.jfrog_ml.documented import documented_permissions, documented_trust
from jfml_policies.build.presets.jfrog_ml.facts import CLOUD_ACCOUNT, RolePatterns
from jfml_policies.build.presets.jfrog_ml.hand_over import hand_over, hand_over_files
from jfml_policies.build.presets.jfrog_ml.hardened import hardened_permissions, hardened_trust
from jfml_policies.build.presets.jfrog_ml.parameters import RoleParameters
from jfml_policies.build.presets.jfrog_ml.spec import RoleSpec
from jfml_policies.build.presets.jfrog_ml.spec_words import allowed_by, chosen_by, left_out_by, warned_by
from jfml_policies.build.presets.jfrog_ml.words import allowed, chosen, left_out, warned
from jfml_policies.build.role import HandOver, Role
from jfml_policies.build.role_names import unguessable_role_name
from jfml_policies.build.specs.problems import checked
from jfml_policies.build.statements import document, joined
from jfml_policies.errors import ParameterError

__all__ = [
    "CLOUD_ACCOUNT",
    "RoleParameters",
    "RoleSpec",
    "parameters_schema",
    "role",
    "role_from",
    "role_from_spec",
    "spec_from",
    "spec_from_text",
    "spec_schema",
    "unguessable_role_name",
]

#: Stand in for what is not known in the lines that hand the role over.
_SOME_ACCOUNT = "ACCOUNT"
_SOME_NAME = "ROLE_NAME"


def role(
    *,
    bucket: str,
    prefix: str | None = None,
    key: str | None = None,
    write_bucket: str | None = None,
    write_prefix: str | None = None,
    kms_keys: Sequence[str] = (),
    write_kms_keys: Sequence[str] = (),
    account: str = CLOUD_ACCOUNT,
    own_account: str | None = None,
    role_account: str | None = None,
    role_name: str | None = None,
    as_documented: bool = False,
    strict_prefix: bool = True,
    role_patterns: RolePatterns = "both",
    region: str | None = None,
    partition: Partition = "aws",
) -> Role:
    """A trust policy and a permissions policy for JFrog ML, checked and explained.

    The same arguments give the same role, byte for byte.

    Args:
        bucket: bucket to read from.
        prefix: folder to read, as in `train/`; the whole bucket when left out, unless a key is given.
        key: key of one object to read, as in `train/a.csv`, instead of a folder.
        write_bucket: bucket for batch results; `bucket` when only `write_prefix` is given. Nothing is written unless
            one of the two is given.
        write_prefix: folder for batch results; the whole `write_bucket` when left out.
        kms_keys: ARNs of the KMS keys that encrypt the data, for results too unless `write_kms_keys` is given.
        write_kms_keys: ARNs of the KMS keys for the results.
        account: 12 digits, the AWS account of the JFrog ML deployment; JFrog ML Cloud's when left out.
        own_account: 12 digits, the account that the buckets must belong to, and the role too unless `role_account` is
            given.
        role_account: 12 digits, the account that the role is made in.
        role_name: the role's name; `unguessable_role_name()` makes one.
        as_documented: the policies of the vendor's page, to the letter, instead of the narrower ones.
        strict_prefix: list with the folder's prefix only; False also serves clients that list without one.
        role_patterns: `both` patterns that the vendor documents may assume the role, or only `base`.
        region: region of the buckets, to check the keys against.
        partition: `aws`, `aws-cn` or `aws-us-gov`.

    Raises:
        ParameterError: arguments are wrong or contradict one another; all of them are listed.
        PolicyError: a built document fails the linter, which is a fault of this library.

    >>> reader = role(bucket="acme-features", prefix="train/")
    >>> [statement["Sid"] for statement in reader.permissions["Statement"]]
    ['ListFolder', 'ReadObjects', 'FindBucketRegion']

    Source of what is granted: "Accessing AWS Resources with IAM Role" in the JFrog ML documentation,
    https://docs.qwak.com/docs/accessing-aws-resources-with-iam-role, and the pages named in `build.tasks`.
    """
    return role_from(
        RoleParameters.of(
            {
                "bucket": bucket,
                "prefix": prefix,
                "key": key,
                "write_bucket": write_bucket,
                "write_prefix": write_prefix,
                "kms_keys": kms_keys,
                "write_kms_keys": write_kms_keys,
                "account": account,
                "own_account": own_account,
                "role_account": role_account,
                "role_name": role_name,
                "as_documented": as_documented,
                "strict_prefix": strict_prefix,
                "role_patterns": role_patterns,
                "region": region,
                "partition": partition,
            }
        )
    )


def role_from(parameters: RoleParameters) -> Role:
    """The role that checked parameters ask for, as `role` gives it.

    Raises:
        ParameterError: the permissions would be longer than the policies of a role may be together.
        PolicyError: a built document fails the linter, which is a fault of this library.

    >>> role_from(RoleParameters.of({"bucket": "acme-features"})) == role(bucket="acme-features")
    True
    """
    if parameters.as_documented:
        trust, permissions = documented_trust(parameters.account), documented_permissions(parameters.bucket)
    else:
        trust, permissions = hardened_trust(parameters), hardened_permissions(parameters)
    return finished_role(
        name=parameters.role_name,
        trust=trust,
        permissions=permissions,
        parameters=parameters,
        choices=chosen(parameters),
        allows=allowed(parameters),
        leaves_out=left_out(parameters),
        warnings=warned(parameters),
        remedies=("take the base role pattern only", "shorten the prefixes or give fewer keys"),
        hand_over=_hand_over_files(parameters),
        account=parameters.role_account or parameters.own_account,
    )


def _hand_over_files(parameters: RoleParameters) -> tuple[HandOver, ...]:
    source, destination = parameters.source, parameters.destination
    batch = None
    # A batch takes a folder.
    if destination is not None and not source.one_object:
        batch = (source.bucket, source.path, destination.bucket, destination.path)
    account = parameters.role_account or parameters.own_account
    return hand_over_files(_arn(parameters.partition, account, parameters.role_name), source.url, batch)


def _arn(partition: str, account: str | None, name: str | None) -> str:
    return f"arn:{partition}:iam::{account or _SOME_ACCOUNT}:role/{name or _SOME_NAME}"


def spec_from(given: Mapping[str, object]) -> RoleSpec:
    """A spec from plain values, as from JSON.

    Raises:
        ParameterError: it is wrong; all that is, each with its place.

    >>> spec_from(
    ...     {"account": "111122223333", "region": "eu-west-1", "uses": [{"use": "csv", "bucket": "acme"}]}
    ... ).listing
    'strict'
    """
    spec, problems = checked(RoleSpec, given)
    if spec is None:
        raise ParameterError(tuple(map(str, problems)))
    return spec


def spec_from_text(text: str, name: str) -> RoleSpec:
    """A spec from the text of a file, YAML or JSON by the file's name.

    Raises:
        InputError, JsonSyntaxError: the text is not such a file.
        ParameterError: the spec is wrong; each problem begins with file, line and column.
    """
    from jfml_policies.build.specs.document import spec_from_text as read

    return read(RoleSpec, text, name)


def role_from_spec(spec: RoleSpec) -> Role:
    """The role that a spec asks for; the same spec gives the same role, byte for byte.

    Raises:
        ParameterError: the trust policy would be longer than it may be, or the permissions than ten policies hold.
        PolicyError: a built document fails the linter, which is a fault of this library.
    """
    partition = spec.where.place.partition
    trust = document([spec.trust.statement(partition, spec.account, spec.documented_patterns)])
    permissions = document(joined(statement for task in spec.tasks for statement in task.statements()))
    return finished_role(
        name=spec.name,
        trust=trust,
        permissions=permissions,
        parameters=spec,
        choices=chosen_by(spec),
        allows=allowed_by(spec),
        leaves_out=left_out_by(spec),
        warnings=warned_by(spec),
        remedies=("name fewer service accounts", "split the uses into specs of their own, one role each"),
        hand_over=hand_over(spec.uses, _arn(partition, spec.account, spec.name), spec.region),
        account=spec.account,
    )


def spec_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a spec, for editors and pipelines.

    >>> spec_schema()["required"]
    ['account', 'region', 'uses']
    """
    return RoleSpec.model_json_schema()


def parameters_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of the parameters, for editors and for specs kept in a repository.

    >>> parameters_schema()["required"]
    ['bucket']
    """
    return RoleParameters.model_json_schema()

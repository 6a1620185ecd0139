"""The lines that hand the role over, run with JFrog ML's own SDK."""

from __future__ import annotations

import sys
from typing import Any

import pytest
import yaml

from jfml_policies.build import explain, jfrog_ml
from jfml_policies.build.role import HandOver

if sys.version_info >= (3, 14):
    pytest.skip("frogml has no release for Python 3.14", allow_module_level=True)

ROLE = "arn:aws:iam::111122223333:role/reader"
NEEDS = [{"task": "read-secrets", "names": ["ml/api"]}]
BATCH = {"source": {"bucket": "acme-in", "prefix": "in/{%d-%m-%Y}"}, "destination": {"bucket": "acme-out"}}
USES: list[dict[str, Any]] = [
    {"use": "csv", "bucket": "acme-in", "prefix": "train/"},
    {"use": "parquet", "bucket": "acme-in", "key": "train/a.parquet"},
    {
        "use": "athena",
        "database": "features",
        "data": [{"bucket": "acme-lake"}],
        "results": {"bucket": "acme-athena", "prefix": "ml"},
    },
    {"use": "redshift", "cluster": "dwh", "database": "prod", "user": "ml_reader"},
    {"use": "redshift-serverless", "workgroup_id": "0f0b6a5e-5d3e-4f6c-9a60-2f1f4b0c7d11"},
    {"use": "build", "needs": NEEDS},
    {"use": "deployment", "mode": "real-time", "needs": NEEDS},
    {"use": "deployment", "mode": "streaming", "needs": NEEDS},
    {"use": "deployment", "mode": "batch", "needs": NEEDS},
    {"use": "batch-execution", **BATCH},
    {"use": "automation", "runs": "batch-execution", **BATCH},
    {"use": "automation", "runs": "build-deploy", "needs": NEEDS},
]


@pytest.fixture(scope="module")
def pieces() -> dict[str, HandOver]:
    spec = {"account": "111122223333", "region": "eu-west-1", "name": "reader", "uses": USES}
    role = jfrog_ml.role_from_spec(jfrog_ml.spec_from(spec))
    return {piece.use: piece for piece in role.hand_over}


def run(piece: HandOver) -> dict[str, Any]:
    assert piece.language == "python"
    names: dict[str, Any] = {}
    exec(piece.code, names)  # noqa: S102 (our own lines)
    return names


def test_every_use_has_its_lines(pieces: dict[str, HandOver]) -> None:
    """Each names the role."""
    assert len(pieces) == len(USES)
    assert all(ROLE in piece.code for piece in pieces.values())


@pytest.mark.parametrize("use", ["CSV source", "Parquet source"])
def test_the_sdk_takes_sources_of_files(pieces: dict[str, HandOver], use: str) -> None:
    """The role arrives in what is sent to JFrog ML."""
    source = run(pieces[use])["source"]._to_proto().batch_source
    files = source.csvSource if use.startswith("CSV") else source.parquetSource

    assert files.filesystem_configuration.aws_s3_assume_role_configuration.role_arn == ROLE
    assert files.path == ("s3://acme-in/train/" if use.startswith("CSV") else "s3://acme-in/train/a.parquet")


def test_the_sdk_takes_athena_sources(pieces: dict[str, HandOver]) -> None:
    """With region, workgroup and result location."""
    source = run(pieces["Athena source"])["source"]

    assert source.aws_authentication.role_arn == ROLE
    assert (source.aws_region, source.s3_output_location) == ("eu-west-1", "s3://acme-athena/ml/")
    assert ROLE in str(source._to_proto())


@pytest.mark.parametrize("use", ["Redshift source", "Redshift Serverless source"])
def test_the_sdk_takes_redshift_sources(pieces: dict[str, HandOver], use: str) -> None:
    """The role is the only way of logging in."""
    source = run(pieces[use])["source"]._to_proto().batch_source.jdbcSource

    assert source.redshiftSource.iam_role_arn == ROLE


def test_the_sdk_takes_batch_executions(pieces: dict[str, HandOver]) -> None:
    """Folders and role are where the client looks for them."""
    config = run(pieces["batch execution"])["config"]

    assert config.advanced_options.custom_iam_role_arn == ROLE
    assert (config.execution.source_bucket, config.execution.source_folder) == ("acme-in", "in/{%d-%m-%Y}")


def test_the_sdk_takes_automations(pieces: dict[str, HandOver]) -> None:
    """Of batches, and of builds with their deployment."""
    batches = run(pieces["automation of batches"])["action"]
    builds = run(pieces["automation of builds"])

    assert ROLE in str(batches.to_proto())
    assert ROLE in str(builds["build"].to_proto())
    assert builds["deployment"].custom_iam_role_arn == ROLE


def test_the_sdk_takes_the_configuration_of_a_build(pieces: dict[str, HandOver]) -> None:
    """The setting is one that the SDK knows."""
    from frogml.core.inner.build_config.build_config_v1 import DockerConf

    settings = yaml.safe_load(pieces["build"].code)["build_env"]["docker"]

    assert DockerConf(**settings).assumed_iam_role_arn == ROLE


@pytest.mark.parametrize("mode", ["real-time", "streaming", "batch"])
def test_deployments_name_the_role_in_their_options(pieces: dict[str, HandOver], mode: str) -> None:
    """In the configuration that the command line takes."""
    settings = yaml.safe_load(pieces[f"{mode} deployment"].code)

    assert settings == {"advanced_options": {"iam_role_arn": ROLE}}


def test_the_role_of_the_flags_is_handed_over_too() -> None:
    """Sources of files, and batch execution where results are written; the report ends with these lines."""
    reader = jfrog_ml.role(bucket="acme-in", prefix="train/")
    writer = jfrog_ml.role(bucket="acme-in", write_prefix="out/", own_account="111122223333", role_name="reader")

    assert [piece.use for piece in reader.hand_over] == ["CSV source", "Parquet source"]
    assert "arn:aws:iam::ACCOUNT:role/ROLE_NAME" in reader.hand_over[0].code
    assert run(writer.hand_over[2])["config"].advanced_options.custom_iam_role_arn == ROLE
    assert explain(reader)[-1] == "    )"

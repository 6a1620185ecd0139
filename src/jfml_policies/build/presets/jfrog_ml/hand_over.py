"""The lines that hand the role to JFrog ML, one piece for each use.

The names are those of the SDK `frogml` 2.1 and of `frogml-cli` 0.2; the project's tests run the Python pieces with the
real SDK. The documentation's snippet for CSV and Parquet sources hands over `AwsAssumeRoleAuthentication`, which the
SDK refuses there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from jfml_policies.build.presets.jfrog_ml.uses import (
    AthenaUse,
    AutomationUse,
    BatchExecutionUse,
    BuildUse,
    DeploymentUse,
    FileSourceUse,
    RedshiftServerlessUse,
    RedshiftUse,
    Use,
)
from jfml_policies.build.role import HandOver

__all__ = ["hand_over", "hand_over_files"]

_CLASSES = {"csv": ("CSV", "CsvSource"), "parquet": ("Parquet", "ParquetSource")}


def hand_over(uses: Iterable[Use], role_arn: str, region: str) -> tuple[HandOver, ...]:
    """Where the role's ARN goes, for each use once.

    Args:
        uses: what the role is used for.
        role_arn: the role's ARN.
        region: the region of data and services.
    """
    pieces = [piece for use in uses for piece in _pieces(use, role_arn, region)]
    return tuple(dict.fromkeys(pieces))


def hand_over_files(role_arn: str, source: str, batch: tuple[str, str, str, str] | None) -> tuple[HandOver, ...]:
    """The pieces for sources of files and, where results are written, for batch execution.

    Args:
        role_arn: the role's ARN.
        source: the folder to read, as a URL.
        batch: bucket and folder to read, and bucket and folder to write.
    """
    sources = tuple(_file_source(use, role_arn, source) for use in _CLASSES)
    return sources if batch is None else (*sources, _batch_execution(role_arn, *batch))


def _pieces(use: Use, role: str, region: str) -> Iterator[HandOver]:
    match use:
        case FileSourceUse():
            yield _file_source(use.use, role, f"s3://{use.bucket}/{use.key or use.prefix or ''}")
        case AthenaUse():
            yield _athena(use, role, region)
        case RedshiftUse():
            yield _redshift(role, use.user, use.database)
        case RedshiftServerlessUse():
            # The SDK asks for a user although Redshift Serverless derives it from the role.
            yield _redshift(role, None, "DATABASE")
        case BuildUse():
            yield HandOver(
                "build",
                "yaml",
                f"# the build's configuration\nbuild_env:\n  docker:\n    assumed_iam_role_arn: {role}\n",
            )
        case DeploymentUse():
            code = f"# the deployment's configuration, or --iam-role-arn\nadvanced_options:\n  iam_role_arn: {role}\n"
            yield HandOver(f"{use.mode} deployment", "yaml", code)
        case BatchExecutionUse():
            yield _batch_execution(
                role,
                use.source.bucket,
                use.source.prefix or "",
                use.destination.bucket,
                use.destination.prefix or "",
            )
        case AutomationUse():
            yield _batch_automation(use, role) if use.runs == "batch-execution" else _build_automation(role)


def _file_source(use: str, role: str, path: str) -> HandOver:
    title, name = _CLASSES[use]
    return HandOver(
        f"{title} source",
        "python",
        f"""\
from frogml.feature_store.data_sources import AwsS3AssumeRoleFileSystemConfiguration, {name}

source = {name}(
    name="NAME",
    description="DESCRIPTION",
    date_created_column="COLUMN",
    path={_text(path)},
    filesystem_configuration=AwsS3AssumeRoleFileSystemConfiguration(role_arn={_text(role)}),
)
""",
    )


def _athena(use: AthenaUse, role: str, region: str) -> HandOver:
    results = ""
    if use.results is not None:
        folder = use.results.prefix or ""
        slash = "" if not folder or folder.endswith("/") else "/"
        results = f"    s3_output_location={_text(f's3://{use.results.bucket}/{folder}{slash}')},\n"
    return HandOver(
        "Athena source",
        "python",
        f"""\
from frogml.core.feature_store.data_sources.source_authentication import AwsAssumeRoleAuthentication
from frogml.feature_store.data_sources import AthenaSource

source = AthenaSource(
    name="NAME",
    description="DESCRIPTION",
    date_created_column="COLUMN",
    aws_region={_text(region)},
    workgroup={_text(use.workgroup)},
{results}    db_table={_text(f"{use.database}.TABLE")},
    aws_authentication=AwsAssumeRoleAuthentication(role_arn={_text(role)}),
)
""",
    )


def _redshift(role: str, user: str | None, database: str) -> HandOver:
    db_user = f"    db_user={_text(user)},\n" if user is not None else ""
    return HandOver(
        "Redshift source" if user is not None else "Redshift Serverless source",
        "python",
        f"""\
from frogml.feature_store.data_sources import RedshiftSource

source = RedshiftSource(
    name="NAME",
    description="DESCRIPTION",
    date_created_column="COLUMN",
    url={_text(f"HOST:5439/{database}")},
    db_table="TABLE",
{db_user}    iam_role_arn={_text(role)},
)
""",
    )


def _batch_execution(role: str, source: str, source_folder: str, destination: str, folder: str) -> HandOver:
    return HandOver(
        "batch execution",
        "python",
        f"""\
from frogml.core.clients.batch_job_management.executions_config import ExecutionConfig

config = ExecutionConfig(
    execution=ExecutionConfig.Execution(
        model_id="MODEL",
        source_bucket={_text(source)},
        source_folder={_text(source_folder)},
        destination_bucket={_text(destination)},
        destination_folder={_text(folder)},
    ),
    advanced_options=ExecutionConfig.AdvancedOptions(custom_iam_role_arn={_text(role)}),
)
""",
    )


def _batch_automation(use: AutomationUse, role: str) -> HandOver:
    source, destination = use.source, use.destination
    assert source is not None
    assert destination is not None
    return HandOver(
        "automation of batches",
        "python",
        f"""\
from frogml.core.automations import BatchExecution, BatchJobDataSpecifications, BatchJobExecutionSpecifications

action = BatchExecution(
    data_specifications=BatchJobDataSpecifications(
        source_bucket={_text(source.bucket)},
        source_folder={_text(source.prefix or "")},
        input_file_type="csv",
        destination_bucket={_text(destination.bucket)},
        destination_folder={_text(destination.prefix or "")},
        output_file_type="csv",
    ),
    execution_specifications=BatchJobExecutionSpecifications(custom_iam_role_arn={_text(role)}),
)
""",
    )


def _build_automation(role: str) -> HandOver:
    return HandOver(
        "automation of builds",
        "python",
        f"""\
from frogml.core.automations import BuildSpecifications, DeploymentSpecifications

build = BuildSpecifications(git_uri="REPOSITORY", assumed_iam_role={_text(role)})
deployment = DeploymentSpecifications(custom_iam_role_arn={_text(role)})
""",
    )


def _text(value: str) -> str:
    """A string of Python or YAML, in double quotes and printable."""
    import json

    return json.dumps(value)

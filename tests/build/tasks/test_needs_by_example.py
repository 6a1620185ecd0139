"""What single tasks take, by example."""

from __future__ import annotations

from jfml_policies.build import access_of
from jfml_policies.build.identifiers import KmsKey
from jfml_policies.build.place import Place
from jfml_policies.build.statements import document, joined
from jfml_policies.build.task import Task
from jfml_policies.build.tasks.athena import AthenaQuery, QueryResults
from jfml_policies.build.tasks.bedrock import InvokeModels
from jfml_policies.build.tasks.dynamodb import ReadTable
from jfml_policies.build.tasks.kms import UseKeys
from jfml_policies.build.tasks.parameter_store import ReadParameters
from jfml_policies.build.tasks.pass_role import PassRoles
from jfml_policies.build.tasks.redshift import RedshiftLogin, RedshiftServerlessLogin
from jfml_policies.build.tasks.s3 import Folder, ReadFolder
from jfml_policies.build.tasks.s3_access_points import ReadThroughAccessPoint, WriteThroughAccessPoint
from jfml_policies.build.tasks.secrets_manager import ReadSecrets
from jfml_policies.linter import lint

HERE = Place("eu-west-1", "111122223333")
KEY = KmsKey.of(HERE.arn("kms", "key/1234abcd-12ab-34cd-56ef-1234567890ab"))


def grants(task: Task) -> dict[str, set[str]]:
    """Resources by action."""
    found: dict[str, set[str]] = {}
    for statement in task.statements():
        for action in statement.actions:
            found.setdefault(action, set()).update(statement.resources)
    return found


def conditions(task: Task, action: str) -> set[tuple[str, str]]:
    return {
        (condition.key, value)
        for statement in task.statements()
        if action in statement.actions
        for condition in statement.conditions
        for value in condition.values
    }


def test_a_query_needs_the_whole_chain_of_the_catalog() -> None:
    """Catalog, database and table together, and the `default` database beside."""
    granted = grants(AthenaQuery(HERE, "team", "features", ("train",)))

    assert granted["glue:GetTable"] == {
        HERE.arn("glue", "catalog"),
        HERE.arn("glue", "database/features"),
        HERE.arn("glue", "table/features/train"),
    }
    assert HERE.arn("glue", "database/default") in granted["glue:GetDatabase"]
    assert not any(action.startswith(("s3:", "lakeformation:", "kms:")) for action in granted)


def test_results_are_written_and_read_back_and_data_only_read() -> None:
    """Without a result location, which managed results do without, nothing is written."""
    data = ReadFolder(Folder.of("lake", "features"), keys=(KEY,))
    results = QueryResults(Folder.of("results", "ml"), keys=(KEY,))
    granted = grants(AthenaQuery(HERE, "team", "features", data=(data,), results=results))

    assert granted["s3:PutObject"] == {"arn:aws:s3:::results/ml/*"}
    assert granted["s3:GetObject"] == {"arn:aws:s3:::lake/features/*", "arn:aws:s3:::results/ml/*"}
    assert granted["kms:GenerateDataKey"] == {KEY.arn}
    assert "s3:PutObject" not in grants(AthenaQuery(HERE, "team", "features", data=(data,)))


def test_lake_formation_and_the_catalog_key_are_asked_for() -> None:
    """Both only on request; the key serves Glue and nobody else."""
    task = AthenaQuery(HERE, "team", "features", lake_formation=True, catalog_keys=(KEY,))

    assert grants(task)["lakeformation:GetDataAccess"] == {"*"}
    assert conditions(task, "kms:Decrypt") == {("kms:ViaService", "glue.eu-west-1.amazonaws.com")}


def test_a_login_names_one_user_and_one_database() -> None:
    """Neither another user nor a user that is made for the purpose."""
    granted = grants(RedshiftLogin(HERE, "dwh", "prod", "ml_reader", look_up=False))

    assert granted == {
        "redshift:GetClusterCredentials": {
            HERE.arn("redshift", "dbuser:dwh/ml_reader"),
            HERE.arn("redshift", "dbname:dwh/prod"),
        }
    }


def test_a_serverless_login_names_the_workgroup() -> None:
    """By its id."""
    granted = grants(RedshiftServerlessLogin(HERE, "0f0b6a5e-5d3e-4f6c-9a60-2f1f4b0c7d11"))

    assert set(granted) == {"redshift-serverless:GetCredentials", "redshift-serverless:GetWorkgroup"}


def test_a_secret_is_matched_with_its_six_characters_only() -> None:
    """`ml/db` is not `ml/db-admin`, and the key serves Secrets Manager."""
    task = ReadSecrets(HERE, ("ml/db",), (KEY,))

    assert grants(task)["secretsmanager:GetSecretValue"] == {HERE.arn("secretsmanager", "secret:ml/db-??????")}
    assert conditions(task, "kms:Decrypt") == {("kms:ViaService", "secretsmanager.eu-west-1.amazonaws.com")}


def test_a_parameter_keeps_one_slash() -> None:
    """The ARN has none of its own before the name's; a path covers itself and all below."""
    granted = grants(ReadParameters(HERE, ("/ml/token",), ("/ml/prod/",)))

    assert granted["ssm:GetParametersByPath"] == {
        HERE.arn("ssm", "parameter/ml/prod"),
        HERE.arn("ssm", "parameter/ml/prod/*"),
    }
    assert HERE.arn("ssm", "parameter/ml/token") in granted["ssm:GetParameter"]


def test_an_index_is_queried_on_its_own_arn() -> None:
    """Getting single items is for the table alone."""
    granted = grants(ReadTable(HERE, "orders", ("by-day",)))

    assert HERE.arn("dynamodb", "table/orders/index/by-day") in granted["dynamodb:Query"]
    assert granted["dynamodb:GetItem"] == {HERE.arn("dynamodb", "table/orders")}
    assert "dynamodb:Scan" not in granted


def test_models_behind_a_profile_are_asked_through_it_only() -> None:
    """In each region that the profile may choose."""
    task = InvokeModels(HERE, profiles=("eu.m-1",), profile_models=("m-1",), profile_regions=("eu-west-3",))
    through = [statement for statement in task.statements() if statement.conditions]

    assert [statement.resources for statement in through] == [
        ("arn:aws:bedrock:eu-west-1::foundation-model/m-1", "arn:aws:bedrock:eu-west-3::foundation-model/m-1")
    ]
    assert conditions(task, "bedrock:InvokeModel") == {
        ("bedrock:InferenceProfileArn", HERE.arn("bedrock", "inference-profile/eu.m-1"))
    }


def test_a_profile_of_an_application_takes_itself_and_the_models_behind_it() -> None:
    """It is told by its ARN, which says where calls go to."""
    profile = "arn:aws:bedrock:eu-north-1:111122223333:application-inference-profile/a1b2c3d4e5f6"
    task = InvokeModels(HERE, profiles=(profile,), profile_models=("m-1",), profile_regions=("eu-west-3",))

    assert grants(task)["bedrock:InvokeModel"] == {
        profile,
        "arn:aws:bedrock:eu-north-1::foundation-model/m-1",
        "arn:aws:bedrock:eu-west-3::foundation-model/m-1",
    }
    assert conditions(task, "bedrock:InvokeModel") == {("bedrock:InferenceProfileArn", profile)}
    assert [] == lint(document(joined(task.statements())), kind="identity")


def test_a_profile_for_the_whole_world_takes_the_model_without_a_region() -> None:
    """Besides those of its region, and through that profile only; a profile of one part of the world does not."""
    world = InvokeModels(HERE, profiles=("global.m-1", "eu.m-1"), profile_models=("m-1",)).statements()
    part = InvokeModels(HERE, profiles=("eu.m-1",), profile_models=("m-1",)).statements()
    anywhere = "arn:aws:bedrock:::foundation-model/m-1"

    (found,) = [statement for statement in world if anywhere in statement.resources]
    assert {(one.key, one.values) for one in found.conditions} == {
        ("aws:RequestedRegion", ("unspecified",)),
        ("bedrock:InferenceProfileArn", (HERE.arn("bedrock", "inference-profile/global.m-1"),)),
    }
    assert any("arn:aws:bedrock:eu-west-1::foundation-model/m-1" in statement.resources for statement in world)
    assert not any(anywhere in statement.resources for statement in part)


def test_a_policy_for_a_profile_for_the_whole_world_has_no_findings() -> None:
    """Neither the ARN without a region nor the region `unspecified` is a mistake there."""
    task = InvokeModels(HERE, profiles=("global.m-1",), profile_models=("m-1",), streaming=True)

    assert [] == lint(document(joined(task.statements())), kind="identity")


def test_a_role_is_passed_to_named_services() -> None:
    """The condition says which."""
    task = PassRoles(("arn:aws:iam::111122223333:role/trainer",), ("sagemaker.amazonaws.com",))

    assert conditions(task, "iam:PassRole") == {("iam:PassedToService", "sagemaker.amazonaws.com")}


def test_an_access_point_opens_its_bucket_to_itself_only() -> None:
    """Every statement is limited to requests through the access point."""
    task = ReadThroughAccessPoint(HERE, "analysts", Folder.of("lake", "features"))

    assert all(
        any(condition.key == "s3:DataAccessPointArn" for condition in statement.conditions)
        for statement in task.statements()
    )
    assert grants(task)["s3:GetObject"] == {
        HERE.arn("s3", "accesspoint/analysts/object/features/*"),
        "arn:aws:s3:::lake/features/*",
    }


def test_older_versions_are_a_choice() -> None:
    """Reading them is an action of its own."""
    plain, versioned = (grants(ReadFolder(Folder.of("lake", "in"), versions=versions)) for versions in (False, True))

    assert set(versioned) - set(plain) == {"s3:GetObjectVersion", "s3:ListBucketVersions"}


def test_using_a_key_directly_has_no_service_in_between() -> None:
    """Decrypting does not include encrypting, as sets of requests."""
    decrypt, both = UseKeys((KEY,)), UseKeys((KEY,), ("encrypt", "decrypt"))

    assert access_of(decrypt) <= access_of(both)
    assert not access_of(both) <= access_of(decrypt)
    assert conditions(both, "kms:Decrypt") == set()


def test_writing_through_an_access_point_takes_it_and_the_bucket_behind_it() -> None:
    """Each part of a large object as well; on the bucket only through the access point."""
    task = WriteThroughAccessPoint(HERE, "analysts", Folder.of("lake", "scores"))
    point = HERE.arn("s3", "accesspoint/analysts")

    assert {"s3:PutObject", "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts"} == set(grants(task))
    assert {f"{point}/object/scores/*", "arn:aws:s3:::lake/scores/*"} == grants(task)["s3:PutObject"]
    assert {("s3:DataAccessPointArn", point)} == conditions(task, "s3:PutObject")
    assert [] == lint(document(joined(task.statements())), kind="identity")

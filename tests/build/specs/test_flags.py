"""Tasks in a line are those of a spec's `needs`."""

from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

import pytest

from jfml_policies.build import tasks as task_room
from jfml_policies.build.granted import access_of
from jfml_policies.build.identifiers import KmsKey
from jfml_policies.build.place import Place
from jfml_policies.build.specs.flags import described_tasks, tasks_from_flags
from jfml_policies.build.tasks.athena import AthenaQuery, QueryResults
from jfml_policies.build.tasks.bedrock import InvokeModels
from jfml_policies.build.tasks.kinesis import ReadStream
from jfml_policies.build.tasks.s3 import Folder, ReadFolder, WriteFolder
from jfml_policies.build.tasks.secrets_manager import ReadSecrets

HERE = Place("eu-west-1", "111122223333")
WHERE = "region=eu-west-1 account=111122223333"


@pytest.mark.parametrize(
    ("flag", "task"),
    [
        (f"read-secrets names=a,b {WHERE}", ReadSecrets(HERE, ("a", "b"))),
        (f"read-secrets names=a names=b {WHERE}", ReadSecrets(HERE, ("a", "b"))),
        (f"read-stream stream=clicks {WHERE}", ReadStream(HERE, "clicks")),
        (
            f"invoke-models models=amazon.nova-lite-v1:0 streaming=true {WHERE}",
            InvokeModels(HERE, ("amazon.nova-lite-v1:0",), streaming=True),
        ),
    ],
)
def test_a_line_means_the_task(flag: str, task: object) -> None:
    tasks, problems = tasks_from_flags([flag])

    assert () == problems
    assert access_of(task) == access_of(*tasks)  # type: ignore[arg-type]


def test_all_that_is_wrong_is_told() -> None:
    _, problems = tasks_from_flags(["read-secret names=a", "read-stream stream=a/b", "use-keys"])

    assert [
        "--task: there is no task `read-secret`; did you mean `read-secrets`?",
        "--task read-stream: `region` is missing: where the resources lie",
        "--task read-stream: `account` is missing: where the resources lie",
    ] == list(problems[:3])
    assert any("`kms_keys` is missing" in one for one in problems)
    assert any("a/b" in one for one in problems)


def test_every_task_is_described() -> None:
    described = {name: parameters for name, _, parameters in described_tasks()}

    assert {"read-folder", "pass-roles", "read-table", "pull-images"} <= described.keys()
    assert all(meaning for parameters in described.values() for _, meaning, _ in parameters)


KEY = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
OTHERS_KEY = "arn:aws-cn:kms:cn-north-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"


def test_a_folder_is_an_address_and_what_else_there_is_to_say_has_a_dot() -> None:
    """Of a list it holds for all folders, wherever in the line it stands."""
    flag = (
        f"query-athena database=f data.key={KEY} data=s3://acme/in,other results=s3://acme/out/"
        f" results.bucket_account=444455556666 {WHERE}"
    )
    keys = (KmsKey.of(KEY),)
    data = (
        ReadFolder(Folder.of("acme", "in"), owner=HERE.account, keys=keys),
        ReadFolder(Folder.of("other", None), owner=HERE.account, keys=keys),
    )
    results = QueryResults(Folder.of("acme", "out"), "444455556666")

    tasks, problems = tasks_from_flags([flag])

    assert ((AthenaQuery(HERE, "primary", "f", data=data, results=results),), ()) == (tasks, problems)


def test_one_object_is_named_by_its_key() -> None:
    """`key` with an ARN is a KMS key, as it is where no object can be named."""
    tasks, problems = tasks_from_flags(
        [f"s3-read bucket=acme key=in/a.csv key={KEY}", "s3-write bucket=acme key=out/b.csv"]
    )

    assert () == problems
    assert (
        ReadFolder(Folder.of_object("acme", "in/a.csv"), keys=(KmsKey.of(KEY),)),
        WriteFolder(Folder.of_object("acme", "out/b.csv")),
    ) == tasks


@pytest.mark.parametrize(
    ("flag", "problem"),
    [
        ("s3-read bucket=acme prefix=in key=in/a.csv", "key: does not go with a prefix"),
        ("s3-read bucket=acme prefix=in/a.csv", "is named like a file, not a folder: give one file as `key`"),
        (f"query-athena database=f data=s3://acme/a.csv {WHERE}", "is named like a file, not a folder"),
    ],
)
def test_a_file_is_no_folder(flag: str, problem: str) -> None:
    _, (found,) = tasks_from_flags([flag])

    assert problem in found


def test_what_is_said_of_a_folder_that_is_not_named_is_a_problem() -> None:
    _, problems = tasks_from_flags([f"query-athena database=f lake_formation=yes results.key={KEY} {WHERE}"])

    assert ("--task query-athena: results: is missing, and `results.kms_keys` speaks of it",) == problems


@pytest.mark.parametrize("word", ["x.y=1", "prefix.kms_keys=1", ".=1", "results.=1", "a..b=1", "\ud800=1", "task=x"])
def test_other_names_are_unknown(word: str) -> None:
    tasks, problems = tasks_from_flags([f"s3-read bucket=acme {word}"])

    assert () == tasks
    assert len(problems) == 1


def test_the_keys_of_a_bucket_tell_its_region() -> None:
    """S3 uses keys of the bucket's own region only, and the region tells the partition."""
    tasks, problems = tasks_from_flags([f"s3-read bucket=acme key={OTHERS_KEY}"])

    assert () == problems
    assert (ReadFolder(Folder.of("acme", None, "aws-cn"), keys=(KmsKey.of(OTHERS_KEY),)),) == tasks


@pytest.mark.parametrize(
    ("flag", "problem"),
    [
        (f"read-secrets names=a kms_keys={OTHERS_KEY} {WHERE}", "is in the partition `aws-cn`"),
        (f"s3-read bucket=acme key={KEY} region=us-east-1", "is in `eu-west-1`"),
        ("s3-read bucket=acme region=us-iso-east-1", "is in a partition that no policy is written for"),
    ],
)
def test_arns_must_lie_where_the_resources_do(flag: str, problem: str) -> None:
    _, (found,) = tasks_from_flags([flag])

    assert problem in found


def test_every_task_that_there_is_can_be_named() -> None:
    """Each class of `build.tasks` is what some line gives."""
    lines = {
        "read-folder": "bucket=acme",
        "write-folder": "bucket=acme",
        "read-through-access-point": f"bucket=acme access_point=analysts {WHERE}",
        "write-through-access-point": f"bucket=acme access_point=analysts {WHERE}",
        "use-access-grants": WHERE,
        "query-athena": f"database=f data=acme {WHERE}",
        "log-in-to-redshift": f"cluster=c database=d user=u {WHERE}",
        "log-in-to-redshift-serverless": f"workgroup_id=0f0b6a5e-5d3e-4f6c-9a60-2f1f4b0c7d11 look-up=no {WHERE}",
        "use-keys": f"kms_keys={KEY} uses=decrypt,encrypt",
        "lend-keys": f"kms_keys={KEY} operations=Decrypt,GenerateDataKey services=dynamodb",
        "read-secrets": f"names=a {WHERE}",
        "read-parameters": f"paths=/a {WHERE}",
        "pull-images": f"repositories=ml/base {WHERE}",
        "read-stream": f"stream=clicks {WHERE}",
        "read-table": f"table=orders scan=true {WHERE}",
        "invoke-endpoints": f"endpoints=ranker {WHERE}",
        "invoke-models": f"models=amazon.nova-lite-v1:0 {WHERE}",
        "pass-roles": "roles=arn:aws:iam::111122223333:role/a services=sagemaker.amazonaws.com",
    }
    assert lines.keys() == {name for name, _, _ in described_tasks()}

    tasks, problems = tasks_from_flags([f"{name} {words}" for name, words in lines.items()])

    # Where Athena keeps results is a part of its query.
    expected = {
        name for module in _modules() for name in module.__all__ if hasattr(getattr(module, name), "statements")
    }
    assert ((), expected - {"QueryResults"}) == (problems, {type(task).__name__ for task in tasks})


def _modules() -> list[ModuleType]:
    return [import_module(f"{task_room.__name__}.{found.name}") for found in iter_modules(task_room.__path__)]


def test_what_holds_spaces_stands_in_quotation_marks() -> None:
    """Keys of S3 may have spaces."""
    (task,), problems = tasks_from_flags(["s3-read bucket=acme prefix='my data/it''s in'"])

    assert () == problems
    assert "arn:aws:s3:::acme/my data/its in/*" in str(task.statements())


def test_a_quotation_mark_that_is_left_open_is_told() -> None:
    """Where the value ends is anybody's guess."""
    tasks, problems = tasks_from_flags(["s3-read bucket=acme prefix='my data"])

    assert ((), ("--task: a quotation mark in `s3-read bucket=acme prefix='my data` is not closed",)) == (
        tasks,
        problems,
    )

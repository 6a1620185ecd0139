"""Tasks in a line are those of a spec's `needs`."""

import pytest

from jfml_policies.build.granted import access_of
from jfml_policies.build.place import Place
from jfml_policies.build.specs.flags import described_tasks, tasks_from_flags
from jfml_policies.build.tasks.bedrock import InvokeModels
from jfml_policies.build.tasks.kinesis import ReadStream
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

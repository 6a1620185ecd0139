"""Presets as files: your own, and what is told about one that is wrong."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jfml_policies.access.access import Access
from jfml_policies.build import access_of
from jfml_policies.build.identifiers import KmsKey
from jfml_policies.build.place import Place
from jfml_policies.build.presets.from_preset import preset_role
from jfml_policies.build.presets.preset import FOLDER_TASKS, TaskName
from jfml_policies.build.presets.preset_example import example_of
from jfml_policies.build.presets.preset_files import preset_from, preset_named, preset_names, read_preset
from jfml_policies.build.specs.asked import ANYWHERE, need_models
from jfml_policies.build.tasks.athena import AthenaQuery, QueryResults
from jfml_policies.build.tasks.ecr import PullImages
from jfml_policies.build.tasks.kms import UseKeys
from jfml_policies.build.tasks.s3 import Folder, ReadFolder
from jfml_policies.build.tasks.secrets_manager import ReadSecrets
from jfml_policies.errors import InputError, ParameterError, PolicyError, UsageError

OWN = """\
name = "acme-scanner"
vendor = "Acme"
summary = "lets Acme's scanner look at your buckets"

[source]
title = "Roles"
address = "https://docs.example.com/roles"
date = 2026-11-01

[external_id]
policy = "supported"
made_by = "customer"
where = "choose a long random one and enter it in Acme's settings"

[parameters.bucket]
type = "bucket"
help = "bucket to look at"
required = true

[[trust]]
sid = "AssumeRoleFromAcme"
aws = ["arn:{partition}:iam::111122223333:root"]
conditions = [
  { operator = "ArnLike", key = "aws:PrincipalArn", values = ["arn:{partition}:iam::111122223333:role/scan-*"] },
]

[profiles.look]
summary = "where buckets are"

[[profiles.look.statements]]
sid = "FindBucketRegion"
actions = ["s3:GetBucketLocation"]
resources = ["arn:{partition}:s3:::{bucket}"]
"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    path = tmp_path / "acme.toml"
    path.write_text(OWN)
    return path


def faults(path: Path, text: str) -> tuple[str, ...]:
    path.write_text(text)
    with pytest.raises(ParameterError) as caught:
        read_preset(path)
    return caught.value.problems


def test_your_own_preset_builds_a_role(own: Path) -> None:
    """A file with an account, a pattern of its roles and an external id that may be left out."""
    preset = read_preset(own)
    with_id = preset_role(preset, {"bucket": "acme-features", "external_id": "7c4b1f2e90d84a6c"})
    without = preset_role(preset, {"bucket": "acme-features"})

    assert preset.kind == "account root + PrincipalArn pattern + optional external id"
    assert with_id.trust["Statement"][0]["Condition"]["StringEquals"] == {"sts:ExternalId": "7c4b1f2e90d84a6c"}
    assert "StringEquals" not in without.trust["Statement"][0]["Condition"]
    assert any("no external_id was given" in line for line in without.warnings)


def test_json_says_the_same(own: Path) -> None:
    """A preset is read from JSON as from TOML."""
    preset = read_preset(own)
    other = own.with_suffix(".json")
    other.write_text(preset.model_dump_json())

    assert preset == read_preset(other)


def test_every_kind_is_shipped() -> None:
    """Each way in is that of some preset; the pattern of role names is JFrog ML's, which is no file."""
    kinds = {preset_named(name).kind.replace("optional ", "").removesuffix(" + external id") for name in preset_names()}

    assert kinds == {
        "AWS service",
        "EKS Pod Identity",
        "IAM user",
        "OIDC federation",
        "account root",
        "exact role",
        "self-assuming role",
    }


TASKS = """
[parameters.own_account]
type = "account"
help = "your account"
required = true

[parameters.region]
type = "region"
help = "region of it all"
required = true

[parameters.repository]
type = "text"
also = "/-"
help = "repository"
many = true

[parameters.secret]
type = "text"
also = "/"
help = "secret"

[parameters.key]
type = "key"
help = "key"
many = true

[parameters.folder]
type = "folder"
help = "folder"

[profiles.work]
summary = "calls"

[[profiles.work.tasks]]
task = "pull-images"
arguments = { repositories = ["{repository}", "shared/base"] }
region = "{region}"
account = "{own_account}"

[[profiles.work.tasks]]
task = "read-secrets"
arguments = { names = ["{secret}"], kms_keys = ["{key}"] }
region = "{region}"
account = "{own_account}"
when = "secret"

[[profiles.work.tasks]]
task = "use-keys"
arguments = { kms_keys = ["{key}"], uses = ["decrypt"] }
when = "key"

[[profiles.work.tasks]]
task = "query-athena"
region = "{region}"
account = "{own_account}"

[profiles.work.tasks.arguments]
database = "features"
tables = "*"
data = [{ bucket = "{bucket}", prefix = "{folder}", kms_keys = ["{key}"] }]
results = { bucket = "acme-results", prefix = "athena/" }
browse = true
"""
WORK = OWN + TASKS
HERE = Place("eu-west-1", "111122223333")
PLACED = {"bucket": "acme-features", "own_account": HERE.account, "region": HERE.region, "profile": "work"}
RESULTS = QueryResults(Folder.of("acme-results", "athena/"), HERE.account)


def test_a_preset_names_any_task_that_a_spec_does(own: Path) -> None:
    """With its arguments filled in; what is not given is left out, and the role means what the tasks need."""
    own.write_text(WORK)
    preset = read_preset(own)
    key = KmsKey.of("arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab")
    small = preset_role(preset, {**PLACED, "repository": ["ml/train"]})
    large = preset_role(
        preset, {**PLACED, "repository": ["a1", "b1"], "secret": "ml/x", "key": [key.arn], "folder": "in"}
    )
    data = (ReadFolder(Folder.of("acme-features", None), owner=HERE.account),)
    kept = (ReadFolder(Folder.of("acme-features", "in"), owner=HERE.account, keys=(key,)),)

    assert Access.of(small.permissions, kind="identity") == access_of(
        PullImages(HERE, ("ml/train", "shared/base")),
        AthenaQuery(HERE, "primary", "features", data=data, results=RESULTS, browse=True),
    )
    assert Access.of(large.permissions, kind="identity") == access_of(
        PullImages(HERE, ("a1", "b1", "shared/base")),
        ReadSecrets(HERE, ("ml/x",), (key,)),
        UseKeys((key,)),
        AthenaQuery(HERE, "primary", "features", data=kept, results=RESULTS, browse=True),
    )
    assert any("`ecr:BatchGetImage`" in line and "repository/shared/base" in line for line in small.allows)


@pytest.mark.parametrize("task", [name for name in get_args(TaskName) if name not in FOLDER_TASKS])
def test_every_task_can_stand_in_a_preset(own: Path, task: str) -> None:
    """Those of a spec's `needs`; what a task must have is told."""
    text = f'{OWN}[[profiles.look.tasks]]\ntask = "{task}"\n'
    model = need_models()[task]
    missing = [name for name, field in model.model_fields.items() if field.is_required() and name != "task"]
    told = faults(own, text) if missing or task not in ANYWHERE else ()

    assert all(any(f"the argument `{name}` of `{task}` is missing" in line for line in told) for name in missing)


def test_tasks_are_those_of_specs() -> None:
    """Under the same names."""
    assert set(need_models()) == set(get_args(TaskName))


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('repositories = ["', 'repositores = ["', "`repositores` is no argument of `pull-images`; did you mean"),
        ('"{repository}"', '"{repo}"', "profiles.work: pull-images: `repo` is not a parameter or table"),
        ('"shared/base"', '"Shared"', "pull-images: repositories[0]: `Shared` is not a repository's name"),
        ('database = "features"', "database = true", "query-athena: the argument `database` must be a text"),
        ('database = "features"', "", "query-athena: the argument `database` of `query-athena` is missing"),
        ("browse = true", 'browse = "yes"', "query-athena: the argument `browse` must be true or false"),
        ("results = { bucket", "results = { bukket", "results: `bucket` is missing"),
        (
            'region = "{region}"\naccount = "{own_account}"\nwhen',
            "when",
            "`region` is missing, which says where the resources",
        ),
        ('when = "key"', 'when = "kee"', "profiles.work: `kee` is not a parameter"),
        ('task = "use-keys"', 'task = "use-keys"\nkeys = "key"', "use-keys: has no `keys`; give its `arguments`"),
        ('task = "use-keys"', 'task = "use-kees"', "profiles.work.tasks[2].task: must be"),
        ('task = "use-keys"', 'task = "read-folder"', "`read-folder` has no `arguments`; it takes bucket, folder"),
        ('region = "{region}"', 'region = "{repository}"', "`{repository}` holds a list where one value belongs"),
    ],
)
def test_faults_of_tasks_are_found_when_the_preset_is_read(own: Path, old: str, new: str, problem: str) -> None:
    """Before anybody gives a value."""
    assert old in WORK
    told = faults(own, WORK.replace(old, new, 1))

    assert any(problem in line for line in told), told


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"repository": ["a/b", "c-d"]}, None),
        ({"repository": ["-"]}, "repository: `-` is not a repository's name, as in `ml/base`"),
        ({}, "repository: is missing; the profile `work` needs it"),
        (
            {"repository": ["ab"], "key": ["arn:aws:kms:us-east-1:111122223333:key/1234abcd"]},
            "key: `arn:aws:kms:us-east-1:111122223333:key/1234abcd` is in `us-east-1`",
        ),
    ],
)
def test_a_value_that_no_task_takes_is_a_fault_of_its_parameter(
    own: Path, change: dict[str, Any], problem: str | None
) -> None:
    """By the parameter's name, wherever in the task the value went."""
    own.write_text(WORK)
    try:
        preset_role(read_preset(own), {**PLACED, **change})
        told: tuple[str, ...] = ()
    except ParameterError as error:
        told = error.problems

    assert (problem is None) == (told == ())
    assert problem is None or any(line.startswith(problem) for line in told), told


def test_faults_are_told_at_once(own: Path) -> None:
    """Wrong types, missing and unknown parts, each with its place."""
    text = OWN.replace('"https://docs.example.com/roles"', '"example.com"').replace(
        'type = "bucket"', 'type = "bukket"'
    )
    text = text.replace('summary = "where buckets are"', 'sumary = "where buckets are"')
    places = [problem.partition(":")[0] for problem in faults(own, text)]

    assert places == ["source.address", "parameters.bucket.type", "profiles.look.summary", "profiles.look.sumary"]


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("[profiles.look]", "[profile.look]", "profile: there is no such part; did you mean `profiles`"),
        ("required = true", 'required = "yes"', "parameters.bucket.required: must be true or false, not text"),
        ('actions = ["s3:GetBucketLocation"]', "actions = []", "profiles.look.statements[0].actions: is empty"),
        ('actions = ["s3:GetBucketLocation"]', "", "profiles.look.statements[0].actions: is missing"),
    ],
)
def test_faults_are_told_in_plain_words(own: Path, old: str, new: str, problem: str) -> None:
    """A misspelt, mistyped, empty or missing part is named as such, with what may be meant."""
    assert problem in faults(own, OWN.replace(old, new))


def test_a_list_of_wrong_items_is_not_called_empty(own: Path) -> None:
    """What is wrong is told of the item alone."""
    found = faults(own, OWN.replace('actions = ["s3:GetBucketLocation"]', "actions = [7]"))

    assert found == ("profiles.look.statements[0].actions[0]: must be text, not a number",)


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("s3:::{bucket}", "s3:::{buckt}", "profiles.look: `buckt` is not a parameter or table"),
        (
            'aws = ["arn',
            'service = ["x.amazonaws.com"]\naws = ["arn',
            "trust[0]: names exactly one of aws, federated and",
        ),
        ('key = "aws:PrincipalArn"', 'key = "sts:ExternalId"', "trust[0]: the external id is compared without saying"),
        ('made_by = "customer"\n', "", "external_id: made_by is given exactly when the vendor knows external ids"),
        ("[parameters.bucket]", "[parameters.force]", "parameters.force: the name is taken"),
        ('type = "bucket"', 'type = "text"\nalso = "*"', "parameters.bucket: `*`, `?`, `$` and braces mean something"),
        ('type = "bucket"', 'type = "choice"', "parameters.bucket: choices are given exactly for the type `choice`"),
        ('name = "acme-scanner"', 'name = "acme-scanner"\ndefault_profile = "x"', "default_profile: `x` is not a"),
        (
            'name = "acme-scanner"',
            'name = "acme-scanner"\nneed_one_of = [["x"]]',
            "need_one_of: `x` is not a parameter",
        ),
        ('name = "acme-scanner"', 'name = "acme-scanner"\nneed_one_of = [[]]', "need_one_of: a group is empty"),
        (
            'summary = "where buckets are"',
            'summary = "where buckets are"\ntasks = [{ task = "read-folder", keys = "bucket" }]',
            "profiles.look: `bucket` is not a parameter of the type `key`",
        ),
        ("required = true", 'default = "A_b"', "parameters.bucket: default: `A_b` holds"),
        ("role/scan-*", "role/{role_name}", "trust[0]: `aws:PrincipalArn` could end up without a value"),
    ],
)
def test_contradictions_are_found(own: Path, old: str, new: str, problem: str) -> None:
    """Parts that are right by themselves and do not go together are named with their place."""
    text = OWN.replace(old, new)

    assert text != OWN
    assert any(line.startswith(problem) for line in faults(own, text))


def test_who_gets_in_is_never_optional(own: Path) -> None:
    """A principal or key that needs a parameter needs one that is always given."""
    text = OWN.replace("::111122223333:root", "::{bucket}:root").replace("required = true", "")

    assert "trust[0]: `bucket` must be required, because it says who gets in" in faults(own, text)


def test_a_preset_that_the_linter_refuses_builds_nothing(own: Path) -> None:
    """What the linter calls an error is the preset's fault, and said to be."""
    own.write_text(OWN.replace('"s3:GetBucketLocation"', '"s3:GetBucketLocatoin"'))
    with pytest.raises(PolicyError) as caught:
        preset_role(read_preset(own), {"bucket": "acme-features"})

    assert caught.value.hint == "this is a fault of the preset `acme-scanner`, not of the parameters"


def places(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """The places of everything within JSON values."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, item in items for place in places(item, (*path, key)))]


def changed(value: Any, path: tuple[str | int, ...], new: Any) -> Any:
    """The values with another one at a place."""
    if not path:
        return new
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[path[0]] = changed(value[path[0]], path[1:], new)  # type: ignore[index]
    return copy


_JSON = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.sampled_from(
        [
            "",
            "*",
            "{bucket}",
            "{",
            "choice",
            "text",
            "role-arn",
            "bucket",
            "own_account",
            [],
            {},
            [[]],
            [""],
            {"": {}},
            {"x": 1},
        ]
    )
)


@given(st.sampled_from(preset_names()), st.data())
@settings(max_examples=300)
def test_a_damaged_preset_is_an_error_of_ours_or_still_one(name: str, data: st.DataObject) -> None:
    """Whatever stands in one place of a preset: it is refused with lines about it, or it builds or refuses a role."""
    values = json.loads(preset_named(name).model_dump_json())
    place = data.draw(st.sampled_from(places(values)))

    assert all(line and "\n" not in line for line in outcome(changed(values, place, data.draw(_JSON))))


def outcome(values: Any) -> tuple[str, ...]:
    """The lines that a preset ends in: what is wrong with it, or its role's principals."""
    try:
        preset = preset_from(values, "own.json")
        role = preset_role(preset, example_of(preset))
    except ParameterError as error:
        return error.problems
    except PolicyError as error:
        return (error.message,)
    return tuple(json.dumps(statement["Principal"]) for statement in role.trust["Statement"])


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("p.toml", "name = "),
        ("p.toml", "x = " + "[" * 5_000),
        ("p.json", "{"),
        ("p.json", "[" * 100_000),
        ("p.json", "[]"),
        ("p.json", '"x"'),
        ("p.toml", "# " + "x" * 300_000),
        ("p.json", json.dumps({"name": 1})[:-1]),
    ],
)
def test_what_is_no_toml_or_json_is_one_line(tmp_path: Path, name: str, text: str) -> None:
    """Whatever the file holds, the answer is an error of this library on one line."""
    path = tmp_path / name
    path.write_text(text)
    with pytest.raises(InputError) as caught:
        read_preset(path)

    assert "\n" not in caught.value.message


def test_a_preset_that_is_not_there() -> None:
    """The nearest name is offered."""
    with pytest.raises(UsageError) as caught:
        preset_named("datadgo")

    assert caught.value.hint == "did you mean `datadog`?"

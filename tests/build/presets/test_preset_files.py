"""Presets as files: your own, and what is told about one that is wrong."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jfml_policies.build.presets.from_preset import preset_role
from jfml_policies.build.presets.preset_example import example_of
from jfml_policies.build.presets.preset_files import preset_from, preset_named, preset_names, read_preset
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

    assert preset.kind == "account root + PrincipalArn pattern + external id"
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
    kinds = {preset_named(name).kind.removesuffix(" + external id") for name in preset_names()}

    assert kinds == {
        "AWS service",
        "EKS Pod Identity",
        "IAM user",
        "OIDC federation",
        "account root",
        "exact role",
        "self-assuming role",
    }


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

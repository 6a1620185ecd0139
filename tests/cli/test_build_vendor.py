"""`build` of presets that are data: the options, what is told about them, and the delivery."""

from __future__ import annotations

import json
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from jfml_policies.build.presets.preset_files import preset_named, preset_names
from jfml_policies.build.presets.preset_parameters import all_specs

Run = Callable[..., Any]

FIVETRAN = ("build", "fivetran", "--external-id", "7c4b1f2e90d84a6c", "--bucket", "acme-exports")


def test_what_is_built_checks_clean(run: Run) -> None:
    """Both documents pass `check -` without a word."""
    built = run(*FIVETRAN, "--folder", "orders/")

    assert built.code == 0
    assert (0, "", "") == run("check", "-", stdin=built.out.encode())


def test_files_are_written(run: Run, tmp_path: Path) -> None:
    """--out writes both files and prints nothing, as for JFrog ML."""
    built = run(*FIVETRAN, "--role-name", "reader", "--out", "role")

    assert (0, "") == (built.code, built.out)
    assert ["permissions.json", "trust.json"] == sorted(path.name for path in (tmp_path / "role").iterdir())
    assert (0, "", "") == run("check", "role")


def test_everything_wrong_is_told_at_once(run: Run) -> None:
    """Unknown options, wrong values and missing ones, each on a line under the option's name."""
    built = run("build", "datadog", "--siet", "us1", "--site", "us2", "--role-name", "a b")

    assert (2, "") == (built.code, built.out)
    assert [
        "error: there is no option `--siet`; did you mean `--site`",
        "error: --external-id: is missing",
        "error: --site: `us2` is none of `us1`, `us3`, `us5`, `eu1` and `ap1`; did you mean `us1`",
        "error: --role-name: `a b` holds ` ` where only letters, digits and `_+=,.@-` may stand",
    ] == built.err.splitlines()[:4]


def test_a_missing_external_id_is_explained(run: Run) -> None:
    """The hint says who makes it, and where it is found."""
    built = run("build", "fivetran", "--bucket", "acme-exports")

    assert built.err == (
        "error: --external-id: is missing\n"
        "  help: Fivetran makes the external id: Fivetran shows it in the connector's setup form\n"
    )


def test_an_external_id_that_nobody_sends_is_refused(run: Run) -> None:
    """The role would let nobody in."""
    built = run("build", "eks-pod-identity", "--external-id", "7c4b1f2e90d84a6c")

    assert built.code == 2
    assert "--external-id: Amazon EKS sends none, so that nobody could assume the role" in built.err


def test_parameters_and_profile_must_agree(run: Run) -> None:
    """What the profile needs is asked for, and what it cannot use is refused."""
    common = ("build", "github-actions", "--own-account", "111122223333", "--owner", "acme", "--repository", "models")
    built = run(*common, "--branch", "main", "--profile", "push-image", "--image", "api", "--bucket", "acme-exports")

    assert built.code == 2
    assert "--region: is missing; the profile `push-image` needs it" in built.err
    assert "--bucket: the profile `push-image` has no use for it" in built.err


def test_a_region_that_is_not_known_is_no_fault_of_the_preset(run: Run) -> None:
    """ARNs in it would be refused by AWS, and the parameter is to be put right."""
    common = ("build", "github-actions", "--own-account", "111122223333", "--owner", "acme", "--repository", "models")
    built = run(*common, "--branch", "main", "--profile", "push-image", "--image", "api", "--region", "us-esat-1")

    assert built.code == 2
    assert "`us-esat-1` in `arn:aws:ecr:us-esat-1:" in built.err
    assert "preset" not in built.err


def test_partitions_must_agree(run: Run) -> None:
    """A region of another partition than the rest is refused."""
    built = run(
        *("build", "eks-service-account", "--own-account", "111122223333", "--cluster-region", "us-gov-west-1"),
        *("--issuer-id", "A1B2", "--namespace", "ml", "--service-account", "train", "--bucket", "acme-features"),
    )

    assert built.err.startswith("error: --cluster-region: `us-gov-west-1` is not in the partition `aws`\n")


@pytest.mark.parametrize("name", preset_names())
def test_help_shows_every_parameter(run: Run, name: str) -> None:
    """The help is made from the preset: each option, the way in, the page and its date."""
    preset = preset_named(name)
    shown = run("build", name, "--help")

    assert shown.code == 0
    assert preset.kind in shown.out
    assert preset.source.address in shown.out
    assert preset.source.date.isoformat() in shown.out
    for parameter in all_specs(preset):
        assert f"--{parameter.replace('_', '-')} " in shown.out


def test_the_trust_policy_tells_the_roles_account(run: Run, tmp_path: Path) -> None:
    """Where it speaks of your account; a key of another is told and written, and --role-account can't contradict it."""
    key = "arn:aws:kms:eu-west-1:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab"
    words = ("build", "bedrock-knowledge-base", "--own-account", "111122223333", "--region", "eu-west-1")
    more = ("--model", "amazon.titan-embed-text-v2:0", "--bucket", "acme-docs", "--kms-key", key, "--role-name", "kb")
    built = run(*words, *more, "--out", "role")
    refused = run(*words, *more, "--out", "other", "--role-account", "999999999999")

    assert (0, 2) == (built.code, refused.code)
    assert ["key-policy-statements-444455556666-eu-west-1-1234abcd-12ab-34cd-56ef-1234567890ab.json"] == [
        path.name for path in (tmp_path / "role").iterdir() if "policy" in path.name
    ]
    assert "--role-account: `999999999999` is not the account that --own-account says the role is in" in refused.err


@pytest.mark.parametrize("name", preset_names())
def test_the_example_of_the_help_works(run: Run, name: str) -> None:
    """What the help shows is a call that writes a role, which checks clean."""
    lines = run("build", name, "--help").out.splitlines()
    example = next(line for line in lines if line.startswith("  jfml-policies build"))
    built = run(*shlex.split(example)[1:])

    assert built.code == 0
    assert (0, "", "") == run("check", "role")


def test_the_list_has_every_preset(run: Run) -> None:
    """JFrog ML first, then the others by name, for people and for programs."""
    names = ["jfrog-ml", *preset_names()]
    shown = json.loads(run("build", "--list", "--output-format", "json").out)

    assert names == [preset["name"] for preset in shown["presets"]]
    assert {"name", "vendor", "kind", "summary", "external_id", "profiles", "source"} == set(shown["presets"][0])
    lines = run("build", "--list").out.splitlines()
    assert names == [line.partition(":")[0] for line in lines if not line.startswith(" ")]


def test_your_own_preset_from_a_file(run: Run, tmp_path: Path) -> None:
    """`--preset FILE` takes the same options as a preset that comes with the package, and gives the same."""
    preset = preset_named("fivetran")
    (tmp_path / "own.json").write_text(preset.model_dump_json())

    assert run(*FIVETRAN).out == run("build", "--preset", "own.json", *FIVETRAN[2:]).out
    assert run("build", "--preset=own.json", "--help").out.startswith("usage: jfml-policies build --preset own.json ")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["datadgo"], "there is no preset `datadgo`\n  help: did you mean `datadog`?"),
        (["./own.toml"], "there is no preset `./own.toml`\n  help: name your own preset with --preset ./own.toml"),
        (["--lsit"], "`jfml-policies build` has no option `--lsit`\n  help: did you mean `--list`?"),
        (["--preset"], "--preset needs the name of a file"),
        (["--preset", "none.toml"], "none.toml: no such file"),
        ([], "no preset is named"),
        (["fivetran", "--role-name", "x", "--random-role-name"], "--role-name and --random-role-name contradict"),
        (["fivetran", "--force"], "--force goes with --out only"),
        (["fivetran", "--out", "x", "--print", "trust"], "--print does not go with --out"),
        (["fivetran", "--out", ""], "--out needs the name of a folder"),
        ([*FIVETRAN[1:], "more"], "unexpected argument `more`"),
    ],
)
def test_calls_that_make_no_sense(run: Run, arguments: list[str], message: str) -> None:
    """One clear line, the nearest name beside it."""
    built = run("build", *arguments)

    assert (2, "") == (built.code, built.out)
    assert built.err.startswith(f"error: {message}")


def test_a_wrong_value_is_not_a_missing_one(run: Run) -> None:
    """Of a group of which one must be given one was, wrong as it is."""
    own = ("--own-account", "111122223333", "--region", "eu-west-1")
    built = run("build", "portkey", *own, "--model", "a b")

    assert "error: --model: `a b` holds ` `" in built.err
    assert "is missing" not in built.err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        pytest.param(
            ["--inference-profile", "eu.m-1"],
            "--inference-profile: a profile works only with the models behind it; give `--profile-models`",
            id="by the task",
        ),
        pytest.param([], "--model: is missing; give at least one of `--model` and `--inference-profile`", id="group"),
    ],
)
def test_advice_names_options(run: Run, arguments: list[str], message: str) -> None:
    """Whoever types the command line knows no other names of parameters."""
    built = run("build", "portkey", "--own-account", "111122223333", "--region", "eu-west-1", *arguments)

    assert f"error: {message}\n" in built.err


def test_a_random_name_may_be_the_one_that_is_required(run: Run) -> None:
    """Where the trust policy refers to the role, its random name stands there too."""
    built = run(
        *("build", "databricks", "--external-id", "7c4b1f2e90d84a6c", "--own-account", "111122223333"),
        *("--bucket", "acme-lake", "--random-role-name", "--print", "trust"),
    )
    name = built.err.splitlines()[0].removeprefix("Role: ")

    assert name.startswith("databricks-")
    assert f"arn:aws:iam::111122223333:role/{name}" in built.out

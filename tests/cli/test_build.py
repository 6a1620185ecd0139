from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]

BUILD = ("build", "jfrog-ml", "--bucket", "acme-features", "--prefix", "train/")


def test_what_is_built_checks_clean(run: Run) -> None:
    """Both documents, and each alone, pass `check -` without a word."""
    for more in ([], ["--print", "trust"], ["--print", "permissions"], ["--write-bucket", "acme-out"]):
        built = run(*BUILD, *more)

        assert built.code == 0
        assert (0, "", "") == run("check", "-", stdin=built.out.encode())


def test_the_explanation_is_talk(run: Run) -> None:
    """Standard output holds JSON only; what was chosen, allowed and left out stands on standard error."""
    built = run(*BUILD, "--print", "trust")

    assert json.loads(built.out)["Statement"][0]["Action"] == "sts:AssumeRole"
    assert [line for line in built.err.splitlines() if line and not line.startswith(" ")] == [
        "Chosen:",
        "Allows:",
        "Leaves out:",
        "Warnings:",
        "Hand over:",
    ]
    assert "give --own-account to have one" in built.err
    assert "own_account" not in built.err


def test_quiet_leaves_warnings(run: Run) -> None:
    """-q says warnings only."""
    assert run(*BUILD, "-q").err.startswith("Warnings:\n")


def test_both_documents_are_printed_trust_first(run: Run) -> None:
    """Without --out the two documents follow one another."""
    trust, permissions = (run(*BUILD, "--print", which).out for which in ("trust", "permissions"))

    assert trust + permissions == run(*BUILD).out


def test_files_are_written(run: Run, tmp_path: Path) -> None:
    """--out writes both files, prints nothing, and says how to go on."""
    built = run(*BUILD, "--role-name", "reader", "--out", "roles/ml")

    assert (0, "") == (built.code, built.out)
    assert ["permissions.json", "trust.json"] == sorted(path.name for path in (tmp_path / "roles/ml").iterdir())
    assert built.err.startswith("Role: reader\n")
    assert built.err.endswith(
        "Wrote roles/ml/trust.json and roles/ml/permissions.json; next:\n"
        "  aws iam create-role --role-name reader --assume-role-policy-document file://roles/ml/trust.json\n"
        "  aws iam put-role-policy --role-name reader --policy-name permissions "
        "--policy-document file://roles/ml/permissions.json\n"
    )
    assert (0, "", "") == run("check", "roles")


def test_files_are_not_overwritten(run: Run, tmp_path: Path) -> None:
    """What is there already stays, unless --force is given."""
    (tmp_path / "role").mkdir()
    (tmp_path / "role" / "trust.json").write_text("mine")
    refused = run(*BUILD, "--out", "role")

    assert (2, "", "error: `role/trust.json` is there already\n  help: --force replaces\n") == refused
    assert ["trust.json"] == [path.name for path in (tmp_path / "role").iterdir()]
    assert run(*BUILD, "--out", "role", "--force").code == 0
    assert (tmp_path / "role" / "trust.json").read_text() != "mine"


def test_wrong_parameters_are_told_at_once(run: Run) -> None:
    """Each wrong option has a line of its own, under the name it has on the command line."""
    built = run("build", "jfrog-ml", "--bucket", "A_b", "--prefix", "/x", "--kms-key", "k", "--own-account", "1")

    assert (2, "") == (built.code, built.out)
    assert ["--bucket", "--prefix", "--kms-key", "--own-account"] == [
        line.removeprefix("error: ").partition(":")[0] for line in built.err.splitlines()
    ]


def test_json_for_programs(run: Run) -> None:
    """The JSON form has both documents and the explanation."""
    shown = json.loads(run(*BUILD, "--output-format", "json").out)

    assert [
        "version",
        "name",
        "trust",
        "permissions",
        "permission_documents",
        "managed_policies",
        "account",
        "bucket_policies",
        "key_policy_statements",
        "choices",
        "allows",
        "leaves_out",
        "warnings",
        "hand_over",
    ] == list(shown)
    assert json.loads(run(*BUILD, "--print", "trust").out) == shown["trust"]


def test_random_names_differ(run: Run) -> None:
    """Every call makes another name."""
    first, second = (run(*BUILD, "--random-role-name").err.splitlines()[0] for _ in range(2))

    assert first.startswith("Role: jfrog-ml-")
    assert first != second


def test_every_option_reaches_the_builder(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Options become the builder's parameters of the same meaning."""
    from jfml_policies.build import jfrog_ml

    asked: dict[str, object] = {}
    real = jfrog_ml.role

    def note(**parameters: Any) -> object:
        asked.update(parameters)
        return real(bucket="acme-features")

    monkeypatch.setattr(jfrog_ml, "role", note)
    run(
        *(
            "build",
            "jfrog-ml",
            "--bucket",
            "b",
            "--prefix",
            "p/",
            "--key",
            "k",
            "--write-bucket",
            "wb",
            "--write-prefix",
            "wp/",
        ),
        *("--kms-key", "k1", "--kms-key", "k2", "--write-kms-key", "k3", "--account", "1", "--own-account", "2"),
        *("--role-name", "n", "--as-documented", "--compatible", "--role-patterns", "base", "--region", "r"),
        *("--partition", "aws-cn", "--role-account", "3", "--out", "o"),
    )

    assert asked == {
        "bucket": "b",
        "prefix": "p/",
        "key": "k",
        "write_bucket": "wb",
        "write_prefix": "wp/",
        "kms_keys": ["k1", "k2"],
        "write_kms_keys": ["k3"],
        "account": "1",
        "own_account": "2",
        "role_account": "3",
        "role_name": "n",
        "as_documented": True,
        "strict_prefix": False,
        "role_patterns": "base",
        "region": "r",
        "partition": "aws-cn",
    }


@pytest.mark.parametrize(
    ("more", "message"),
    [
        (["--role-name", "x", "--random-role-name"], "--role-name and --random-role-name contradict each other"),
        (["--force"], "--force goes with --out only"),
        (["--out", "x", "--print", "trust"], "--print does not go with --out, which writes both documents"),
        (["--out", ""], "--out needs the name of a folder"),
        (["--spec", "role.yaml"], "--bucket does not go with --spec, which says it all"),
        (["--check", "role"], "--check goes with --spec only"),
        (["--strict-prefix", "--compatible"], "--compatible: not allowed with argument --strict-prefix"),
    ],
)
def test_options_that_contradict(run: Run, more: list[str], message: str) -> None:
    """Contradictions are refused instead of decided silently."""
    built = run(*BUILD, *more)

    assert (2, "") == (built.code, built.out)
    assert built.err.startswith(f"error: {message}\n")


@pytest.mark.parametrize(
    ("written_as", "file", "start"),
    [
        ("terraform", "role.tf", 'data "aws_iam_policy_document" "reader_trust" {'),
        ("terraform-json", "role.tf", 'resource "aws_iam_role" "reader" {'),
        ("cloudformation", "template.yaml", "AWSTemplateFormatVersion:"),
        ("cloudformation-json", "template.json", "{"),
        ("aws-cli", "role.sh", "#!/bin/sh"),
    ],
)
def test_the_role_is_written_in_other_formats(run: Run, tmp_path: Path, written_as: str, file: str, start: str) -> None:
    """--as prints the whole role, and with --out writes it into one file and says how to go on."""
    options = ("--role-name", "reader", "--as", written_as)
    printed = run(*BUILD, *options)
    written = run(*BUILD, *options, "--out", "role")

    assert (0, 0, "") == (printed.code, written.code, written.out)
    assert printed.out.startswith(start)
    assert [file] == [path.name for path in (tmp_path / "role").iterdir()]
    assert printed.out == (tmp_path / "role" / file).read_text(encoding="utf-8")
    assert f"Wrote role/{file}; next:" in written.err


def test_what_another_account_adds_is_written_beside(run: Run, tmp_path: Path) -> None:
    """--role-account gives a policy for each bucket and statements for each key, which check clean."""
    key = "1234abcd-12ab-34cd-56ef-1234567890ab"
    more = ("--kms-key", f"arn:aws:kms:us-east-1:111122223333:key/{key}", "--role-name", "reader")
    built = run(*BUILD, *more, "--role-account", "444455556666", "--as", "terraform", "--out", "role")

    assert 0 == built.code
    assert {
        "role.tf",
        "bucket-policy-acme-features.json",
        f"key-policy-statements-111122223333-us-east-1-{key}.json",
    } == {path.name for path in (tmp_path / "role").iterdir()}
    assert (0, "", "") == run("check", "role")


def test_one_object_is_read(run: Run) -> None:
    """--key grants the object itself, and the source is handed over with its path."""
    built = run("build", "jfrog-ml", "--bucket", "acme-features", "--key", "in/a.csv")

    assert 0 == built.code
    assert '"Resource": "arn:aws:s3:::acme-features/in/a.csv"' in built.out
    assert "read `s3://acme-features/in/a.csv`" in built.err
    assert 'path="s3://acme-features/in/a.csv"' in built.err
    assert "looks like one file" not in built.err


def test_nothing_is_written_for_the_accounts_own_bucket_and_key(run: Run, tmp_path: Path) -> None:
    """What is in the role's account needs no policy that names it, and that is said."""
    key = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
    more = ("--own-account", "111122223333", "--role-name", "reader", "--kms-key", key, "--out", "role")
    built = run(*BUILD, *more, "--role-account", "111122223333")

    assert 0 == built.code
    assert ["permissions.json", "trust.json"] == sorted(path.name for path in (tmp_path / "role").iterdir())
    assert "No other account has to add anything: all is in 111122223333, as the role is" in built.err
    assert "keys in the role's own account get no statement for it" in built.err


def test_a_key_of_another_account_is_told_and_written(run: Run, tmp_path: Path) -> None:
    """The account in the key's ARN is not the role's: no --role-account is needed to see it."""
    key = "arn:aws:kms:us-east-1:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab"
    more = ("--own-account", "111122223333", "--kms-key", key)
    unnamed = run(*BUILD, *more)
    built = run(*BUILD, *more, "--role-name", "reader", "--out", "role")
    unknown = run(*BUILD, "--kms-key", key, "--write-kms-key", key.replace("4444", "7777"), "--write-prefix", "out/")

    assert "names the role: give it a name" in " ".join(unnamed.err.split())
    assert (
        tmp_path / "role" / "key-policy-statements-444455556666-us-east-1-1234abcd-12ab-34cd-56ef-1234567890ab.json"
    ) in ((tmp_path / "role").iterdir())
    assert f"aws kms put-key-policy --region us-east-1 --key-id {key}" in built.err
    assert "REPLACES the policy that is there" in built.err
    assert "give --role-account and --role-name to have what they need written" in " ".join(unknown.err.split())


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        (["--prefix", "in/a.csv"], "--prefix: `in/a.csv` is named like a file, not a folder: give one file as `key`"),
        (["--prefix", "in/", "--key", "in/a.csv"], "--key: does not go with a prefix"),
        (["--key", "in/a.csv", "--as-documented"], "--key: the documented policies have no place for it"),
        (["--as", "terrafrom"], "did you mean `terraform`?"),
        (["--as", "terraform", "--print", "trust"], "--print does not go with --as terraform"),
        (["--as", "terraform", "--output-format", "json"], "give --out for another --as"),
        (["--role-account", "444455556666"], "--role-account goes with --out only"),
        (["--role-account", "4444", "--out", "role"], "--role-account: `4444` is not the 12 digits"),
        (["--prefix", "日本/", "--as", "terraform"], "`terraform-json`"),
    ],
)
def test_options_that_cannot_be_met_write_nothing(run: Run, tmp_path: Path, options: list[str], problem: str) -> None:
    """Contradictions, and what a format cannot hold, are told; no file is made."""
    refused = run("build", "jfrog-ml", "--bucket", "acme-features", *options)

    assert (2, "") == (refused.code, refused.out)
    assert problem in refused.err
    assert [] == list(tmp_path.iterdir())

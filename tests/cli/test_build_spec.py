"""`build jfrog-ml --spec`: a role from a file, and whether committed policies still are that role."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

Run = Callable[..., Any]

SPEC = """\
account: "111122223333"
region: eu-west-1
uses:
  - {use: parquet, bucket: acme-features, prefix: train/}
  - use: batch-execution
    source: {bucket: acme-features, prefix: in/}
    destination: {bucket: acme-scores, prefix: out/}
"""
BUILD = ("build", "jfrog-ml", "--spec", "role.yaml")


@pytest.fixture
def spec(run: Run, tmp_path: Path) -> Path:
    path = tmp_path / "role.yaml"
    path.write_text(SPEC)
    return path


def test_a_spec_is_built_like_flags(run: Run, spec: Path) -> None:
    """Both documents on standard output, the words on standard error, and both check clean."""
    built = run(*BUILD)

    assert built.code == 0
    assert (0, "", "") == run("check", "-", stdin=built.out.encode())
    assert "batch-execution: read `s3://acme-features/in/` and write `s3://acme-scores/out/`" in built.err
    assert 'filesystem_configuration=AwsS3AssumeRoleFileSystemConfiguration(role_arn="arn:aws:iam::' in built.err


def test_what_was_written_passes_its_check(run: Run, spec: Path) -> None:
    """Nothing is said when the files mean what the spec asks for, however they are laid out."""
    assert run(*BUILD, "--out", "role").code == 0
    file = spec.parent / "role" / "permissions.json"
    document = json.loads(file.read_text())
    document["Statement"] = [{**statement, "Sid": f"S{n}"} for n, statement in enumerate(document["Statement"][::-1])]
    file.write_text(json.dumps(document))

    assert (0, "", "") == run(*BUILD, "--check", "role")


def test_what_differs_is_told(run: Run, spec: Path) -> None:
    """A wider file and a narrower one both end in 1, with the access that is different."""
    run(*BUILD, "--out", "role")
    file = spec.parent / "role" / "permissions.json"
    file.write_text(file.read_text().replace("acme-scores/out/*", "acme-scores/*"))
    wider = run(*BUILD, "--check", "role")
    run(*BUILD, "--out", "role", "--force")
    spec.write_text(SPEC.replace("region: eu-west-1", "region: eu-west-1\ntrust: {kind: cloud, role_patterns: base}"))
    narrower = run(*BUILD, "--check", "role")

    assert (1, 1) == (wider.code, narrower.code)
    assert "- Allow s3:PutObject" in wider.out
    assert "on arn:aws:s3:::acme-scores/*" in wider.out
    assert "role/trust.json" in narrower.out
    assert narrower.err == "role is no longer what role.yaml asks for; build it anew with --out and --force\n"


def test_the_check_speaks_json(run: Run, spec: Path) -> None:
    """The relation of what is built to what is there, for both documents."""
    run(*BUILD, "--out", "role")
    shown = json.loads(run(*BUILD, "--check", "role", "--output-format", "json").out)

    assert {"equivalent": 2} == shown["summary"]["relations"]


def test_a_file_that_means_nothing_is_no_longer_the_role(run: Run, spec: Path) -> None:
    """A document that AWS would refuse is a difference, and the reason is told."""
    run(*BUILD, "--out", "role")
    (spec.parent / "role" / "trust.json").write_text("{}")
    checked = run(*BUILD, "--check", "role")

    assert 1 == checked.code
    assert "role/trust.json:1:1: the policy has no `Statement`" in checked.out


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("trust.json", None, "error: role/trust.json: no such file"),
        ("trust.json", "{", "error: role/trust.json:1:2: expected a key"),
        ("permissions.json", "\xff", "error: role/permissions.json:1:1: expected a value"),
    ],
)
def test_what_cannot_be_compared_is_an_error(
    run: Run, spec: Path, name: str, content: str | None, message: str
) -> None:
    """Exit code 2, so that a pipeline can tell it from a difference."""
    run(*BUILD, "--out", "role")
    file = spec.parent / "role" / name
    if content is None:
        file.unlink()
    else:
        file.write_text(content)
    checked = run(*BUILD, "--check", "role")

    assert 2 == checked.code
    assert checked.err.startswith(message)


def test_every_problem_has_its_place(run: Run, spec: Path) -> None:
    """File, line and column, as editors take them."""
    spec.write_text(SPEC.replace("acme-scores", "Acme").replace("region: eu-west-1", "region: Ireland"))
    built = run(*BUILD)

    assert (2, "") == (built.code, built.out)
    assert ["error: role.yaml:2:9", "error: role.yaml:7:27"] == [
        line.partition(": ")[0] + ": " + line.split(": ")[1] for line in built.err.splitlines()
    ]


def test_a_spec_comes_from_standard_input_too(run: Run) -> None:
    """As JSON, since there is no name to tell."""
    given = {"account": "111122223333", "region": "eu-west-1", "uses": [{"use": "csv", "bucket": "acme"}]}

    assert run("build", "jfrog-ml", "--spec", "-", stdin=json.dumps(given).encode()).code == 0


def test_the_schema_is_printed(run: Run) -> None:
    """A valid JSON Schema; no role is asked for."""
    schema = json.loads(run("build", "jfrog-ml", "--spec-schema").out)
    jsonschema.Draft202012Validator.check_schema(schema)

    assert {"account", "region", "uses"} == set(schema["required"])


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ((), "either --bucket or --spec is needed"),
        (("--spec", "role.yaml", "--kms-key", "k"), "--kms-key does not go with --spec, which says it all"),
        (("--spec", "role.yaml", "--compatible"), "--compatible does not go with --spec, which says it all"),
        (("--spec", "role.yaml", "--check", "x", "--out", "y"), "--out does not go with --check, which writes nothing"),
        (("--spec", "missing.yaml"), "missing.yaml: no such file"),
    ],
)
def test_options_that_contradict_a_spec(run: Run, spec: Path, more: tuple[str, ...], message: str) -> None:
    """Refused instead of decided silently."""
    built = run("build", "jfrog-ml", *more)

    assert 2 == built.code
    assert built.err.startswith(f"error: {message}\n")


def large_spec(path: Path, uses: int = 20) -> None:
    folders = [{"use": "csv", "bucket": f"acme-{n}-{'x' * 50}", "prefix": "y" * 200} for n in range(uses)]
    path.write_text(json.dumps({"account": "111122223333", "region": "eu-west-1", "name": "reader", "uses": folders}))


def test_a_large_role_is_written_as_several_policies(run: Run, spec: Path) -> None:
    """Numbered, each valid, with a word why and the commands that attach each of them."""
    large_spec(spec)
    built = run(*BUILD, "--out", "role")

    assert ["permissions-1.json", "permissions-2.json", "trust.json"] == sorted(
        file.name for file in (spec.parent / "role").iterdir()
    )
    assert "more than the 6,144 that IAM allows" in built.err
    assert "Wrote role/trust.json, role/permissions-1.json and role/permissions-2.json; next:" in built.err
    assert 2 == built.err.count("aws iam attach-role-policy --role-name reader --policy-arn")
    assert (0, "", "") == run("check", "role")
    assert (0, "", "") == run(*BUILD, "--check", "role")
    assert 0 == run("needs", "role/permissions-1.json", "role/permissions-2.json", "--spec", "role.yaml").code
    assert 1 == run("needs", "role/permissions-1.json", "--spec", "role.yaml").code


def test_a_large_role_is_printed_whole(run: Run, spec: Path) -> None:
    """All policies on standard output, and as JSON both the parts and the whole."""
    large_spec(spec)
    decoder, text = json.JSONDecoder(), run(*BUILD, "--print", "permissions").out
    found: list[Any] = []
    while text:
        value, end = decoder.raw_decode(text)
        found, text = [*found, value], text[end:].lstrip()
    shown = json.loads(run(*BUILD, "--output-format", "json").out)

    assert shown["permission_documents"] == found
    assert 2 == len(found)
    assert 3 == len(shown["permissions"]["Statement"])


def test_a_changed_part_is_told(run: Run, spec: Path) -> None:
    """With its file."""
    large_spec(spec)
    run(*BUILD, "--out", "role")
    file = spec.parent / "role" / "permissions-2.json"
    file.write_text(file.read_text().replace("acme-3-", "acme-33-"))
    checked = run(*BUILD, "--check", "role")

    assert 1 == checked.code
    assert "role/permissions-2.json" in checked.out
    assert "role/permissions-1.json" not in checked.out


@pytest.mark.parametrize(("before", "after"), [(20, 1), (1, 20), (30, 20)], ids=["fewer", "more", "third"])
def test_files_of_a_role_that_was_split_otherwise_are_told(run: Run, spec: Path, before: int, after: int) -> None:
    """By the check, as access that the role no longer has; and when the role is built over them."""
    large_spec(spec, before)
    run(*BUILD, "--out", "role")
    old = {file.name for file in (spec.parent / "role").iterdir()}
    large_spec(spec, after)
    checked = run(*BUILD, "--check", "role")
    built = run(*BUILD, "--out", "role", "--force", "-q")
    again = run(*BUILD, "--check", "role")
    new = {file.name for file in (spec.parent / "new").iterdir()} if run(*BUILD, "--out", "new").code == 0 else set()

    assert old - new
    assert (1, 1) == (checked.code, again.code)
    for name in old - new:
        assert f"role/{name} is no file of this role any more; remove it" in checked.err
        assert f"Left over: role/{name} is no file of this role; remove it" in built.err
        (spec.parent / "role" / name).unlink()
    assert (0, "", "") == run(*BUILD, "--check", "role")


OTHERS = SPEC.replace("prefix: out/", 'prefix: out/, bucket_account: "444455556666"').replace(
    "account:", "name: r\naccount:", 1
)


def test_what_other_accounts_add_is_written_and_checked(run: Run, spec: Path) -> None:
    """The spec tells the accounts, so no option is needed; the check misses the file, and finds one too many."""
    run(*BUILD, "--out", "role")
    spec.write_text(OTHERS)
    before = run(*BUILD, "--check", "role")
    built = run(*BUILD, "--out", "role", "--force")
    file = spec.parent / "role" / "bucket-policy-acme-scores.json"
    after = run(*BUILD, "--check", "role")
    file.write_text(file.read_text().replace("out/*", "*"))
    wider = run(*BUILD, "--check", "role")
    spec.write_text(SPEC)
    extra = run(*BUILD, "--check", "role")

    assert (1, 0, 0, 1, 1) == tuple(one.code for one in (before, built, after, wider, extra))
    assert "bucket-policy-acme-scores.json" in before.out
    assert "aws s3api put-bucket-policy --bucket acme-scores --policy file://role/bucket-policy" in built.err
    assert "then, in the account 444455556666; each put- command REPLACES the policy that is there" in built.err
    assert "on arn:aws:s3:::acme-scores/*" in wider.out
    assert "role/bucket-policy-acme-scores.json is no file of this role any more; remove it" in extra.err


def test_a_bucket_policy_that_s3_refuses_is_told(run: Run, spec: Path) -> None:
    """It holds less than the policies of a role do together."""
    uses = [
        {"use": "csv", "bucket": "acme-in", "prefix": f"{'x' * 500}{n}/", "bucket_account": "444455556666"}
        for n in range(30)
    ]
    spec.write_text(json.dumps({"account": "111122223333", "region": "eu-west-1", "name": "reader", "uses": uses}))
    built = run(*BUILD, "--out", "role")

    assert 0 == built.code
    assert "the bucket policy of acme-in takes" in built.err
    assert "more than the 20,480 that S3 allows" in built.err


def test_statements_for_keys_are_checked(run: Run, spec: Path) -> None:
    """By meaning, like policies."""
    key = "arn:aws:kms:eu-west-1:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab"
    spec.write_text(OTHERS.replace('"444455556666"', f'"444455556666", kms_keys: ["{key}"]'))
    run(*BUILD, "--out", "role")
    (file,) = (spec.parent / "role").glob("key-policy-statements-*.json")
    file.write_text(json.dumps(json.loads(file.read_text())[::-1]))
    same = run(*BUILD, "--check", "role")
    file.write_text(file.read_text().replace("kms:Decrypt", "kms:*"))
    wider = run(*BUILD, "--check", "role")

    assert ((0, "", ""), 1) == (same, wider.code)
    assert file.name in wider.out


def test_the_account_of_the_spec_is_not_contradicted(run: Run, spec: Path) -> None:
    """Both accounts are named; the same one again does no harm."""
    spec.write_text(OTHERS)
    other = run(*BUILD, "--out", "role", "--role-account", "999999999999")
    same = run(*BUILD, "--out", "role", "--role-account", "111122223333")

    assert (2, 0) == (other.code, same.code)
    assert "--role-account: `999999999999` is not the account that role.yaml names, `111122223333`" in other.err


@pytest.mark.parametrize("form", ["terraform", "terraform-json", "cloudformation", "cloudformation-json", "aws-cli"])
def test_the_check_knows_every_format(run: Run, spec: Path, form: str) -> None:
    """What was written for other tools is compared as text, and without --as it is told how."""
    run(*BUILD, "--as", form, "--out", "role")
    same = run(*BUILD, "--as", form, "--check", "role")
    without = run(*BUILD, "--check", "role")
    spec.write_text(SPEC.replace("out/", "scores/"))
    changed = run(*BUILD, "--as", form, "--check", "role")

    assert (0, "", "") == same
    assert 2 == without.code
    assert "and no trust.json" in without.err
    assert f"--as {form}" in without.err
    assert 1 == changed.code
    assert "acme-scores/scores/*" in changed.out
    assert f"build it anew with --out, --as {form} and --force" in changed.err


def test_yaml_under_another_name_gets_no_advice_on_json(run: Run, spec: Path) -> None:
    """What it is read as is told."""
    refused = run("build", "jfrog-ml", "--spec", str(spec.rename(spec.parent / "role.txt")))

    assert 2 == refused.code
    assert "a spec in YAML has a name that ends in .yaml or .yml; any other is read as JSON" in refused.err


def test_a_check_of_text_has_no_json_report(run: Run, spec: Path) -> None:
    """Rather than an empty one."""
    run(*BUILD, "--as", "terraform", "--out", "role")
    refused = run(*BUILD, "--as", "terraform", "--check", "role", "--output-format", "json")

    assert 2 == refused.code
    assert "--output-format json does not go with --check --as terraform, which compares text" in refused.err


def test_a_file_left_over_without_a_policy_is_told(run: Run, spec: Path) -> None:
    """It allows nothing, but by its name somebody attaches it."""
    run(*BUILD, "--out", "role")
    (spec.parent / "role" / "permissions-1.json").write_text("{}")
    checked = run(*BUILD, "--check", "role")

    assert 1 == checked.code
    assert "role/permissions-1.json is no file of this role any more; remove it" in checked.err

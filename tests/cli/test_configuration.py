"""Settings in files, as `check` heeds them."""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]

TRUST = """\
{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "Own",
      "Effect": "Allow",
      "Principal": {"AWS": "arn:aws:iam::111122223333:root"},
      "Action": "sts:AssumeRole"
    }
  ]
}
"""
BAD = '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObjct", "Resource": "*"}}\n'
GOOD = BAD.replace("GetObjct", "GetObject").replace('"*"', '"arn:aws:s3:::b/*"')


def write(root: Path, **files: str) -> None:
    """Writes files; `__` in a name stands for `/`, `_json` for the ending."""
    for name, text in files.items():
        path = root / name.replace("__", "/").replace("_json", ".json").replace("_toml", ".toml")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def rules_in(outcome: Any) -> list[tuple[str, str]]:
    return [(one["file"], one["rule"]) for one in json.loads(outcome.out)["findings"]]


def check(run: Run, *arguments: str) -> list[tuple[str, str]]:
    return rules_in(run("check", "--output-format", "json", *arguments))


def test_the_nearest_file_counts_for_each_file(run: Run, tmp_path: Path) -> None:
    """Each policy has the settings of the nearest folder above it; those further up do not count."""
    write(tmp_path, a__x_json=BAD, a__b__x_json=BAD, c__x_json=BAD)
    write(tmp_path, pyproject_toml='[tool.jfml-policies]\nignore = ["invalid-action"]', a__b__pyproject_toml="")
    (tmp_path / "a" / "jfml-policies.toml").write_text('fail-on = "error"')

    assert [("a/b/x.json", "invalid-action"), ("a/x.json", "invalid-action")] == check(run, ".")


def test_our_own_file_comes_first(run: Run, tmp_path: Path) -> None:
    """Of two files in a folder, `jfml-policies.toml` counts."""
    write(tmp_path, x_json=BAD, pyproject_toml='[tool.jfml-policies]\nignore = ["invalid-action"]')
    assert [] == check(run, "x.json")
    (tmp_path / "jfml-policies.toml").write_text("")

    assert [("x.json", "invalid-action")] == check(run, "x.json")


def test_standard_input_has_the_settings_of_the_present_folder(run: Run, tmp_path: Path) -> None:
    """`-` is taken for a file here, but no pattern of files fits it."""
    text = 'ignore = ["invalid-action"]\n[kinds]\n"**" = "scp"'
    (tmp_path / "jfml-policies.toml").write_text(text)

    assert (0, "", "") == run("check", "-", stdin=BAD.encode())


def test_a_pyproject_of_others_is_not_read(run: Run, tmp_path: Path) -> None:
    """A file that does not speak of us may hold whatever it likes."""
    write(tmp_path, x_json=BAD, pyproject_toml="not = = toml")
    assert run("check", "x.json").code == 1
    write(tmp_path, pyproject_toml='[project]\nname = "jfml-policies"\n[tool.other]\n= broken')

    assert run("check", "x.json").code == 1


@pytest.mark.parametrize(
    "text",
    [
        "[tool.jfml-policies]\nselect = ['size']",
        " [ tool . 'jfml-policies' ]\nselect = ['size']",
        "[tool]\njfml-policies.select = ['size']",
        "[tool]\njfml-policies = {select = ['size']}",
        "tool.jfml-policies.select = ['size']",
        "tool = {jfml-policies = {select = ['size']}}",
        '"tool"."jfml-policies".select = ["size"]',
        "[[tool.jfml-policies.suppressions]]\n[tool.jfml-policies]\nselect = ['size']",
        "[[tool.jfml-policies.suppressions]]",
    ],
    ids=range(9),
)
def test_our_table_is_found_however_it_is_written(run: Run, tmp_path: Path, text: str) -> None:
    """Whatever TOML allows for the table's name, its settings count, or their mistakes are told."""
    write(tmp_path, x_json=BAD, pyproject_toml=text)

    outcome = run("check", "x.json")

    assert outcome.code == (2 if "[[" in text else 0)


def test_config_and_isolated(run: Run, tmp_path: Path) -> None:
    """--config takes one file for everything, whose patterns count from its folder; --isolated heeds none."""
    write(tmp_path, x_json=BAD, jfml_policies_toml="", etc__strict_toml='ignore = ["invalid-action"]')
    (tmp_path / "jfml-policies.toml").write_text('ignore = ["trust"]')

    assert [] == check(run, "--config", "etc/strict.toml", "x.json")
    assert [("x.json", "invalid-action")] == check(run, "x.json")
    (tmp_path / "jfml-policies.toml").write_text("= broken")
    assert [("x.json", "invalid-action")] == check(run, "--isolated", "x.json")


def test_extend(run: Run, tmp_path: Path) -> None:
    """What is extended counts where the nearer file says nothing."""
    write(tmp_path, base_toml='ignore = ["invalid-action"]\nfail-on = "error"', x_json=BAD)
    config = tmp_path / "jfml-policies.toml"
    config.write_text('extend = "base.toml"')
    assert [] == check(run, "x.json")
    config.write_text('extend = "base.toml"\nignore = []')

    assert [("x.json", "invalid-action")] == check(run, "x.json")


@pytest.mark.parametrize(
    ("base", "expected"),
    [
        ('extend = "../jfml-policies.toml"', "etc/base.toml:1:1: `jfml-policies.toml` extends itself"),
        ('extend = "base.toml"', "etc/base.toml:1:1: `etc/base.toml` extends itself"),
        ('extend = "gone.toml"', "etc/base.toml:1:1: `etc/gone.toml` cannot be read: No such file or directory"),
        ("a = ", "etc/base.toml:1:5: not TOML: invalid value"),
        ("b = 1", "etc/base.toml:1:1: there is no setting `b`"),
    ],
    ids=["cycle", "itself", "missing", "syntax", "unknown"],
)
def test_what_is_wrong_with_what_is_extended(run: Run, tmp_path: Path, base: str, expected: str) -> None:
    """Cycles, missing files and mistakes are told with the place in the file that has them."""
    write(tmp_path, etc__base_toml=base, x_json=BAD)
    (tmp_path / "jfml-policies.toml").write_text('extend = "etc/base.toml"')

    outcome = run("check", "x.json")

    assert (2, "") == (outcome.code, outcome.out)
    assert f"error: {expected}" in outcome.err


def test_all_mistakes_of_all_files_come_before_any_finding(run: Run, tmp_path: Path) -> None:
    """Nothing is checked with wrong settings, and one run tells all that is wrong with them."""
    write(tmp_path, a__x_json=BAD, b__x_json=BAD)
    (tmp_path / "a" / "jfml-policies.toml").write_text("slect = []\nfail-on = 1")
    (tmp_path / "b" / "jfml-policies.toml").write_text("x = = 1")

    outcome = run("check", "--output-format", "json", "a", "b")

    assert (2, "") == (outcome.code, outcome.out)
    assert [
        "error: a/jfml-policies.toml:1:1: there is no setting `slect`",
        "  help: did you mean `select`?",
        (
            "error: a/jfml-policies.toml:2:1: `fail-on` must be one of error, security-warning, warning, suggestion, "
            "not a whole number"
        ),
        "error: b/jfml-policies.toml:1:5: not TOML: invalid value",
    ] == outcome.err.splitlines()


def test_missing_files_of_settings(run: Run, tmp_path: Path) -> None:
    """A file that is asked for must be there, and hold settings."""
    write(tmp_path, x_json=BAD, pyproject_toml="[project]")

    assert "gone.toml: cannot be read" in run("check", "--config", "gone.toml", "x.json").err
    assert "holds no table `tool.jfml-policies`" in run("check", "--config", "pyproject.toml", "x.json").err
    (tmp_path / "jfml-policies.toml").write_bytes(b"\xff")
    assert "jfml-policies.toml: not UTF-8" in run("check", "x.json").err
    (tmp_path / "jfml-policies.toml").write_bytes(b" " * 1_000_001)
    assert "larger than 1 MB" in run("check", "x.json").err


def test_flags_set_settings_aside(run: Run, tmp_path: Path) -> None:
    """What the command line says counts."""
    write(tmp_path, x_json=BAD)
    (tmp_path / "jfml-policies.toml").write_text(
        'ignore = ["invalid-action"]\nfail-on = "suggestion"\n[kinds]\n"*" = "scp"'
    )

    assert [("x.json", "invalid-action")] == check(run, "--select", "invalid-action", "x.json")
    assert [("x.json", "invalid-action")] == check(run, "--ignore", "size", "x.json")
    assert "read as scp policy" in run("check", "-v", "x.json").err
    assert "read as identity policy" in run("check", "-v", "--kind", "identity", "x.json").err
    assert run("check", "--isolated", "--select", "missing-version,size", "x.json").code == 0


def test_fail_on_counts_for_its_own_files(run: Run, tmp_path: Path) -> None:
    """A finding fails by the settings of its file."""
    write(tmp_path, a__x_json=TRUST, b__x_json=TRUST)
    (tmp_path / "a" / "jfml-policies.toml").write_text('fail-on = "error"')

    assert run("check", "a").code == 0
    assert run("check", "a", "b").code == 1
    assert run("check", "--fail-on", "error", "a", "b").code == 0
    assert run("check", "--fail-on", "warning", "a").code == 1


def test_kinds_and_resource_types(run: Run, tmp_path: Path) -> None:
    """Files are read as the first pattern that fits says."""
    write(tmp_path, s__x_json=BAD, b__x_json=BAD)
    (tmp_path / "jfml-policies.toml").write_text(
        '[kinds]\n"s/**" = "scp"\n"**" = {kind = "resource", resource-type = "AWS::S3::Bucket"}'
    )

    said = run("check", "-v", "s", "b").err

    assert "s/x.json: read as scp policy" in said
    assert "b/x.json: read as resource policy" in said


def test_per_file_ignores(run: Run, tmp_path: Path) -> None:
    """A rule is left out where its pattern fits, in whichever folder the program runs."""
    write(tmp_path, old__x_json=BAD, new__x_json=BAD)
    (tmp_path / "jfml-policies.toml").write_text('[per-file-ignores]\n"old/**" = ["action"]')

    assert [("new/x.json", "invalid-action")] == check(run, ".")
    os.chdir(tmp_path / "old")
    assert [] == check(run, "x.json")


def test_exclude(run: Run, tmp_path: Path) -> None:
    """Excluded files are passed over below folders and in the hook; a named file is checked."""
    write(tmp_path, old__x_json=BAD, new__x_json=BAD)
    (tmp_path / "jfml-policies.toml").write_text('exclude = ["old"]')

    assert [("new/x.json", "invalid-action")] == check(run, ".")
    assert [("old/x.json", "invalid-action")] == check(run, "old/x.json")
    assert [] == check(run, "--hook", "old/x.json")


def test_another_catalogue(run: Run, tmp_path: Path) -> None:
    """A catalogue is looked for from the folder of the settings."""
    write(tmp_path, a__x_json=BAD)
    (tmp_path / "jfml-policies.toml").write_text('catalog = "iam.db"')

    outcome = run("check", "a/x.json")

    assert outcome.code == 2
    assert f"{tmp_path}/iam.db" in outcome.err


def test_options_and_own_accounts_reach_the_rules(run: Run, tmp_path: Path) -> None:
    """What the settings tell of one's own world changes what is found."""
    write(tmp_path, x_json=TRUST)
    assert [("x.json", "root-principal-without-condition")] == check(run, "x.json")
    (tmp_path / "jfml-policies.toml").write_text('trusted-accounts = ["111122223333"]')

    assert [] == check(run, "x.json")


def test_show_settings(run: Run, tmp_path: Path) -> None:
    """--show-settings tells, as TOML, what holds for each file, and checks nothing."""
    write(tmp_path, a__x_json=BAD, b__x_json=BAD, a__base_toml='trusted-accounts = ["111122223333"]')
    (tmp_path / "a" / "jfml-policies.toml").write_text(
        'extend = "base.toml"\nignore = ["size", "public-role"]\n[kinds]\n"*" = "scp"\n'
        '[rules.guessable-external-id]\nguessable = ["acme\\u001b"]'
    )

    outcome = run("check", "--show-settings", "a", "b")
    a, b = tomllib.loads(outcome.out)["file"]

    assert (0, "") == (outcome.code, outcome.err)
    assert "\x1b" not in outcome.out
    assert ["a/jfml-policies.toml", "a/base.toml"] == a["settings-from"]
    assert ("scp", ["111122223333"]) == (a["kind"], a["trusted-accounts"])
    assert "public-role" in a["rules-off"]
    assert {"guessable-external-id": {"guessable": ["acme\\x1b"]}} == a["options"]
    assert ("b/x.json", [], [], "warning") == (b["name"], b["settings-from"], b["rules-off"], b["fail-on"])


def test_the_schema_is_printed(run: Run) -> None:
    """`schema config` prints what the repository holds for editors."""
    outcome = run("schema", "config")

    assert (Path(__file__).parents[2] / "schemas" / "configuration.json").read_text(encoding="utf-8") == outcome.out
    assert run("schema", "config", "--validate", "x").code == 2


def test_a_retired_check_in_settings_is_ignored_with_a_note(run: Run, tmp_path: Path) -> None:
    """Settings that still leave out a retired check work and whoever wrote them is told, once; `--quiet` is quiet."""
    write(tmp_path, a_json=GOOD, b_json=GOOD)
    (tmp_path / "jfml-policies.toml").write_text(
        'ignore = ["SCP_SYNTAX_ERROR_NOTRESOURCE"]\n[per-file-ignores]\n"a.json" = ["scp-syntax-error-allow-condition"]'
    )
    noted, quiet = run("check", "."), run("check", "--quiet", ".")
    (tmp_path / "jfml-policies.toml").write_text('select = ["SCP_SYNTAX_ERROR_NOTRESOURCE"]')
    selected = run("check", ".")

    valid = "has no effect: what AWS's check reported is valid since 2025-09-19"
    assert noted.code == 0
    assert noted.err == (
        f"note: jfml-policies.toml:1:11: `scp-syntax-error-notresource` here {valid}\n"
        f"note: jfml-policies.toml:3:13: `scp-syntax-error-allow-condition` here {valid}\n"
    )
    assert (0, "", "") == (quiet.code, quiet.out, quiet.err)
    assert selected.code == 2
    assert "`jfml-policies explain scp-syntax-error-notresource` tells more" in selected.err

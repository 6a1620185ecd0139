"""Settings in files, as an editor's documents have them."""

from __future__ import annotations

import os
from pathlib import Path

import lsp_client
import pytest

from jfml_policies.cli.editor_settings import EditorSettings
from jfml_policies.cli.main import main

POLICY = """{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "Read",
      "Effect": "Allow",
      "Action": ["s3:GetObject", "s3:GetObject", "s3:GetObjct"],
      "Resource": "arn:aws:s3:::acme/*"
    }
  ]
}
"""
OWN_RULE = """
from jfml_policies.linter.rule import Rule

print("imported")

class Shouting(Rule):
    "Says that it was run."
    code = "SHOUTING"
    severity = "error"

    def check_policy(self, policy, context):
        yield self.finding(policy, "run")
"""


def rules_found(folder: Path, *, name: str = "policy.json", settings: EditorSettings | None = None) -> set[str]:
    path = folder / name
    return {one.rule for one in (settings or EditorSettings()).of(str(path)).findings(POLICY)}


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(
    "text",
    [
        'ignore = ["invalid-action"]',
        'select = ["redundant-action"]',
        '[per-file-ignores]\n"*.json" = ["invalid-action"]',
        '[[suppressions]]\nrule = "invalid-action"\nfile = "policy.json"\nsid = "Read"\nreason = "known"',
    ],
    ids=["ignore", "select", "per-file-ignores", "suppressions"],
)
def test_settings_count_as_for_check(tmp_path: Path, text: str, capsys: pytest.CaptureFixture[str]) -> None:
    """What settings leave out of `check`, an editor does not show."""
    (tmp_path / "policy.json").write_text(POLICY)
    assert "invalid-action" in rules_found(tmp_path)
    (tmp_path / "jfml-policies.toml").write_text(text)
    main(["check", "policy.json"])

    assert "invalid-action" not in rules_found(tmp_path)
    assert "invalid-action" not in capsys.readouterr().out
    assert rules_found(tmp_path)
    assert "invalid-action" in rules_found(tmp_path, settings=EditorSettings(isolated=True))


def test_kinds_and_options(tmp_path: Path) -> None:
    """A file is read as the kind that settings say, and rules have the options of the settings."""
    (tmp_path / "pyproject.toml").write_text('[tool.jfml-policies.kinds]\n"*.json" = "trust"')

    assert "missing-principal" in rules_found(tmp_path)


def test_excluded_files_are_left_alone(tmp_path: Path) -> None:
    """As in a folder that `check` looks through."""
    (tmp_path / "jfml-policies.toml").write_text('exclude = ["policy.json"]')
    document = EditorSettings().of(str(tmp_path / "policy.json"))

    assert document.findings(POLICY) == ()
    assert document.lint(POLICY).findings == ()


def test_a_baseline_counts(tmp_path: Path) -> None:
    """Findings that are in the baseline of the settings are not shown."""
    (tmp_path / "policy.json").write_text(POLICY)
    assert main(["baseline", "write", "--output", "known.json", "policy.json"]) == 0
    (tmp_path / "jfml-policies.toml").write_text('baseline = "known.json"')

    assert rules_found(tmp_path) == set()


def test_wrong_settings_are_told_and_findings_shown(tmp_path: Path) -> None:
    """An editor goes on without settings that are wrong, and says what is wrong with them."""
    (tmp_path / "jfml-policies.toml").write_text('ignor = ["invalid-action"]')
    document = EditorSettings().of(str(tmp_path / "policy.json"))

    assert document.problems == ("jfml-policies.toml:1:1: there is no setting `ignor`; did you mean `ignore`?",)
    assert "invalid-action" in {one.rule for one in document.findings(POLICY)}


def test_what_settings_name_must_be_files(tmp_path: Path) -> None:
    """A repository can't make the editor's server wait for a pipe, or read what the client sends."""
    os.mkfifo(tmp_path / "pipe")
    for text in ('extend = "pipe"', 'baseline = "pipe"', 'catalog = "pipe"', 'extend = "/dev/stdin"'):
        (tmp_path / "jfml-policies.toml").write_text(text)
        (problem,) = EditorSettings().of(str(tmp_path / "policy.json")).problems

        assert problem.endswith("` is no file"), text


def test_code_in_a_repository_is_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Modules that settings name are imported when the client asks for it only; the other settings hold either way."""
    monkeypatch.syspath_prepend(str(tmp_path))
    (tmp_path / "team_rules_of_editor.py").write_text(OWN_RULE)
    (tmp_path / "jfml-policies.toml").write_text(
        'rules-from = ["team_rules_of_editor"]\nselect = ["shouting", "invalid-action"]\n[rules.shouting]\nloud = true'
    )
    settings = EditorSettings()

    assert rules_found(tmp_path, settings=settings) == {"invalid-action"}
    assert settings.of(str(tmp_path / "policy.json")).problems == ()
    (tmp_path / "jfml-policies.toml").write_text('rules-from = ["team_rules_of_editor"]\nselect = ["custom"]')
    assert rules_found(tmp_path, settings=settings) == set()
    settings.imports_rules = True
    assert rules_found(tmp_path, settings=settings) == {"shouting"}


def test_a_session_with_settings(tmp_path: Path) -> None:
    """A client is told of findings by the settings, again when they change, and once of what is wrong with them."""
    (tmp_path / "team_rules.py").write_text(OWN_RULE)
    settings = tmp_path / "jfml-policies.toml"
    settings.write_text('rules-from = ["team_rules"]\nignore = ["redundant-action"]')
    uri = (tmp_path / "policy.json").as_uri()
    with lsp_client.start_server(cwd=tmp_path) as process:
        client = lsp_client.client_of(process)
        client.start(watching=True, options={"importRules": True})
        (wanted,) = client.notification("client/registerCapability")["registrations"]
        client.open(uri, POLICY)
        found = {one["code"] for one in client.diagnostics(uri)}
        settings.write_text('ignore = ["shouting"]')
        client.notify("workspace/didChangeWatchedFiles", {"changes": [{"uri": settings.as_uri(), "type": 2}]})
        after = {one["code"] for one in client.diagnostics(uri)}
        told = client.notification("window/showMessage")
        client.leave()
        process.kill()

    assert "workspace/didChangeWatchedFiles" == wanted["method"]
    assert {"shouting", "invalid-action"} <= found
    assert "redundant-action" not in found
    assert {"invalid-action", "redundant-action"} <= after
    assert "jfml-policies.toml:1:11: there is no rule `shouting`" in told["message"]


def test_an_option_must_be_true(tmp_path: Path) -> None:
    """Anything but `true` leaves code alone."""
    (tmp_path / "team_rules.py").write_text(OWN_RULE)
    (tmp_path / "jfml-policies.toml").write_text('rules-from = ["team_rules"]')
    uri = (tmp_path / "policy.json").as_uri()
    with lsp_client.start_server(cwd=tmp_path) as process:
        client = lsp_client.client_of(process)
        client.start(options={"importRules": "false"})
        client.open(uri, POLICY)
        found = {one["code"] for one in client.diagnostics(uri)}
        told = client.notification("window/logMessage")
        client.leave()
        process.kill()

    assert "invalid-action" in found
    assert "shouting" not in found
    assert "`importRules`" in told["message"]

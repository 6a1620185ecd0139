from __future__ import annotations

import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from jfml_policies._version import __version__
from jfml_policies.cli.main import VERBS

GOOD = '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}}'

LASTING = {"lsp"}
COMMANDS = [[verb] for verb in VERBS] + [["build", "jfrog-ml"], ["catalog", "build"]]

Run = Callable[..., Any]


def test_help_lists_every_verb(run: Run) -> None:
    """`--help` and `help` show all verbs, an example and the exit codes."""
    outcome = run("--help")

    assert (0, "") == (outcome.code, outcome.err)
    assert all(f"\n  {verb} " in outcome.out for verb in VERBS)
    assert "exit codes:" in outcome.out
    assert outcome == run("help")


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_help_teaches(run: Run, command: list[str]) -> None:
    """Each verb's help has a sentence of purpose, examples and the exit codes, and fits a narrow screen."""
    outcome = run(*command, "--help")

    assert (0, "") == (outcome.code, outcome.err)
    assert outcome.out.startswith(f"usage: jfml-policies {' '.join(command)}")
    assert "\nexample" in outcome.out
    assert "exit codes:" in outcome.out
    assert max(map(len, outcome.out.splitlines())) <= 125


def test_examples_of_every_help_work(run: Run, tmp_path: Path, good: Path) -> None:
    """Each example is a call that the program takes; only the files it names may be missing."""
    tried = 0
    for command in COMMANDS:
        for line in run(*command, "--help").out.split("\nexample", 1)[1].splitlines():
            # Building a catalogue takes long, and a server waits for an editor.
            if not line.startswith("  jfml-policies ") or line.split()[1] in LASTING or "catalog build" in line:
                continue
            words = shlex.split(line.partition(" > ")[0].partition(" < ")[0].partition("|")[0])
            outcome = run(*words[1:], stdin=GOOD.encode())
            tried += 1

            reasons = ("no such file", "does not exist", "there already", "no git repository")

            assert outcome.code == 0 or any(reason in outcome.err for reason in reasons), line

    assert tried > 20


def test_version_is_the_packages(run: Run) -> None:
    """`--version` and `-V` print the version that the package has."""
    assert (0, f"jfml-policies {__version__}\n", "") == run("--version") == run("-V")


def test_nothing_asked_is_a_mistake(run: Run) -> None:
    """Without a verb the help goes to standard error, and the code is 2."""
    outcome = run()

    assert (2, "") == (outcome.code, outcome.out)
    assert outcome.err.startswith("usage: jfml-policies VERB")


@pytest.mark.parametrize(
    ("arguments", "message", "hint"),
    [
        (["chekc"], "there is no verb `chekc`", "did you mean `check`?"),
        (["frobnicate"], "there is no verb `frobnicate`", "one of build, check, baseline, diff, no-new-access, not-"),
        (["--colour"], "there is no option `--colour`", "`jfml-policies --help` shows the verbs and options"),
        (["check", "--slect", "x"], "`jfml-policies check` has no option `--slect`", "did you mean `--select`?"),
        (["check", "--kind", "trsut", "x"], "--kind: there is no kind `trsut`; did you mean `trust`?", "`jfml-"),
        (["check", "--fail-on", "x", "x"], "--fail-on: there is no severity `x`; one of error, security-warning", "`"),
        (["check"], "nothing to check", "name files or folders, or - for standard input"),
        (["explain"], "the following arguments are required: RULE", "`jfml-policies explain --help` shows"),
        (["explain", "a", "b"], "unexpected argument `b`", "`jfml-policies explain --help` shows what it takes"),
        (["explain", "invalid-acton"], "there is no rule `invalid-acton`", "did you mean `invalid-action`?"),
        (["schema"], "no kind is named", "one of: identity, "),
        (["schema", "trsut"], "KIND: there is no kind `trsut`; did you mean `trust`?", "`jfml-policies schema --help`"),
        (["build"], "no preset is named", "one of: jfrog-ml"),
        (["build", "jfrogml"], "there is no preset `jfrogml`", "did you mean `jfrog-ml`?"),
        (["build", "jfrog-ml"], "either --bucket or --spec is needed", "`jfml-policies build jfrog-ml"),
        (["rules", "--output-format", "yaml"], "--output-format: there is no output format `yaml`; one of text", "`"),
    ],
)
def test_mistakes_get_one_line_and_a_remedy(run: Run, arguments: list[str], message: str, hint: str) -> None:
    """A wrong call says what is wrong and what was probably meant, and the code is 2."""
    outcome = run(*arguments)
    first, second = outcome.err.splitlines()

    assert (2, "") == (outcome.code, outcome.out)
    assert first.startswith(f"error: {message}")
    assert second.startswith(f"  help: {hint}")


def test_a_file_instead_of_a_verb(run: Run, good: Path) -> None:
    """Whoever forgets the verb is told the command."""
    assert "did you mean `jfml-policies check good.json`?" in run("good.json").err


def test_hostile_arguments_are_inert(run: Run) -> None:
    """Escape sequences in arguments do not reach the terminal."""
    assert "\x1b" not in run("\x1b[31m\ud800").err


def test_an_interruption_is_one_line(run: Run, monkeypatch: pytest.MonkeyPatch, good: Path) -> None:
    """Ctrl-C gives the code 130, as shells expect."""

    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("jfml_policies.linter.look.lint_text", interrupt)

    assert (130, "", "interrupted\n") == run("check", "good.json")


def test_a_fault_of_ours_is_one_line(run: Run, monkeypatch: pytest.MonkeyPatch, good: Path) -> None:
    """A bug gives one line and the code 2; the traceback is there for who asks."""

    def fail(*_: object, **__: object) -> None:
        raise KeyError("x")

    monkeypatch.setattr("jfml_policies.linter.look.lint_text", fail)
    outcome = run("check", "good.json")

    assert outcome.code == 2
    assert outcome.err.startswith("error: this is a fault of jfml-policies: KeyError: 'x'\n  help: please report it")

    monkeypatch.setenv("JFML_POLICIES_DEBUG", "1")
    with pytest.raises(KeyError):
        run("check", "good.json")

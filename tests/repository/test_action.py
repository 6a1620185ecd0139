"""The action for GitHub: its scripts are run as GitHub's runner runs them, with a stand-in for what installs."""

from __future__ import annotations

import json
import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from check_jsonschema import main as check_jsonschema
from click.testing import CliRunner

GOOD = (
    '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:ListAllMyBuckets", "Resource": "*"}]}\n'
)
BAD = GOOD.replace("s3:ListAllMyBuckets", "s3:ListAllMyBukets")
#: A step of the action: what GitHub does with it, in variables, and its script.
Step = dict[str, Any]


@pytest.fixture(scope="module")
def action(root: Path) -> dict[str, Any]:
    """The action's file."""
    read: dict[str, Any] = yaml.safe_load((root / "action.yml").read_text(encoding="utf-8"))
    return read


@dataclass(frozen=True)
class Runner:
    """What GitHub's runner gives a step: a repository that is checked out, files to write to, inputs as variables.

    Attributes:
        action: the action's file.
        folder: holds `work`, the repository, and `temp`.
        scripts: where the program of this environment lies.
        root: the root of this repository.
    """

    action: dict[str, Any]
    folder: Path
    scripts: Path
    root: Path

    def write(self, name: str, text: str) -> None:
        """Puts a file into the repository."""
        (self.folder / "work" / name).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / "work" / name).write_text(text, encoding="utf-8")

    def step(self, name: str, **inputs: str) -> tuple[subprocess.CompletedProcess[str], dict[str, str], str]:
        """Runs a step of the action; what its process said, its outputs, and the summary that it wrote."""
        step = next(step for step in self.action["runs"]["steps"] if step["id"] == name)
        given = {key: str(one.get("default", "")) for key, one in self.action["inputs"].items()}
        given |= {key.replace("_", "-"): value for key, value in inputs.items()}
        files = {variable: self.folder / variable.lower() for variable in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
        for file in files.values():
            file.write_text("", encoding="utf-8")
        script = self.folder / "script.sh"
        script.write_text(step["run"], encoding="utf-8")
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)],
            cwd=self.folder / "work",
            env={
                "PATH": f"{self.folder / 'bin'}{os.pathsep}/usr/bin{os.pathsep}/bin",
                "PYTHONPATH": str(self.root / "src"),
                "RUNNER_TEMP": str(self.folder / "temp"),
                "GITHUB_ACTION_PATH": str(self.folder / "the action"),
                **{variable: str(file) for variable, file in files.items()},
                **{variable: self._value(text, given) for variable, text in step["env"].items()},
            },
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        outputs, summary = (file.read_text(encoding="utf-8") for file in files.values())
        return done, outputs_in(outputs), summary

    def _value(self, text: str, given: dict[str, str]) -> str:
        """What the runner puts in place of an expression."""
        expression = re.fullmatch(r"\$\{\{ (\S+) \}\}", text)
        assert expression is not None, text
        if expression[1] == "steps.install.outputs.command":
            return str(self.scripts / "jfml-policies")
        return given[expression[1].removeprefix("inputs.")]


def outputs_in(text: str) -> dict[str, str]:
    """The outputs that a step wrote, one a line or with a delimiter."""
    found: dict[str, str] = {}
    lines = iter(text.splitlines())
    for line in lines:
        if re.match(r"[\w-]+<<", line):
            name, _, end = line.partition("<<")
            found[name] = "\n".join(iter(lambda: next(lines), end))
        else:
            name, _, found[name] = line.partition("=")
    return found


def commands_in(log: str) -> list[str]:
    """The lines of a log that the runner obeys; a line `##[...]` is one of them wherever it stands in it."""
    obeyed, token = [], None
    for line in log.splitlines():
        if token is not None:
            token = None if line == f"::{token}::" else token
        elif line.startswith("::stop-commands::"):
            token = line.removeprefix("::stop-commands::")
        elif line.startswith("::") or "##[" in line:
            obeyed.append(line)
    assert token is None
    return obeyed


@pytest.fixture
def runner(action: dict[str, Any], tmp_path: Path, scripts: Path, root: Path) -> Runner:
    """A runner for one job."""
    for name in ("work", "temp", "bin", "the action"):
        (tmp_path / name).mkdir()
    return Runner(action, tmp_path, scripts, root)


def test_the_file_is_valid(root: Path) -> None:
    """It is an action by the schema for such files."""
    done = CliRunner().invoke(check_jsonschema, ["--builtin-schema", "vendor.github-actions", str(root / "action.yml")])

    assert 0 == done.exit_code, done.output


def test_no_script_holds_an_expression(action: dict[str, Any]) -> None:
    """What an input holds is never part of a script; no other action is used; every input and output is used."""
    steps = action["runs"]["steps"]
    expressions = [value for step in steps for value in step["env"].values()]

    assert not [step["name"] for step in steps if "${{" in step["run"]]
    assert not [step["name"] for step in steps if "uses" in step]
    assert {f"${{{{ inputs.{name} }}}}" for name in action["inputs"]} <= set(expressions)
    assert {
        "exit-code": "${{ steps.check.outputs.exit-code }}",
        "sarif-file": "${{ steps.check.outputs.sarif-file }}",
        "command": "${{ steps.install.outputs.command }}",
    } == {name: one["value"] for name, one in action["outputs"].items()}


def test_clean_policies_pass(runner: Runner) -> None:
    """Nothing is annotated, the log for code scanning is written all the same, and the summary says so."""
    runner.write("good.json", GOOD)

    done, outputs, summary = runner.step("check")

    assert (0, []) == (done.returncode, commands_in(done.stdout)), done.stdout + done.stderr
    assert "0" == outputs["exit-code"]
    assert [] == json.loads(Path(outputs["sarif-file"]).read_text(encoding="utf-8"))["runs"][0]["results"]
    assert "## AWS IAM policies\n\nNothing found.\n" == summary


def test_a_finding_fails_the_step(runner: Runner) -> None:
    """It is annotated at its line, in the log for code scanning under the name of its file, and in the summary."""
    runner.write("policies/good.json", GOOD)
    runner.write("policies/bad one.json", BAD)

    done, outputs, summary = runner.step("check", paths="policies/good.json\npolicies/bad one.json\n")
    (result,) = json.loads(Path(outputs["sarif-file"]).read_text(encoding="utf-8"))["runs"][0]["results"]
    (command,) = commands_in(done.stdout)

    assert (1, "1") == (done.returncode, outputs["exit-code"])
    assert command.startswith("::error title=jfml-policies invalid-action,file=policies/bad one.json,line=1,")
    assert "invalid-action" == result["ruleId"]
    assert (
        "policies/bad%20one.json" == result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    )  # an address
    assert "| 1:" in summary
    assert "`invalid-action`" in summary


@pytest.mark.parametrize(
    "given",
    [
        {"fail_on": "fatal"},
        {"paths": "gone.json"},
        {"paths": ""},
        {"also": "png=x.png"},
        {"arguments": "--no-such-option"},
        {"output_format": "png"},
    ],
    ids=["severity", "no such path", "no path", "format of another report", "option", "format"],
)
def test_what_can_not_be_done_is_told(runner: Runner, given: dict[str, str]) -> None:
    """The step fails with 2, the log and the summary say so, and no old log is taken for that of this run."""
    runner.write("good.json", GOOD)
    runner.write("old.sarif", "{}")

    done, outputs, summary = runner.step("check", sarif_file="old.sarif", **given)

    assert (2, "2") == (done.returncode, outputs["exit-code"])
    assert "error: " in done.stdout
    assert ("old.sarif" if "gone.json" in given.values() else "") == outputs["sarif-file"]
    assert ("{}" == (runner.folder / "work" / "old.sarif").read_text(encoding="utf-8")) == (not outputs["sarif-file"])
    assert "Not everything could be checked" in summary


def test_inputs_reach_the_program(runner: Runner) -> None:
    """Each input does what it says."""
    runner.write("bad.json", BAD)
    baseline = [str(runner.scripts / "jfml-policies"), "baseline", "write", "--output", "known.json", "bad.json"]
    subprocess.run(baseline, cwd=runner.folder / "work", stdin=subprocess.DEVNULL, capture_output=True, check=True)
    runner.write("known bad/unused.json", BAD.replace("s3:ListAllMyBukets", "sts:GetCallerIdentitee"))

    known, *_ = runner.step("check", paths="bad.json", baseline="known.json")
    more, outputs, _ = runner.step("check", paths="known bad", baseline="known.json", sarif_file="out.sarif")
    mild, *_ = runner.step("check", paths="bad.json", arguments="--select=size")
    text, _, no_summary = runner.step(
        "check", paths="bad.json", output_format="full", also="html=a.html\njunit=a.xml\n", step_summary="false"
    )

    assert (0, 1, 0, 1) == (known.returncode, more.returncode, mild.returncode, text.returncode)
    assert "out.sarif" == outputs["sarif-file"]
    assert "invalid-action" in (runner.folder / "work" / "out.sarif").read_text(encoding="utf-8")
    assert "bad.json:1:" in text.stdout
    assert "<html" in (runner.folder / "work" / "a.html").read_text(encoding="utf-8")
    assert "<testsuites" in (runner.folder / "work" / "a.xml").read_text(encoding="utf-8")
    assert "" == no_summary


@pytest.mark.parametrize("output_format", ["github", "full"])
def test_text_of_strangers_is_no_command(runner: Runner, output_format: str) -> None:
    """Neither a shell's nor one of the runner's: in names of files, in policies, in values of inputs."""
    nasty = "$(touch pwned) ##[set-output name=exit-code]0 `touch pwned`;.json"
    runner.write(nasty, BAD.replace("ListAllMyBukets", "ListAll##[set-output name=exit-code]0"))
    gone = "::set-output name=exit-code::0.json"
    injected = "'; touch pwned; $(touch pwned)\nexit-code=0"

    done, outputs, _ = runner.step("check", output_format=output_format, paths=f"{nasty}\n{gone}")
    other, others, _ = runner.step(
        "check", fail_on=injected, baseline=injected, arguments=injected, sarif_file=injected, paths=injected
    )

    assert (2, "2") == (done.returncode, outputs["exit-code"])
    assert (2, "2", "") == (other.returncode, others["exit-code"], others["sarif-file"])
    assert ["::error", "::error"] * (output_format == "github") == [
        command.partition(" ")[0] for command in commands_in(done.stdout)
    ]
    assert nasty in done.stdout
    assert gone in done.stdout
    assert not list(runner.folder.rglob("pwned"))


def test_installing_takes_the_checkout_of_the_action(runner: Runner) -> None:
    """Into an environment of its own, by a Python that looks into no folder of the repository under check."""
    python = runner.folder / "bin" / "python3"
    python.write_text(
        '#!/bin/bash\necho "$(basename "$0") $*" >>"$RUNNER_TEMP/said"\n'
        'if [ "$2 $3" = "-m venv" ]; then mkdir -p "$4/bin" && cp "$0" "$4/bin/python"; fi\n'
        'if [ "$2 $3 $4" = "-m pip install" ]; then printf "#!/bin/sh\\n" >"$(dirname "$0")/jfml-policies"; fi\n',
        encoding="utf-8",
    )
    python.chmod(0o755)

    done, outputs, _ = runner.step("install")
    _, make, install = (runner.folder / "temp" / "said").read_text(encoding="utf-8").splitlines()

    assert 0 == done.returncode, done.stderr
    assert re.fullmatch(r"python3 -I -m venv \S+/temp/jfml-policies\.\w+/venv", make)
    assert install.startswith("python -I -m pip install ")
    assert install.endswith(f" {runner.folder / 'the action'}[yaml]")
    assert "#!/bin/sh\n" == Path(outputs["command"]).read_text(encoding="utf-8")


def test_a_python_that_is_too_old_is_told(runner: Runner) -> None:
    """The step says what is missing instead of failing inside pip."""
    for name in ("python3", "python"):
        (runner.folder / "bin" / name).write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
        (runner.folder / "bin" / name).chmod(0o755)

    done, outputs, _ = runner.step("install")
    named, *_ = runner.step("install", python="no such python")

    assert (2, 2, {}) == (done.returncode, named.returncode, outputs)
    assert ["::error"] == [command.partition(" ")[0] for command in commands_in(done.stdout)]
    assert "Python 3.11 or newer is needed" in done.stdout

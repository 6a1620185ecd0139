"""Work that several processes share: the same reports, and a clean end whatever happens to them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from jfml_policies.cli import workers
from jfml_policies.cli.inputs import Input
from jfml_policies.linter import portions

Run = Callable[..., Any]

STATEMENT = {"Effect": "Allow", "Action": ["s3:GetObject", "s3:PutObjct"], "Resource": "*"}
POLICY = {"Version": "2012-10-17", "Statement": [STATEMENT]}
RULE = '''
import os, signal, time
from pathlib import Path
from jfml_policies.linter.rule import Rule

class Team(Rule):
    """A team's rule."""

    code = "TEAM_RULE"
    severity = "error"

    def check_policy(self, policy, context):
        {body}
        return ()
'''


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    """A folder of policies, an account, a template, and what can't be read."""
    folder = tmp_path / "mixed"
    folder.mkdir()
    for number in range(12):
        statement = {**STATEMENT, "Resource": f"arn:aws:s3:::acme-{number}/*"}
        (folder / f"p{number:02}.json").write_text(json.dumps({**POLICY, "Statement": [statement]}, indent=2))
    roles = [{"RoleName": f"r{number}", "AssumeRolePolicyDocument": POLICY} for number in range(30)]
    (folder / "account.json").write_text(json.dumps({"RoleDetailList": roles}, indent=1))
    bucket = {"Type": "AWS::S3::BucketPolicy", "Properties": {"Bucket": {"Ref": "B"}, "PolicyDocument": POLICY}}
    (folder / "template.json").write_text(json.dumps({"Resources": {f"P{n}": bucket for n in range(30)}}))
    (folder / "broken.json").write_text('{"Statement": [')
    (folder / "latin.json").write_bytes(b'{"Statement": "caf\xe9"}')
    (folder / "package.json").write_text('{"name": "x"}')
    return folder


@pytest.mark.parametrize("output_format", ["full", "json", "sarif"])
def test_reports_are_the_same_whatever_the_number_of_jobs(
    output_format: str, run: Run, mixed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Byte for byte, what is said on standard error included."""
    monkeypatch.setattr(portions, "_LARGE", 2_000)
    monkeypatch.setattr(portions, "_POLICIES", 7)
    monkeypatch.setattr(portions, "_TEXTS", 2)
    one, two, three = (
        run("check", "-v", "--jobs", str(n), "--output-format", output_format, "mixed") for n in (1, 2, 3)
    )

    assert 2 == one.code
    assert "PutObjct" in one.out
    assert one == two
    assert one == three


def test_fixes_suppressions_and_the_baseline_do_not_care(run: Run, mixed: Path, tmp_path: Path) -> None:
    """What was accepted stays accepted, and fixes are shown alike."""
    for name in ("broken.json", "latin.json"):
        (mixed / name).unlink()
    assert 0 == run("baseline", "write", "--output", "one.json", "mixed/account.json", "mixed/p03.json").code
    assert 0 == run("baseline", "write", "--jobs", "2", "mixed/account.json", "mixed/p03.json").code
    assert (tmp_path / "one.json").read_bytes() == (tmp_path / ".jfml-policies-baseline.json").read_bytes()
    (tmp_path / "jfml-policies.toml").write_text(
        '[[suppressions]]\nrule = "invalid-action"\nfile = "mixed/p04.json"\nreason = "so be it"\n'
    )
    options = ("--baseline", ".jfml-policies-baseline.json", "--unsafe-fixes", "--diff", "-v")

    one, two = (run("check", *options, "--jobs", jobs, "mixed") for jobs in ("1", "2"))

    assert "+++ mixed/p05.json" in one.out
    assert "+++ mixed/p04.json" not in one.out
    assert "not counted: 1 suppressed, " in one.err
    assert one == two


def test_jobs_are_counted(tmp_path: Path) -> None:
    """Little input is checked in this process; much by as many as there are processors, but not by too many."""
    small, large = tmp_path / "small", tmp_path / "large"
    small.write_bytes(b"x")
    large.write_bytes(b"x" * 3_000_000)
    few = [Input("small", str(small), named=True), Input("-", "-", named=True)]
    many = [*few, Input("large", str(large), named=True)]
    processors = workers.count_of_jobs(0, few)

    assert 1 <= processors
    assert 1 == workers.count_of_jobs(None, few)
    assert min(processors, 8) == workers.count_of_jobs(None, many)
    assert [1, 3] == [workers.count_of_jobs(wanted, few) for wanted in (1, 3)]


@pytest.mark.parametrize("jobs", ["-1", "two", "1.5", ""])
def test_a_wrong_number_of_jobs_is_told(run: Run, good: Path, jobs: str) -> None:
    outcome = run("check", f"--jobs={jobs}", "good.json")

    assert 2 == outcome.code
    assert f"error: --jobs: `{jobs}` is no number of processes; 0 or `auto` is one a processor" in outcome.err


def test_where_no_process_can_be_started_this_one_does_the_work(
    run: Run, bad: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on systems without semaphores."""

    def refuse(*_: object, **__: object) -> None:
        raise OSError(38, "Function not implemented")

    monkeypatch.setattr("concurrent.futures.ProcessPoolExecutor", refuse)

    assert run("check", "bad.json") == run("check", "--jobs", "2", "bad.json")


def program(folder: Path, body: str) -> subprocess.Popen[str]:
    """A check with two jobs and a rule of one's own, in a session of its own."""
    (folder / "team.py").write_text(RULE.replace("{body}", body))
    (folder / "jfml-policies.toml").write_text('rules-from = ["team"]\nselect = ["team-rule"]\n')
    for name in ("a.json", "b.json"):
        (folder / name).write_text(json.dumps({**POLICY, "Id": name}))
    return subprocess.Popen(
        [sys.executable, "-m", "jfml_policies", "check", "--jobs", "2", "a.json", "b.json"],
        cwd=folder,
        env={"PYTHONPATH": os.pathsep.join([str(Path(workers.__file__).parents[2]), str(folder)]), "PATH": os.defpath},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def test_a_killed_process_is_told(tmp_path: Path) -> None:
    """As the kernel does when memory runs out: what was looked at, and what may help."""
    running = program(tmp_path, "os.kill(os.getpid(), signal.SIGKILL)")
    out, err = running.communicate(timeout=60)

    assert (2, "") == (running.returncode, out)
    assert [
        "error: a process ended while it checked a.json to b.json before its work was done",
        "  help: it may have run out of memory: fewer --jobs need less",
    ] == err.splitlines()


def test_an_interruption_ends_all_processes(tmp_path: Path) -> None:
    """One line and the code 130, as without jobs; nobody waits for work that is under way."""
    running = program(tmp_path, "Path('begun').touch(); time.sleep(600)")
    until = time.monotonic() + 60
    while not (tmp_path / "begun").exists() and time.monotonic() < until:
        time.sleep(0.02)

    os.killpg(running.pid, signal.SIGINT)
    out, err = running.communicate(timeout=60)

    assert (130, "", "interrupted\n") == (running.returncode, out, err)


def test_progress_is_for_terminals(tmp_path: Path) -> None:
    """It tells of files, and of policies in a large one; a pipe gets none."""
    import io

    from jfml_policies.cli.console import Console
    from jfml_policies.cli.progress import Progress

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    for stream, expected in (
        (Terminal(), ["checked 1 of 3 files, 1,200 of the policies in a.json"]),
        (io.StringIO(), []),
    ):
        progress = Progress(Console(None, stream), 3)
        progress.file()
        progress._shown = -1.0
        progress.inside("a.json", 1200)
        progress.inside("a.json", 1300)

        assert expected == stream.getvalue().splitlines()

"""What only a process of its own shows: closed streams, dead readers, bare environments, imports."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

#: Modules that would make a hook wait.
DENIED = {
    "asyncio",
    "hypothesis",
    "importlib.metadata",
    "importlib.resources",
    "jsonschema",
    "logging",
    "pathlib",
    "policyuniverse",
    "pydantic",
    "rich",
    "shutil",
    "subprocess",
    "tempfile",
}

Run = Callable[..., Any]


def test_a_check_without_home_or_terminal(spawn: Run, bad: Path) -> None:
    """Findings, code and closing line come in a bare environment with nothing on standard input."""
    outcome = spawn("check", "bad.json", "--output-format", "concise")

    assert outcome.code == 1
    assert outcome.out.startswith("bad.json:4:50: error[invalid-action]: ")
    assert outcome.err.startswith("found 1 problem in 1 file: 1 error")


@pytest.mark.parametrize("path", ["bad.json", "."])
def test_a_check_imports_the_standard_library_only(bad: Path, tmp_path: Path, path: str) -> None:
    """No slow module and nothing from outside the standard library is loaded, for a file as for a folder."""
    program = (
        "import sys\n"
        "before = set(sys.modules)\n"
        "from jfml_policies.cli.main import main\n"
        f"code = main(['check', {path!r}])\n"
        "import json\n"
        "names = {name.partition('.')[0] for name in set(sys.modules) - before}\n"
        "print(json.dumps([code, sorted(names - set(sys.stdlib_module_names)), sorted(set(sys.modules) - before)]))\n"
    )
    done = subprocess.run(
        [sys.executable, "-S", "-c", program],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": str(Path(__file__).parents[2] / "src")},
    )
    code, outside, loaded = json.loads(done.stdout.splitlines()[-1])

    assert code == 1
    assert outside == ["jfml_policies"]
    assert not DENIED & set(loaded)


def test_a_closed_standard_input(spawn: Run, good: Path) -> None:
    """Files are checked without it; reading it is one clear line."""
    assert spawn(script="PROGRAM check good.json <&-") == (0, "", "")
    assert spawn(script="PROGRAM check - <&-") == (2, "", "error: -: standard input is closed\n")
    assert spawn(script="PROGRAM suggest --used - <&-") == (2, "", "error: -: standard input is closed\n")


def test_a_closed_standard_output(spawn: Run, good: Path, bad: Path) -> None:
    """With nothing to say it does not matter; findings that can't be told are a failure."""
    assert spawn(script="PROGRAM check good.json >&-").code == 0
    assert spawn(script="PROGRAM check bad.json >&-") == (2, "", "error: standard output is closed\n")


def test_a_closed_standard_error(spawn: Run, bad: Path) -> None:
    """Findings and code do not depend on it."""
    outcome = spawn(script="PROGRAM check bad.json 2>&-")

    assert outcome.code == 1
    assert "invalid-action" in outcome.out


def test_a_reader_that_leaves(spawn: Run) -> None:
    """A broken pipe ends the program quietly with the code 2."""
    outcome = spawn(script="{ PROGRAM catalog '*'; echo $? >&2; } | head -1")

    assert outcome.err == "2\n"


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs a device that is always full")
def test_a_full_disk(spawn: Run, bad: Path) -> None:
    """Findings that could not be written are a failure, said in one line."""
    assert spawn(script="PROGRAM check -q bad.json > /dev/full") == (
        2,
        "",
        "error: standard output: No space left on device\n",
    )


def test_an_output_that_knows_ascii_only(spawn: Run, bad: Path, tmp_path: Path) -> None:
    """What the output's encoding lacks is written as escapes."""
    (tmp_path / "p.json").write_text(bad.read_text().replace("GetObjct", "\u65e5\u672c"), encoding="utf-8")
    outcome = spawn("check", "p.json", PYTHONIOENCODING="ascii", PYTHONUTF8="0")

    assert outcome.code == 1
    assert "`s3:\\u65e5\\u672c`" in outcome.out


def test_file_names_that_are_not_text(spawn: Run, tmp_path: Path) -> None:
    """A name with undecodable bytes and escape sequences is shown as escapes, in every format."""
    name = os.fsencode(tmp_path) + b"/\xff\x1b[31m.json"
    try:
        with open(name, "wb") as file:
            file.write(b"{")
    except OSError:
        pytest.skip("the file system refuses such names")
    for form in ("full", "concise", "json", "sarif", "github", "markdown"):
        outcome = spawn("check", ".", "--output-format", form, "x.json")

        assert outcome.code == 2
        assert "\x1b" not in outcome.out + outcome.err


def test_a_pipe_below_a_folder_is_not_waited_for(spawn: Run, tmp_path: Path, good: Path) -> None:
    """Only regular files of a folder are read."""
    os.mkfifo(tmp_path / "pipe.json")

    assert spawn("check", ".") == (0, "", "")


def test_a_process_substitution_is_read(spawn: Run, bad: Path) -> None:
    """A pipe that is named is read, as `check <(...)` needs it."""
    outcome = spawn(script="mkfifo p; cat bad.json > p & PROGRAM check p --output-format concise")

    assert outcome.code == 1
    assert outcome.out.startswith("p:4:50: error")


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="needs permissions that bind")
def test_an_unreadable_file(spawn: Run, good: Path) -> None:
    """A file that may not be read is one clear line."""
    good.chmod(0)

    assert spawn("check", "good.json") == (2, "", "error: good.json: permission denied\n")


def test_color_is_for_terminals(spawn: Run, bad: Path) -> None:
    """Pipes get none, `always` gets it even there."""
    assert "\x1b" not in spawn("check", "bad.json").out
    assert "\x1b[1;31m" in spawn("check", "bad.json", "--color", "always").out


@pytest.mark.skipif(sys.platform != "linux", reason="needs a pseudo-terminal")
@pytest.mark.parametrize(("env", "colored"), [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)])
def test_color_on_a_terminal(bad: Path, env: dict[str, str], colored: bool) -> None:
    """A terminal gets colour unless NO_COLOR is set or it is dumb."""
    import pty

    ours, theirs = pty.openpty()
    environment = {"PYTHONPATH": str(Path(__file__).parents[2] / "src"), "TERM": "xterm", **env}
    subprocess.run(
        [sys.executable, "-m", "jfml_policies", "check", "bad.json"],
        cwd=bad.parent,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=theirs,
        check=False,
    )
    os.close(theirs)
    shown = os.read(ours, 100_000).decode()
    os.close(ours)

    assert "invalid-action" in shown
    assert colored == ("\x1b[1;31m" in shown)


def test_written_files_heed_the_umask(spawn: Run, tmp_path: Path) -> None:
    """Files of `--out` have the permissions that any new file has."""
    spawn(script="umask 027; PROGRAM build jfrog-ml --bucket acme-features --out role")

    assert stat.S_IMODE((tmp_path / "role" / "trust.json").stat().st_mode) == 0o640

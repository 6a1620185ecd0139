"""`minimise` on the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]

LARGE = """\
{
  "Version": "2012-10-17",
  "Statement": [
    {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::a/*"},
    {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}
  ]
}
"""
SMALL = """\
{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "s3:GetObject",
      "Resource": [
        "arn:aws:s3:::a/*",
        "arn:aws:s3:::b/*"
      ]
    }
  ]
}
"""
WORDS = """\
merged the statements `Statement[0]` and `Statement[1]`, which differ in `Resource` only (equivalent)
184 to 132 characters of 10,240, 28 % less; 2 to 1 statements, proved to mean the same
"""


@pytest.fixture
def large(tmp_path: Path) -> Path:
    path = tmp_path / "large.json"
    path.write_text(LARGE)
    return path


@pytest.mark.usefixtures("large")
def test_the_policy_is_printed_and_the_steps_are_told(run: Run) -> None:
    """The result goes to standard output, alone; what was done goes to standard error."""
    assert (0, SMALL, WORDS) == run("minimise", "large.json")
    assert (0, SMALL, "") == run("minimise", "-q", "-", stdin=LARGE.encode())


def test_sizes_are_counted_without_white_space() -> None:
    """The figures of these tests are what is left of the texts without blanks and line ends."""
    assert [184, 132] == [len("".join(text.split())) for text in (LARGE, SMALL)]


def test_check_fails_for_a_policy_that_could_be_smaller(run: Run, large: Path) -> None:
    """A gate gets 1 and nothing is written; for the smallest form it gets 0."""
    assert (1, "", "") == run("minimise", "--check", "-q", "large.json")
    assert LARGE == large.read_text()
    assert (0, "", "") == run("minimise", "--check", "-q", "-", stdin=SMALL.encode())


def test_a_policy_that_must_be_split_fails_the_check(run: Run) -> None:
    """It is over its quota."""
    other = LARGE.replace("s3:GetObject", "s3:PutObject", 1)

    assert (1, "", "") == run("minimise", "--check", "-q", "--quota", "150", "-", stdin=other.encode())


def test_the_change_is_shown(run: Run, large: Path) -> None:
    """`--diff` prints a unified diff and writes nothing."""
    outcome = run("minimise", "--diff", "-q", "large.json")

    assert 0 == outcome.code
    assert outcome.out.startswith("--- large.json\n+++ large.json\n@@ ")
    assert LARGE == large.read_text()


def test_the_file_is_replaced(run: Run, large: Path) -> None:
    """`--in-place` leaves the smaller policy in the file, and a second time changes nothing."""
    first = run("minimise", "--in-place", "-q", "large.json")
    after = large.read_text()
    second = run("minimise", "--in-place", "large.json")

    assert (0, "", "") == first
    assert SMALL == after == large.read_text()
    assert "no smaller form was found: 132 characters of 10,240\n" == second.err


def test_parts_go_into_files_of_their_own(run: Run, large: Path, tmp_path: Path) -> None:
    """`--out` numbers the files, and replaces none unasked."""
    outcome = run("minimise", "--quota", "120", "--out", "parts", "large.json")
    again = run("minimise", "--quota", "120", "--out", "parts", "-q", "large.json")
    parts = [json.loads(path.read_text()) for path in sorted((tmp_path / "parts").iterdir())]

    assert 0 == outcome.code
    assert "184 characters are more than 120: split into 2 policies of 111, 111, which mean" in outcome.err
    assert ["large-1.json", "large-2.json"] == sorted(path.name for path in (tmp_path / "parts").iterdir())
    assert ["arn:aws:s3:::a/*", "arn:aws:s3:::b/*"] == [part["Statement"][0]["Resource"] for part in parts]
    assert 2 == again.code
    assert "there already" in again.err
    assert LARGE == large.read_text()


def test_wildcards_are_told_of(run: Run) -> None:
    """Whoever asks for wildcards reads what they admit."""
    actions = ["kms:GenerateDataKey", "kms:GenerateDataKeyPair", "kms:GenerateDataKeyPairWithoutPlaintext"]
    actions.append("kms:GenerateDataKeyWithoutPlaintext")
    policy = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": actions, "Resource": "*"}]}
    outcome = run("minimise", "--wildcards", "-", stdin=json.dumps(policy).encode())

    assert "kms:GenerateData*" == json.loads(outcome.out)["Statement"][0]["Action"]
    assert "will match what AWS adds:\n  kms:GenerateData*\n" in outcome.err
    assert outcome.err.endswith("proved to mean the same but for actions to come\n")


def test_layout_is_left_out_where_it_counts(run: Run) -> None:
    """White space of a service control policy counts, so one that is too large with it is written without."""
    outcome = run("minimise", "-q", "--kind", "scp", "--quota", "140", "-", stdin=LARGE.encode())

    assert json.loads(SMALL) == json.loads(outcome.out)
    assert 1 == outcome.out.count("\n")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--in-place", "-"), "--in-place needs a file"),
        (("--in-place", "--diff", "large.json"), "only one of --in-place, --out, --check and --diff"),
        (("--force", "large.json"), "--force goes with --out only"),
        (("--quota", "0", "large.json"), "--quota must be 1 or more"),
        (("--out", "", "large.json"), "--out needs the name of a folder"),
        (("--quota", "120", "--in-place", "large.json"), "large.json: takes several policies"),
        (("--in-place", "wrapped.json"), "wrapped.json: holds more than the policy"),
        (("missing.json",), "missing.json: "),
        (("package.json",), "package.json: holds no policy"),
        (("broken.json",), "broken.json:1:2: "),
        (("invalid.json",), "invalid.json: invalid policy: Statement[0]: the statement has no `Effect`"),
        (("--quota", "50", "large.json"), "takes more than 50 characters and can't be cut"),
    ],
)
@pytest.mark.usefixtures("large")
def test_what_can_t_be_done_is_told(run: Run, tmp_path: Path, arguments: tuple[str, ...], message: str) -> None:
    """Exit code 2, one clear line, and no file is touched."""
    (tmp_path / "wrapped.json").write_text(f'{{"PolicyVersion": {{"Document": {LARGE}}}}}')
    (tmp_path / "package.json").write_text('{"name": "x"}')
    (tmp_path / "broken.json").write_text('{"S')
    (tmp_path / "invalid.json").write_text('{"Statement": [{"Action": "s3:*", "Resource": "*"}]}')
    before = {path.name: path.read_text() for path in tmp_path.iterdir()}
    outcome = run("minimise", *arguments)

    assert 2 == outcome.code
    assert message in outcome.err
    assert before == {path.name: path.read_text() for path in tmp_path.iterdir()}

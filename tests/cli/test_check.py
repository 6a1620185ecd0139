from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from jfml_policies.errors import InputError
from jfml_policies.policy.kinds import KINDS

Run = Callable[..., Any]

GOOD = '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}}\n'
BAD = GOOD.replace("GetObject", "GetObjct")

FULL = """\
bad.json:4:50: error[invalid-action]: `s3:GetObjct` is not an action of s3
  |
4 |     {"Sid": "Read", "Effect": "Allow", "Action": "s3:GetObjct", "Resource": "arn:aws:s3:::acme-features/train/*"}
  |                                                  ^^^^^^^^^^^^^
  = help: did you mean `s3:GetObject`?
  = fix: replace `s3:GetObjct` by `s3:GetObject` (`--fix --unsafe-fixes`)
  = at: Statement[0].Action, Sid `Read`
  = rule: `jfml-policies explain invalid-action`

"""
CLOSING = "found 1 problem in 1 file: 1 error; `--fix --unsafe-fixes` mends 1\n"


def test_clean_is_silent(run: Run, good: Path) -> None:
    """A policy without findings prints nothing and gives 0."""
    assert (0, "", "") == run("check", "good.json")


def test_findings_are_shown(run: Run, bad: Path) -> None:
    """Findings go to standard output, the closing line to standard error, and the code is 1."""
    assert (1, FULL, CLOSING) == run("check", "bad.json")


def test_quiet_and_verbose(run: Run, good: Path, bad: Path) -> None:
    """-q leaves the closing line out; -v says what a file was read as."""
    reason = "good.json: read as identity policy: no statement names a principal\nchecked 1, found nothing\n"

    assert (1, FULL, "") == run("check", "-q", "bad.json")
    assert (0, "", reason) == run("check", "-v", "good.json")


def test_standard_input(run: Run) -> None:
    """`-` is standard input."""
    outcome = run("check", "-", "--output-format", "concise", stdin=BAD.encode())

    assert outcome.code == 1
    assert outcome.out.startswith("-:1:70: error[invalid-action]: ")
    assert (0, "", "") == run("check", "-", stdin=GOOD.encode())


def test_documents_one_after_another(run: Run) -> None:
    """Standard input may hold several documents, as `build` prints them; places count in the whole text."""
    outcome = run("check", "-", "--output-format", "concise", stdin=(GOOD + BAD + GOOD).encode())

    assert outcome.code == 1
    assert outcome.out.startswith("-:2:70: error[invalid-action]: ")
    assert outcome.out.count("\n") == 1


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_can_be_said(run: Run, good: Path, kind: str) -> None:
    """`--kind` takes every kind, and -v shows that it was heeded."""
    assert f"read as {kind} policy: " in run("check", "-v", "--kind", kind, "good.json").err


def test_folders_are_searched(run: Run, tmp_path: Path) -> None:
    """Policies below a folder are checked in the order of their names; other JSON and other files are passed over."""
    (tmp_path / "p" / "node_modules").mkdir(parents=True)
    for name in ("b.json", "a.JSON", "node_modules/c.json"):
        (tmp_path / "p" / name).write_text(BAD)
    (tmp_path / "p" / "package.json").write_text('{"name": "x"}')
    (tmp_path / "p" / "tsconfig.json").write_text('{ // comment\n"strict": true }')
    (tmp_path / "p" / "image.json").write_bytes(b"\x89PNG\x00\xff")
    (tmp_path / "p" / "notes.txt").write_text("x")
    outcome = run("check", "./p", "--output-format", "concise")
    files = [line.partition(":")[0] for line in outcome.out.splitlines()]

    assert outcome.code == 1
    assert files == ["p/a.JSON", "p/b.json"]
    assert "passed over" not in outcome.err

    said = run("check", "-v", "p", "--output-format", "concise").err

    assert "p/package.json: passed over, not meant as a policy\n" in said
    assert said.endswith("passed over 3: not meant as a policy\n")


def test_broken_policies_in_folders_are_found(run: Run, tmp_path: Path) -> None:
    """A file that is broken but speaks of statements is not passed over, whatever its encoding."""
    (tmp_path / "a.json").write_text('{"Statement": [')
    (tmp_path / "b.json").write_text(GOOD, encoding="utf-16")
    outcome = run("check", ".", "--output-format", "concise")

    assert outcome.code == 2
    assert outcome.out.startswith("a.json:1:16: error[json-syntax-error]: ")
    assert outcome.err.startswith("error: b.json: UTF-16 text\n  help: save the file as UTF-8\n")


def test_a_file_that_is_named_is_checked(run: Run, tmp_path: Path) -> None:
    """JSON that is no policy is a finding when its file was named, and none for a hook."""
    (tmp_path / "package.json").write_text("[]")

    assert run("check", "package.json").code == 1
    assert (0, "", "") == run("check", "--hook", "package.json")
    assert run("check", "--hook", "-v", "package.json").err.startswith("package.json: passed over")
    assert (0, "", "") == run("check", "--hook")


@pytest.mark.parametrize("name", ["empty", "nothing"])
def test_nothing_to_check_is_a_failure(run: Run, tmp_path: Path, name: str) -> None:
    """A folder without any policy must not look like a clean one."""
    (tmp_path / "empty").mkdir()
    (tmp_path / "nothing").mkdir()
    (tmp_path / "nothing" / "package.json").write_text("{}")

    assert run("check", name).code == 2
    assert run("check", name).err.startswith("error: there is no policy in what was named\n")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b'{"a": "\xff"}', "not UTF-8: byte 0xff in line 1"),
        (b"\xff\xfe{\0}\0", "UTF-16 text"),
        (b"\x7fELF\x00\x01\xff", "a binary file, not text"),
        (b" " * 100_000_001, "larger than 100 MB, so not read"),
        (None, "no such file"),
    ],
)
def test_what_cannot_be_read(run: Run, tmp_path: Path, content: bytes | None, message: str) -> None:
    """A file that can't be read as text is one clear line and the code 2."""
    if content is not None:
        (tmp_path / "x.json").write_bytes(content)
    outcome = run("check", "x.json")

    assert (2, "") == (outcome.code, outcome.out)
    assert outcome.err.startswith(f"error: x.json: {message}\n")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "[" * 5_000_000,
        '{"Statement":' * 100_000,
        '{"Statement": [' + '{"Effect": "Allow", "Action": 1},' * 100_000 + "{}]}",
        '{"Statement": [null, null], "Version": null}',
        '{"Statement": {"Effect": "Allow", "Action": "\\ud800", "Resource": "*"}, "statement": 1, "Statement": 2}',
    ],
    ids=["empty", "null", "brackets", "deep", "many", "nulls", "odd"],
)
def test_texts_that_are_no_policy(run: Run, tmp_path: Path, text: str) -> None:
    """Hostile and broken texts are findings, in every format."""
    (tmp_path / "x.json").write_text(text)
    for form in ("full", "json", "sarif", "github"):
        assert run("check", "x.json", "--output-format", form).code == 1


def test_a_byte_order_mark_is_no_problem(run: Run, tmp_path: Path) -> None:
    """UTF-8 with a byte order mark and CRLF is read like any other."""
    (tmp_path / "x.json").write_bytes(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())

    assert run("check", "x.json") == (0, "", "")


def test_one_missing_file_does_not_hide_the_others(run: Run, bad: Path) -> None:
    """Findings of readable files are reported, and the code still says that something failed."""
    outcome = run("check", "nope.json", "bad.json")

    assert outcome.code == 2
    assert outcome.out == FULL
    assert outcome.err.startswith("error: nope.json: no such file\n")


def test_a_file_named_twice_is_checked_once(run: Run, bad: Path) -> None:
    """The same file by name and through its folder is reported once."""
    assert run("check", "bad.json", ".", "./bad.json").out == FULL


def test_rules_can_be_chosen(run: Run, bad: Path) -> None:
    """Rules are selected and ignored by name, code or family, in lists or repeated."""
    assert run("check", "--ignore", "invalid-action", "bad.json").code == 0
    assert run("check", "--ignore", "missing-action,INVALID_ACTION", "bad.json").code == 0
    assert run("check", "--ignore", "action", "bad.json").code == 0
    assert run("check", "--select", "missing-action", "bad.json").code == 0
    assert run("check", "--select", "missing-action", "--select", "invalid_action", "bad.json").code == 1


def test_an_unknown_rule_is_a_mistake(run: Run, good: Path) -> None:
    """A misspelt rule fails at once instead of checking less than was meant."""
    outcome = run("check", "--ignore", "invalid-actoin", "good.json")

    assert outcome.code == 2
    assert outcome.err == "error: there is no rule `invalid-actoin`\n  help: did you mean `invalid-action`?\n"


def test_a_retired_check_is_ignored_with_a_note_and_not_selected(run: Run, good: Path) -> None:
    """A configuration that still ignores a retired check works and is told; `--quiet` is quiet about it."""
    noted = run("check", "--ignore", "SCP_SYNTAX_ERROR_NOTRESOURCE", "good.json")
    quiet = run("check", "--quiet", "--ignore", "SCP_SYNTAX_ERROR_NOTRESOURCE", "good.json")
    selected = run("check", "--select", "SCP_SYNTAX_ERROR_NOTRESOURCE", "good.json")

    assert (0, "") == (noted.code, noted.out)
    assert noted.err.startswith("note: --ignore scp-syntax-error-notresource has no effect")
    assert (0, "", "") == (quiet.code, quiet.out, quiet.err)
    assert selected.code == 2
    assert "`jfml-policies explain scp-syntax-error-notresource` tells more" in selected.err


def test_fail_on_draws_the_line(run: Run, monkeypatch: pytest.MonkeyPatch, good: Path) -> None:
    """Findings milder than `--fail-on` are shown and don't fail; `--exit-zero` never fails."""
    from jfml_policies.findings import Finding
    from jfml_policies.linter import LintResult

    found = LintResult((Finding("CODE", "suggestion", "better so"),), None, is_policy=True)
    monkeypatch.setattr("jfml_policies.linter.look.lint_text", lambda *_, **__: found)

    assert run("check", "good.json").code == 0
    assert "better so" in run("check", "good.json").out
    assert run("check", "--fail-on", "suggestion", "good.json").code == 1
    assert run("check", "--fail-on", "suggestion", "--exit-zero", "good.json").code == 0


def test_exit_zero_does_not_hide_failures(run: Run) -> None:
    """A file that can't be read is a failure even then."""
    assert run("check", "--exit-zero", "nope.json").code == 2


def test_unsafe_fixes_are_made_on_request_only(run: Run, good: Path, bad: Path) -> None:
    """--fix leaves unsafe fixes alone; with --unsafe-fixes the file is mended and its other bytes stay."""
    before = bad.read_bytes()

    assert run("check", "--fix", "bad.json").code == 1
    assert bad.read_bytes() == before
    assert (0, "", "made 1 fix\n") == run("check", "--fix", "--unsafe-fixes", "bad.json")
    assert bad.read_bytes() == good.read_bytes()


def test_fixes_keep_line_ends_marks_links_and_permissions(run: Run, tmp_path: Path) -> None:
    """CRLF, byte order mark, a link to the file and its permissions survive a fix."""
    target = tmp_path / "target.json"
    target.write_bytes(b"\xef\xbb\xbf" + BAD.replace(", ", ",\r\n").encode())
    target.chmod(0o640)
    (tmp_path / "link.json").symlink_to(target)
    run("check", "--fix", "--unsafe-fixes", "link.json")

    assert target.read_bytes() == b"\xef\xbb\xbf" + GOOD.replace(", ", ",\r\n").encode()
    assert (tmp_path / "link.json").is_symlink()
    assert target.stat().st_mode & 0o777 == 0o640
    assert ["link.json", "target.json"] == sorted(path.name for path in tmp_path.iterdir())


def test_diff_shows_and_changes_nothing(run: Run, bad: Path) -> None:
    """--diff prints what --fix would change, says what would remain, and fails while there is something to change."""
    before = bad.read_bytes()
    outcome = run("check", "--diff", "--unsafe-fixes", "bad.json")

    assert (1, "would make 1 fix\n") == (outcome.code, outcome.err)
    assert outcome.out.startswith("--- bad.json\n+++ bad.json\n@@ -1,6 +1,6 @@\n {\n")
    assert '\n-    {"Sid": "Read", "Effect": "Allow", "Action": "s3:GetObjct"' in outcome.out
    assert '\n+    {"Sid": "Read", "Effect": "Allow", "Action": "s3:GetObject"' in outcome.out
    assert bad.read_bytes() == before
    assert (1, "", CLOSING) == run("check", "--diff", "bad.json")


def test_standard_input_is_mended_to_standard_output(run: Run) -> None:
    """With --fix the mended text of all documents comes out, changed or not, and findings do not mix with it."""
    outcome = run("check", "--fix", "--unsafe-fixes", "-", stdin=(BAD + GOOD).encode())

    assert (0, GOOD + GOOD, "made 1 fix\n") == outcome
    assert (1, BAD) == run("check", "--fix", "-", stdin=BAD.encode())[:2]


def test_a_fix_that_cannot_be_written_is_a_failure(run: Run, bad: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The old content stays, and the code is 2."""

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    before = bad.read_bytes()
    monkeypatch.setattr("os.replace", refuse)
    outcome = run("check", "--fix", "--unsafe-fixes", "bad.json")

    assert (2, "", "error: bad.json: cannot be written: No space left on device\nmade 1 fix\n") == outcome
    assert bad.read_bytes() == before
    assert [bad] == list(bad.parent.iterdir())


def test_statistics_count_by_rule(run: Run, bad: Path) -> None:
    """--statistics replaces the list, and goes with formats for people only."""
    assert (1, "1  error  invalid-action\n", CLOSING) == run("check", "--statistics", "bad.json")
    assert run("check", "--statistics", "--output-format", "json", "bad.json").code == 2


def test_json_counts_what_was_passed_over(run: Run, tmp_path: Path, bad: Path) -> None:
    """The summary knows checked, skipped and failed files."""
    (tmp_path / "package.json").write_text("{}")
    shown = json.loads(run("check", ".", "nope.json", "--output-format", "json").out)

    assert shown["findings"][0]["file"] == "bad.json"
    assert [1, 1, 1] == [shown["summary"][f"files_{what}"] for what in ("checked", "skipped", "failed")]


def test_sarif_describes_every_rule(run: Run, good: Path) -> None:
    """A clean run is a log too, with all rules and their help."""
    from jfml_policies.linter.registry import all_rules

    (described,) = json.loads(run("check", "good.json", "--output-format", "sarif").out)["runs"]

    assert len(all_rules()) == len(described["tool"]["driver"]["rules"])
    assert all(rule["help"]["markdown"] for rule in described["tool"]["driver"]["rules"])


def test_the_format_does_not_change_the_code(run: Run, good: Path, bad: Path) -> None:
    """Every format gives 1 for findings and 0 for none."""
    for form in ("full", "concise", "json", "sarif", "github", "markdown"):
        assert run("check", "bad.json", "--output-format", form).code == 1
        assert run("check", "good.json", "--output-format", form).code == 0


def test_another_catalogue(run: Run, tmp_path: Path, good: Path) -> None:
    """A catalogue that is missing or damaged is one clear line."""
    (tmp_path / "x.catalog").write_text("nonsense")

    assert run("check", "--catalog", "nope", "good.json").code == 2
    assert run("check", "--catalog", "x.catalog", "good.json").err.startswith("error: ")


def test_every_code_that_is_reported_can_be_explained(run: Run, tmp_path: Path) -> None:
    """Findings that come before any rule runs have a page as well."""
    for text in ("{", " " * 3_000_000, '{"a": 1, "a": 2}'):
        (tmp_path / "x.json").write_text(text)
        for finding in json.loads(run("check", "x.json", "--output-format", "json").out)["findings"]:
            assert run("explain", finding["rule"]).code == 0


def test_dates_are_judged_as_on_a_day(run: Run, good: Path) -> None:
    """A date is past by the present day, or by the day that --today names; a wrong day is told at once."""
    dated = good.read_text(encoding="utf-8").replace(
        '"Resource"', '"Condition": {"DateLessThan": {"aws:CurrentTime": "2020-01-01"}}, "Resource"', 1
    )
    good.write_text(dated, encoding="utf-8")

    assert 1 == run("check", "good.json").code
    assert 0 == run("check", "--today", "2019-12-31", "good.json").code
    assert 1 == run("check", "--today=2020-01-02", "good.json").code
    assert 2 == run("check", "--today", "tomorrow", "missing.json").code
    assert "`tomorrow` is not a day" in run("check", "--today", "tomorrow", "missing.json").err


PLAN = {
    "terraform_version": "1",
    "planned_values": {
        "root_module": {
            "resources": [
                {
                    "address": "aws_iam_policy.p",
                    "mode": "managed",
                    "type": "aws_iam_policy",
                    "values": {
                        "policy": '{"Version": "2012-10-17", "Statement": '
                        '{"Effect": "Allow", "Resource": "*", "Action": "s3:GetObjct"}}',
                        "comment": "hunter2",
                    },
                }
            ]
        }
    },
}


@pytest.mark.parametrize("flags", [(), ("--fix",), ("--fix", "--unsafe-fixes"), ("--diff",)])
def test_what_stands_beside_policies_of_a_plan_is_never_shown(run: Run, tmp_path: Path, flags: tuple[str, ...]) -> None:
    """Whatever is asked for; and a plan is not mended, as a program makes it."""
    text = json.dumps(PLAN)
    (tmp_path / "plan.json").write_text(text)

    outcome = run("check", *flags, "plan.json")

    assert "hunter2" not in outcome.out + outcome.err
    assert text == (tmp_path / "plan.json").read_text()


def test_a_template_that_can_not_be_written_is_told(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also below a folder, where files that are none of ours are passed over."""
    document = {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObjct", "Resource": "*"}}
    policy = {"Type": "AWS::IAM::ManagedPolicy", "Properties": {"PolicyDocument": document}}
    (tmp_path / "t.json").write_text(json.dumps({"Resources": {"P": policy}}))

    def refuse(path: str, data: bytes) -> None:
        raise InputError("permission denied", file=path)

    monkeypatch.setattr("jfml_policies.cli.writing.replace_file", refuse)
    outcome = run("check", "--fix", "--unsafe-fixes", ".")

    assert (2, True) == (outcome.code, "t.json: permission denied" in outcome.err)

"""A team's first days: after one bad change exactly that is reported, at its place, in every format."""

from __future__ import annotations

import html
import json
import re
import runpy
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import pytest

#: (the file that somebody changes, the misspelt action in it)
CHANGES = {
    "template": ("template.yaml", "s3:ListBuckett"),
    "reader": ("policies/reader.json", "s3:ListBuckett"),
    "plan": ("plan.json", "s3:PutObjectt"),
}
#: A finding in a report: file, line, rule.
Place = tuple[str, int, str]


@pytest.fixture(scope="module")
def adopted(tmp_path_factory: pytest.TempPathFactory, root: Path) -> tuple[Path, str]:
    """The folder that the example leaves, and what it printed."""
    folder = tmp_path_factory.mktemp("adopted") / "new"
    done = subprocess.run(
        [sys.executable, str(root / "examples" / "06_adopt_in_a_repository.py"), str(folder)],
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(root / "src"), "HOME": str(folder)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )
    assert 0 == done.returncode, done.stdout
    return folder, done.stdout


def in_text(text: str) -> list[Place]:
    """Findings of the format `full`."""
    return [
        (file, int(line), rule)
        for file, line, rule in re.findall(r"^(\S+?):(\d+):\d+: \S+\[(\S+)\]: ", text, re.MULTILINE)
    ]


def in_sarif(text: str) -> list[Place]:
    """Findings of a SARIF log that nothing suppresses."""
    found = []
    for result in json.loads(text)["runs"][0]["results"]:
        if not result.get("suppressions"):
            place = result["locations"][0]["physicalLocation"]
            found.append((place["artifactLocation"]["uri"], place["region"]["startLine"], result["ruleId"]))
    return found


def in_annotations(text: str) -> list[Place]:
    """Findings that GitHub shows at a line."""
    pattern = r"^::\w+ title=jfml-policies ([\w-]+),file=([^,]+),line=(\d+),"
    assert len(text.splitlines()) == len(re.findall(pattern, text, re.MULTILINE))
    return [(file, int(line), rule) for rule, file, line in re.findall(pattern, text, re.MULTILINE)]


def in_code_quality(text: str) -> list[Place]:
    """Findings of GitLab's report."""
    return [(one["location"]["path"], one["location"]["lines"]["begin"], one["check_name"]) for one in json.loads(text)]


def in_test_results(text: str) -> list[Place]:
    """Cases that failed."""
    return [
        (case.attrib["file"], int(case.attrib["line"]), failure.attrib["type"])
        for case in ET.fromstring(text).iter("testcase")  # noqa: S314  our own
        for failure in case.iter("failure")
    ]


def in_markdown(text: str) -> list[Place]:
    """Rows of the tables, by the file above them."""
    found, file = [], ""
    for line in text.splitlines():
        if match := re.match(r"<summary><code>(.*)</code>", line):
            file = html.unescape(match[1])
        elif row := re.match(r"\| (\d+):\d+ \| [^|]+ \| `([\w-]+)` \|", line):
            found.append((file, int(row[1]), row[2]))
    return found


def in_json(text: str) -> list[Place]:
    """Findings for programs."""
    return [(one["file"], one["line"], one["rule"]) for one in json.loads(text)["findings"]]


def in_page(text: str) -> list[Place]:
    """Findings of the page for a browser."""
    pattern = (
        r'<article class="finding.*?<p class="where"><span><code[^>]*>(.*?)</code>.*?<figcaption>(.*?)</figcaption>'
    )
    found = []
    for rule, caption in re.findall(pattern, text, re.DOTALL):
        file, line, _ = re.sub(r"<[^>]*>", "", caption).rsplit(":", 2)
        found.append((html.unescape(file), int(line), rule))
    assert len(found) == text.count("<article ")
    return found


READERS: dict[str, tuple[str, Callable[[str], list[Place]]]] = {
    "full": ("txt", in_text),
    "sarif": ("sarif", in_sarif),
    "github": ("github.txt", in_annotations),
    "gitlab": ("gitlab.json", in_code_quality),
    "junit": ("xml", in_test_results),
    "markdown": ("md", in_markdown),
    "html": ("html", in_page),
    "json": ("json", in_json),
}


@pytest.fixture(scope="module")
def changes(root: Path) -> dict[str, tuple[str, str]]:
    """The texts that the example changes, old and new, by file."""
    made = runpy.run_path(str(root / "examples" / "06_adopt_in_a_repository.py"))["CHANGES"]
    return {file: (old, new) for file, old, new in made}


@pytest.fixture
def place(adopted: tuple[Path, str], changes: dict[str, tuple[str, str]], change: str) -> Place:
    """Where the bad change stood, by the file, in which the example has taken it back."""
    file, action = CHANGES[change]
    text = (adopted[0] / "repository" / file).read_text(encoding="utf-8")
    assert 1 == text.count(changes[file][0])
    before, found, after = text.replace(*changes[file]).partition(action)
    assert found
    assert action not in after
    return file, before.count("\n") + 1, "invalid-action"


def test_the_day_after_adoption_is_green(adopted: tuple[Path, str]) -> None:
    """Old findings are in the baseline, at least one for each kind of file, and fail nothing."""
    folder, said = adopted
    baseline = json.loads((folder / "repository" / ".jfml-policies-baseline.json").read_text(encoding="utf-8"))

    assert {"template.yaml", "policies/reader.json", "plan.json"} == {one["file"] for one in baseline["findings"]}
    assert "# the next day\nthe pipeline: exit code 0\n" in said


@pytest.mark.parametrize("change", CHANGES)
def test_the_hook_stops_the_bad_change(adopted: tuple[Path, str], change: str, place: Place) -> None:
    """The commit is refused, with the place of the mistake, and the pipeline would fail as well."""
    part = adopted[1].partition(f"# a bad change in {CHANGES[change][0]}\n")[2].partition("\n# ")[0]

    assert {place} == set(in_text(part))
    assert "the hook: the commit is stopped" in part
    assert "the pipeline: exit code 1" in part


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize("change", CHANGES)
def test_exactly_the_bad_change_is_reported(adopted: tuple[Path, str], change: str, name: str, place: Place) -> None:
    """One new finding, of its rule, in its file, at its line, although old findings have moved."""
    ending, places = READERS[name]
    report = (adopted[0] / "reports" / change / f"report.{ending}").read_text(encoding="utf-8")

    assert [place] == places(report)

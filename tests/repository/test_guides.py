"""Guides die when what they name is gone; so it is looked up."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

GUIDES = (
    "README.md",
    "CONTRIBUTING.md",
    "docs/architecture.md",
    "docs/configuration.md",
    "docs/editors.md",
    "docs/in_your_pipeline.md",
    "docs/large_inputs.md",
    "docs/least_privilege.md",
    "docs/reports.md",
    "benchmarks/README.md",
    "examples/README.md",
)
#: A guide writes `<name>` where the reader puts a name of their own.
PLACEHOLDER = re.compile(r"[<>{}*]|\bNAME\b|\bFILE\b")


def top_level_names(root: Path) -> set[str]:
    """Names in the repository's root, by which a path in a guide is told from other code."""
    return {path.name for path in root.iterdir()} - {".git"}


def named_paths(text: str, names: set[str]) -> set[str]:
    """The paths from the root that a guide names in backticks."""
    words = (word.rstrip("/") for quoted in re.findall(r"`([^`\n]+)`", text) for word in quoted.split())
    return {word for word in words if word.partition("/")[0] in names and not PLACEHOLDER.search(word)}


def linked_paths(text: str) -> set[str]:
    """The targets of a guide's links that point into the repository."""
    targets = re.findall(r"\]\(([^)\s]+)\)", text)
    return {target.partition("#")[0] for target in targets if not re.match(r"[a-z]+:|#", target)}


@pytest.mark.parametrize("guide", GUIDES)
def test_paths_in_guides_exist(guide: str, root: Path) -> None:
    """Every path that a guide names or links is there."""
    text = (root / guide).read_text(encoding="utf-8")
    missing = {path for path in named_paths(text, top_level_names(root)) if not (root / path).exists()}
    missing |= {path for path in linked_paths(text) if not ((root / guide).parent / path).exists()}

    assert set() == missing


def test_a_missing_path_would_be_noticed(root: Path) -> None:
    """The reader of guides sees paths in backticks and in links, and passes over placeholders and addresses."""
    text = "See `src/gone.py`, `tests/<room>/test_<name>.py` and `json.loads` ([this](docs/gone.md#a), [that](https://a/b))."

    assert {"src/gone.py"} == named_paths(text, top_level_names(root))
    assert {"docs/gone.md"} == linked_paths(text)


def test_guides_and_makefile_name_the_same_verbs(root: Path) -> None:
    """CONTRIBUTING tells every verb of the Makefile, the Makefile's help too, and no guide tells another."""
    makefile = (root / "Makefile").read_text(encoding="utf-8")
    phony = set(re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)[1].split())  # type: ignore[index]
    explained = set(re.findall(r"^([a-z]+):.*## ", makefile, re.MULTILINE))
    verbs = {
        guide: set(re.findall(r"^(?:\$ |.*`)make ([a-z]+)", (root / guide).read_text(encoding="utf-8"), re.MULTILINE))
        for guide in GUIDES
    }

    assert phony == explained
    assert phony == verbs["CONTRIBUTING.md"]
    assert all(found <= phony for found in verbs.values())


def test_every_room_stands_in_the_architecture(root: Path) -> None:
    """Each folder and module at the package's top has its line on the page that explains the house."""
    page = (root / "docs" / "architecture.md").read_text(encoding="utf-8")
    package = root / "src" / "jfml_policies"
    rooms = {f"{path.name}/" for path in package.iterdir() if (path / "__init__.py").is_file()}
    rooms |= {path.name for path in package.glob("*.py") if not path.name.startswith("__")}

    assert set() == {room for room in rooms if not re.search(rf"(?<![\w/]){re.escape(room)}", page)}

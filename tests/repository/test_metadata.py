from __future__ import annotations

import importlib.metadata
import re
import tomllib
from pathlib import Path

import jfml_policies
from jfml_policies._version import __version__

DISTRIBUTION = importlib.metadata.distribution("jfml-policies")


def test_the_version_has_one_source() -> None:
    """The installed distribution and the package tell the version that `_version.py` states."""
    assert __version__ == DISTRIBUTION.version
    assert __version__ == jfml_policies.__version__


def test_the_changelog_begins_with_this_version(root: Path) -> None:
    """The newest entry of the changelog is about the version in the tree."""
    headings = re.findall(r"^## (\S+)", (root / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)

    assert __version__ == headings[0]


def test_run_time_requirements_stay_few() -> None:
    """A plain installation brings pydantic and jsonschema and nothing else of its own."""
    plain = {
        re.split(r"[^A-Za-z0-9-]", requirement, maxsplit=1)[0]
        for requirement in DISTRIBUTION.requires or ()
        if "extra ==" not in requirement
    }

    assert {"jsonschema", "pydantic"} == plain


def test_the_licence_is_named_and_shipped(root: Path) -> None:
    """The metadata name the licence by its SPDX expression, and the text is that licence in full."""
    text = (root / "LICENSE").read_text(encoding="utf-8")

    assert "Apache-2.0" == DISTRIBUTION.metadata["License-Expression"]
    assert ["LICENSE"] == DISTRIBUTION.metadata.get_all("License-File")
    assert "Version 2.0, January 2004" in text
    assert "END OF TERMS AND CONDITIONS" in text


def test_the_package_says_that_it_is_typed(root: Path) -> None:
    """Type checkers of users find the marker file."""
    assert (root / "src" / "jfml_policies" / "py.typed").is_file()


def test_the_console_script_resolves() -> None:
    """`jfml-policies` names something that can be called."""
    script = next(entry for entry in DISTRIBUTION.entry_points if entry.name == "jfml-policies")

    assert callable(script.load())


def test_every_ignored_lint_rule_has_its_reason(root: Path) -> None:
    """No rule is switched off in silence: each line of an ignore list ends in a comment."""
    text = (root / "pyproject.toml").read_text(encoding="utf-8")
    ignored = tomllib.loads(text)["tool"]["ruff"]["lint"]["ignore"]
    explained = re.findall(r'^    "([A-Z]+\d+)",\s+# \S', text, re.MULTILINE)

    assert ignored
    assert set(ignored) <= set(explained)

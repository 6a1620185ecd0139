from __future__ import annotations

import pytest

from jfml_policies.linter.configuration.file_globs import FileGlob


@pytest.mark.parametrize(
    ("pattern", "path", "expected"),
    [
        ("trust.json", "trust.json", True),
        ("trust.json", "a/b/trust.json", True),
        ("*.json", "a/b/trust.json", True),
        ("a", "a/b/trust.json", True),
        ("b/", "a/b/trust.json", True),
        ("./a/b", "a/b/trust.json", True),
        ("/b", "a/b/trust.json", False),
        ("b/trust.json", "a/b/trust.json", False),
        ("**/trust.json", "trust.json", True),
        ("a/**/trust.json", "a/trust.json", True),
        ("a/**/trust.json", "a/b/c/trust.json", True),
        ("a/*/trust.json", "a/b/c/trust.json", False),
        ("a/**", "a/trust.json", True),
        ("a/**", "b/a/trust.json", False),
        ("**", "anything/at.all", True),
        ("tr?st.json", "trust.json", True),
        ("tr?st.json", "tr/st.json", False),
        ("Trust.json", "trust.json", False),
        ("**/*a*a*a*a*a*a*a*b", "/".join(["a" * 200] * 50), False),
        ("**/" * 200 + "x", "/".join(["a"] * 500), False),
    ],
)
def test_patterns_fit_what_the_page_says(pattern: str, path: str, expected: bool) -> None:
    """Names count at any depth, paths from the folder, and a folder stands for what is below it."""
    assert expected == FileGlob(pattern, "/repo").matches(f"/repo/{path}")


@pytest.mark.parametrize("path", ["-", "/other/trust.json", "/repository/trust.json"])
def test_nothing_outside_fits(path: str) -> None:
    """A pattern is about files below its folder, so never about standard input."""
    assert not FileGlob("**", "/repo").matches(path)


def test_the_root_is_a_folder_too() -> None:
    """Patterns of a file in the root of the file system count from there."""
    assert FileGlob("a/*.json", "/").matches("/a/x.json")


@pytest.mark.parametrize("pattern", ["../x", "a/../b", "", "/", "."])
def test_patterns_that_fit_nothing_are_faults(pattern: str) -> None:
    """What can't be meant is said to be wrong."""
    assert FileGlob.fault(pattern) is not None

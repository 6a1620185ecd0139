from __future__ import annotations

import pytest

from jfml_policies.report.file_name import below


@pytest.mark.parametrize(
    ("file", "root", "expected"),
    [
        ("/work/a.json", "/work", "a.json"),
        ("/work/a.json", "/work/", "a.json"),
        ("/workshop/a.json", "/work", "/workshop/a.json"),
        ("/work/a.json", "", "/work/a.json"),
        ("/a.json", "/", "a.json"),
        ("../a.json", "/work", "../a.json"),
        ("C:/work/a.json", "C:/work", "a.json"),
        ("-", "/work", "-"),
    ],
)
def test_names_from_the_root(file: str, root: str, expected: str) -> None:
    """Only what lies below the root is named from there."""
    assert expected == below(file, root)

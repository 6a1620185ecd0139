from __future__ import annotations

from check_distribution import wheel_problems

PACKAGE = {"jfml_policies/__init__.py", "jfml_policies/py.typed"}
LICENCE = "jfml_policies-1.0.dist-info/licenses/LICENSE"


def test_a_complete_wheel_has_no_problems() -> None:
    """The package's files and the distribution's own metadata are all that a wheel should hold."""
    assert [] == wheel_problems(PACKAGE | {LICENCE, "jfml_policies-1.0.dist-info/METADATA"}, PACKAGE)


def test_what_is_missing_or_too_much_is_named() -> None:
    """A lost data file, a stray file and a lost licence get one line each."""
    names = {"jfml_policies/__init__.py", "tests/test_stray.py", "jfml_policies-1.0.dist-info/METADATA"}

    assert [
        "missing: jfml_policies/py.typed",
        "not expected: tests/test_stray.py",
        "missing: the licence",
    ] == wheel_problems(names, PACKAGE)

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jfml_policies.findings import Span
from jfml_policies.patterns.variables import (
    Escape,
    Text,
    Token,
    Variable,
    VariableProblem,
    Wildcard,
    parse_variables,
    to_glob,
    to_text,
)


def test_parts() -> None:
    """Literal text, wildcards, variables and escapes are told apart, each with its place."""
    read = parse_variables("a*${aws:username}${*}?${k, 'd e'}$")

    assert read.parts == (
        Text("a", Span(0, 1)),
        Wildcard("*", Span(1, 2)),
        Variable("aws:username", None, Span(2, 17)),
        Escape("*", Span(17, 21)),
        Wildcard("?", Span(21, 22)),
        Variable("k", "d e", Span(22, 33)),
        Text("$", Span(33, 34)),
    )
    assert read.problems == ()
    assert [variable.key for variable in read.variables] == ["aws:username", "k"]


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("x${aws:username", [("missing-brace", 1, 15)]),
        ("${", [("missing-brace", 0, 2)]),
        ("${a/${b}", [("missing-brace", 0, 4)]),
        ("${k, 'd", [("missing-brace", 0, 7)]),
        ("${k, d}", [("missing-quote", 0, 7)]),
        ("${k, 'd}", [("missing-quote", 0, 8)]),
        ("${k, d'}", [("missing-quote", 0, 8)]),
        ("${k,}", [("missing-quote", 0, 5)]),
        ("${k, 'd' e}", [("text-after-default", 0, 11)]),
        ("${ aws:username}", [("space-in-name", 0, 16)]),
        ("${a b, 'd'}", [("space-in-name", 0, 11)]),
        ("${}", [("empty", 0, 3)]),
        ("${ }", [("empty", 0, 4)]),
        ("${, 'd'}", [("empty", 0, 8)]),
        ("${k,'d'}${k , 'd'}", [("space-in-name", 8, 18)]),
        ("$ {k} $k }", []),
        ("${k, ''}", []),
    ],
)
def test_problems(text: str, problems: list[tuple[str, int, int]]) -> None:
    """Each fault of a variable is data with its place, and the variable is then literal text."""
    read = parse_variables(text)

    assert problems == [(problem.code, problem.span.start, problem.span.end) for problem in read.problems]


@given(st.text("${}*?',ab ", max_size=20), st.booleans())
def test_parts_cover_the_text(text: str, enabled: bool) -> None:
    """Whatever the text, its parts follow each other without gaps and stand where they say."""
    read = parse_variables(text, enabled=enabled)
    ends = [0, *(part.span.end for part in read.parts)]

    assert ends[:-1] == [part.span.start for part in read.parts]
    assert ends[-1] == len(text)
    for part in read.parts:
        there = text[part.span.start : part.span.end]
        if isinstance(part, Text):
            assert there == part.text
        elif isinstance(part, Wildcard):
            assert there == part.character
        else:
            assert enabled
            assert there.startswith("${")
            assert there.endswith("}")
    for problem in read.problems:
        assert isinstance(problem, VariableProblem)
        assert text.startswith("${", problem.span.start)


def test_old_versions_have_no_variables() -> None:
    """Where variables are not enabled, `${...}` is text, and a `*` in it is a wildcard."""
    read = parse_variables("${*}${k}", enabled=False)

    assert read.parts == (Text("${", Span(0, 2)), Wildcard("*", Span(2, 3)), Text("}${k}", Span(3, 8)))


def test_values_are_literal() -> None:
    """A wildcard in a value or a default is an ordinary character."""
    parts = parse_variables("home/${aws:UserName, '?'}/*").parts
    glob, default = to_glob(parts, {"aws:username": "a*"}), to_glob(parts, {})

    assert glob is not None
    assert [glob.matches(text) for text in ("home/a*/x", "home/ab/x")] == [True, False]
    assert default is not None
    assert [default.matches(text) for text in ("home/?/x", "home/a/x")] == [True, False]
    assert "home/a*/*" == to_text(parts, {"aws:username": "a*"})


def test_absent_values() -> None:
    """A variable without value and default matches nothing; without any knowledge of the request it is a `*`."""
    read = parse_variables("home/${aws:username}")

    assert read.to_glob({}) is None
    assert read.to_glob({"aws:username": None}) is None
    assert to_text(read.parts, {}) is None
    assert "home/*" == str(read.to_glob())


def test_escapes_are_literal() -> None:
    """`${*}`, `${?}` and `${$}` stand for the character itself."""
    glob = parse_variables("${*}${?}${$}").to_glob({})

    assert glob is not None
    assert glob.is_literal
    assert glob.matches("*?$")
    assert not glob.matches("ab$")


def test_tokens_could_be_anything() -> None:
    """A value that only deployment knows becomes `*`, and has no text."""
    parts = (Text("arn:aws:s3:::", Span(0, 13)), Token("${var.bucket}", Span(13, 26)), Text("/x", Span(26, 28)))

    assert "arn:aws:s3:::*/x" == str(to_glob(parts, {}))
    assert to_text(parts, {}) is None


def test_many_open_variables() -> None:
    """A hundred thousand unclosed variables are read in one pass."""
    assert len(parse_variables("${a,'" * 100_000).problems) == 100_000

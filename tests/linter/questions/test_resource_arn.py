from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from jfml_policies.linter.questions.resource_arn import as_pattern, is_everything, resource_arn
from jfml_policies.patterns.arn import Arn

FIELDS = st.text(alphabet="ab*?-/", max_size=4)
VARIABLES = st.sampled_from(["${aws:username}", "${aws:PrincipalTag/a, 'b:c'}", "${*}", ""])


@given(st.lists(st.tuples(FIELDS, VARIABLES), min_size=5, max_size=5), st.sampled_from(["", ":x", ":${aws:userid}"]))
def test_fields_are_cut_outside_variables(parts: list[tuple[str, str]], rest: str) -> None:
    """An ARN is cut at its first five colons that stand in no variable, and writes itself again."""
    fields = [text + variable for text, variable in parts]
    fields[-1] += rest

    arn = resource_arn(":".join(["arn", *fields]))

    assert Arn(*fields) == arn
    assert ":".join(["arn", *fields]) == str(arn)


@given(st.text(alphabet="arn:${}*", max_size=20))
def test_any_text_has_an_answer(text: str) -> None:
    """Every text is an ARN of six fields or none; nothing is raised."""
    arn = resource_arn(text)

    assert arn is None or str(arn) == text


def test_a_variable_becomes_a_star() -> None:
    """As a pattern a variable, also one that is never closed, may be anything."""
    assert "a/*/*" == as_pattern("a/${aws:username}/*")
    assert "a/*" == as_pattern("a/${aws:username")


def test_only_stars_are_everything() -> None:
    """`**` says the same as `*`; nothing at all does not."""
    assert [True, True, False, False] == [is_everything(text) for text in ("*", "**", "", "*?")]

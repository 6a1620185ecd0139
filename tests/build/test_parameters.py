"""Problems of parameters as lines for people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

import pytest
from pydantic import AfterValidator, BeforeValidator, ValidationError

from jfml_policies.build.parameters import Parameters, checked_by, list_of_at_most
from jfml_policies.errors import ParameterError


def _even(text: str) -> str | None:
    return None if len(text) % 2 == 0 else f"`{text}` is odd"


class Sample(Parameters):
    word: Annotated[str, AfterValidator(checked_by(_even))]
    words: Annotated[
        tuple[Annotated[str, AfterValidator(checked_by(_even))], ...],
        BeforeValidator(list_of_at_most(3)),
    ] = ()
    mode: Literal["slow", "fast"] = "slow"
    loud: bool = False

    @classmethod
    def disagreements(cls, right: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        if right.get("loud") and right.get("mode") == "slow":
            yield "loud", "slow cannot be loud"
        for word in right.get("words", ()):
            if len(word) > 4:
                yield "words", f"`{word}` is long"


def problems_of(given: Mapping[str, object]) -> tuple[str, ...]:
    with pytest.raises(ParameterError) as caught:
        Sample.of(given)
    return caught.value.problems


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({}, "word: is missing"),
        ({"word": None}, "word: must be text, not nothing"),
        ({"word": 12}, "word: must be text, not a number"),
        ({"word": True}, "word: must be text, not true or false"),
        ({"word": ["ab"]}, "word: must be text, not a list"),
        ({"word": {"a": 1}}, "word: must be text, not an object"),
        ({"word": b"ab"}, "word: must be text, not a value of another kind"),
        ({"word": "abc"}, "word: `abc` is odd"),
        ({"word": "\ud800a"}, "word: `\\ud800a` is not valid Unicode text"),
        ({"word": "ab", "words": "ab"}, "words: must be a list, not text"),
        ({"word": "ab", "words": ["ab", 7]}, "words: item 2 must be text, not a number"),
        ({"word": "ab", "words": ["ab"] * 4}, "words: has more than 3 items"),
        ({"word": "ab", "mode": "Fast"}, "mode: must be `slow` or `fast`, not `Fast`"),
        ({"word": "ab", "mode": 1}, "mode: must be `slow` or `fast`, not a number"),
        ({"word": "ab", "loud": "yes"}, "loud: must be true or false, not text"),
        ({"word": "ab", "laud": True}, "`laud` is not a parameter; did you mean `loud`"),
        ({"word": "ab", "zzzzzz": True}, "`zzzzzz` is not a parameter"),
        ({"word": "ab", "loud": True}, "loud: slow cannot be loud"),
    ],
)
def test_each_kind_of_problem_has_its_line(given: Mapping[str, object], problem: str) -> None:
    """Types, choices, lists, unknown names and contradictions read as sentences, without class names."""
    assert problems_of(given) == (problem,)


def test_all_problems_come_at_once_in_the_models_order() -> None:
    """Wrong values do not hide contradictions, not even those of the right items of a list with wrong ones."""
    problems = problems_of({"other": 1, "loud": True, "words": ["abc", "abcdef"], "word": 5})

    assert problems == (
        "word: must be text, not a number",
        "words: `abc` is odd",
        "words: `abcdef` is long",
        "loud: slow cannot be loud",
        "`other` is not a parameter",
    )


def test_a_model_built_directly_is_checked_too() -> None:
    """Pydantic's own way in refuses contradictions, with pydantic's own error."""
    with pytest.raises(ValidationError, match="slow cannot be loud"):
        Sample(word="ab", loud=True)


def test_a_list_of_a_million_wrong_items_gets_a_bounded_answer() -> None:
    """Only the limit is told, of names as of list items."""
    assert problems_of({"word": "ab", "words": ["abc"] * 1_000_000}) == ("words: has more than 3 items",)
    assert len(problems_of({f"name{number}": 1 for number in range(100_000)})) == 1


def test_names_that_are_no_text_get_a_line() -> None:
    """Keys of another type, as YAML allows, are refused like any unknown name."""
    given: Mapping[Any, object] = {"word": "ab", 5: "x"}

    assert len(problems_of(given)) == 1

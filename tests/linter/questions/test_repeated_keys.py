from __future__ import annotations

import pytest

from jfml_policies.linter.questions.repeated_keys import equal_copies
from jfml_policies.text.parse import parse_json


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ('{"a": 1, "a": 1, "a": 1}', [1, 2]),
        ('{"a": 1, "a": 1.0}', []),
        ('{"a": true, "a": "true"}', []),
        ('{"a": null, "a": null}', [1]),
        ('{"a": 1, "a": 2, "a": 1}', []),
        ('{"a": {"b": [1, "x"]}, "c": 0, "a": {"b": [1, "\\u0078"]}}', [2]),
        ('{"a": {"b": 1, "c": 2}, "a": {"c": 2, "b": 1}}', []),
        ('[{"a": [{"b": 1, "b": 1}]}]', [1]),
        ('{"a": 1, "A": 1}', []),
    ],
)
def test_copies_are_equal_in_all_they_say(text: str, places: list[int]) -> None:
    """A copy counts when all values of its key say the same; layout and escapes say nothing, order may."""
    assert places == [place for _, place in equal_copies(parse_json(text))]

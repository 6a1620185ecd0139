from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jfml_policies.errors import UsageError
from jfml_policies.text.edits import apply_edits
from jfml_policies.text.parse import parse_json
from jfml_policies.text.removal import removal_edits
from jfml_policies.text.tree import JsonArray

SPACES = st.sampled_from(["", " ", "\n", "\n    ", "\r\n\t"])


@st.composite
def lists_with_removals(draw: st.DrawFn) -> tuple[str, list[str], list[set[int]], int]:
    """A JSON list in some layout, its texts, two sets of entries to remove, and one that stays."""
    texts = draw(st.lists(st.sampled_from(['"a"', '"b,"', '"]"', '"[\\""', "1"]), min_size=1, max_size=8))
    pieces = [f"{draw(SPACES)}{text}{draw(SPACES)}" for text in texts]
    kept = draw(st.integers(0, len(texts) - 1))
    others = [place for place in range(len(texts)) if place != kept]
    removals = st.sets(st.sampled_from(others)) if others else st.just(set[int]())
    return f"[{','.join(pieces)}]", texts, [draw(removals), draw(removals)], kept


def items_of(text: str) -> tuple[JsonArray, ...]:
    tree = parse_json(text)
    assert isinstance(tree, JsonArray)
    return tree.items  # type: ignore[return-value]


@given(lists_with_removals())
def test_what_is_left_is_the_list_without_the_removed_entries(
    case: tuple[str, list[str], list[set[int]], int],
) -> None:
    """Removing entries leaves JSON that holds the others in their order, whatever the layout."""
    text, texts, (removed, _), kept = case

    result = apply_edits(text, removal_edits(items_of(text), removed, kept=kept))

    assert [json.loads(t) for place, t in enumerate(texts) if place not in removed] == json.loads(result)


@given(lists_with_removals())
def test_two_removals_with_the_same_kept_entry_go_together(
    case: tuple[str, list[str], list[set[int]], int],
) -> None:
    """Edits of two removals never clash when both were made with the same kept entry."""
    text, texts, (one, two), kept = case
    items = items_of(text)

    edits = [*removal_edits(items, one, kept=kept), *removal_edits(items, two, kept=kept)]

    left = [json.loads(t) for place, t in enumerate(texts) if place not in one | two]
    assert left == json.loads(apply_edits(text, edits))


@pytest.mark.parametrize(
    ("text", "removed", "kept", "expected"),
    [
        ('["a", "b"]', [1], 0, '["a"]'),
        ('["a", "b"]', [0], 1, '["b"]'),
        ('[\n  "a",\n  "b",\n  "c"\n]', [0, 2], 1, '[\n  "b"\n]'),
        ('[\n  "a",\n  "b",\n\n  "c"\n]', [1], 0, '[\n  "a",\n\n  "c"\n]'),
        ('[\n  "a"\n, "b"\n]', [1], 0, '[\n  "a"\n]'),
    ],
)
def test_layout_of_the_others_stays(text: str, removed: list[int], kept: int, expected: str) -> None:
    """The characters around the entries that stay are not touched."""
    assert expected == apply_edits(text, removal_edits(items_of(text), removed, kept=kept))


def test_the_kept_entry_is_not_removed() -> None:
    """Asking to remove the kept entry is refused."""
    with pytest.raises(UsageError):
        removal_edits(items_of('["a", "b"]'), [0, 1], kept=1)

"""A shape is written as compact JSON that means the same, with places in the file."""

import json

from hypothesis import given
from hypothesis import strategies as st

from jfml_policies.findings import Span
from jfml_policies.sources.guesses import ROUNDS
from jfml_policies.sources.shape import Choice, Hole, Items, Members, Shape, Word, shape_of
from jfml_policies.sources.variants import Decisions
from jfml_policies.sources.writing import Written, written, written_once
from jfml_policies.text.parse import parse_json

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=12,
)
EITHER = Decisions({}, otherwise=True)


def word(text: str) -> Word:
    return Word((text,), -1, -1)


def texts(shape: Shape) -> list[list[Written]]:
    return [list(group) for group in written(shape, "")]


@given(VALUES, st.booleans())
def test_what_is_known_is_written_as_it_was(value: object, ascii_only: bool) -> None:
    host = json.dumps(value, indent=2, ensure_ascii=ascii_only)

    assert value == json.loads(written_once(shape_of(parse_json(host)), host, EITHER).text)


@given(st.dictionaries(st.text(max_size=6), st.text(max_size=6), max_size=4), st.booleans())
def test_every_string_points_to_itself(value: dict, ascii_only: bool) -> None:
    host = json.dumps(value, indent=2, ensure_ascii=ascii_only)

    once = written_once(shape_of(parse_json(host)), host, EITHER)

    for member in parse_json(once.text).members:  # type: ignore[union-attr]
        place = once.places.host(Span(member.value.start, member.value.end))

        assert member.value.value == json.loads(host[place.start : place.end])  # type: ignore[union-attr]


def test_a_hole_is_written_in_several_ways() -> None:
    shape = Word(("arn:aws:s3:::", Hole("${Bucket}", "name")), 0, 20)

    [group] = texts(shape)

    assert ROUNDS == len({one.text for one in group})


def test_a_message_names_the_hole_instead_of_the_guess() -> None:
    once = written_once(Word(("arn:aws:s3:::", Hole("${Bucket}", "name")), 0, 20), "", EITHER)

    assert "`arn:aws:s3:::${Bucket}`" == once.named(f"`{json.loads(once.text)}`")


def test_one_round_lets_all_holes_be_equal() -> None:
    holes = (Hole("${A}", "account"), Hole("${B}", "account"))

    [group] = texts(Items(tuple([Word((hole,), 0, 1) for hole in holes]), 0, 3))

    assert {1, 2} == {len(set(json.loads(one.text))) for one in group}


def test_a_choice_of_nothing_leaves_its_member_out() -> None:
    shape = Members(((word("a"), Choice("C", word("x"), None)), (word("b"), word("y"))), 0, 1)

    assert [{"a": "x", "b": "y"}, {"b": "y"}] == [json.loads(one.text) for group in texts(shape) for one in group]


def test_the_same_condition_is_decided_alike_everywhere() -> None:
    shape = Items((Choice("C", word("a"), word("b")), Choice("C", word("c"), word("d"))), 0, 1)

    assert [["a", "c"], ["b", "d"]] == [json.loads(one.text) for group in texts(shape) for one in group]


def test_a_branch_is_looked_at_with_and_without_the_others() -> None:
    """Two branches may exclude each other, so a problem of both together is no problem of the template."""
    shape = Items((Choice("A", word("a"), None), Choice("B", word("b"), None)), 0, 1)

    first = texts(shape)[0]

    assert [["a", "b"], ["a"]] == [json.loads(one.text) for one in first]

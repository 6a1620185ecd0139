"""A digest stands for all that a template says of a name, however names refer to each other."""

import json

from hypothesis import given
from hypothesis import strategies as st

from jfml_policies.sources.cloudformation.meanings import Meanings
from jfml_policies.text.parse import parse_json
from jfml_policies.text.tree import JsonObject

NAMES = "ABCDEF"


def meanings(conditions: dict[str, list[str]]) -> Meanings:
    tree = parse_json(json.dumps({"Conditions": {name: {"Fn::Or": used} for name, used in conditions.items()}}))
    assert isinstance(tree, JsonObject)
    return Meanings(tree)


def reached(conditions: dict[str, list[str]], name: str) -> set[str]:
    found: set[str] = set()
    waiting = [name]
    while waiting:
        one = waiting.pop()
        if one in conditions and one not in found:
            found.add(one)
            waiting += conditions[one]
    return found


GRAPHS = st.dictionaries(st.sampled_from(NAMES), st.lists(st.sampled_from(NAMES), max_size=3), min_size=1)


@given(GRAPHS, st.sampled_from(NAMES), st.permutations(NAMES))
def test_a_digest_changes_exactly_where_something_that_is_reached_does(
    graph: dict[str, list[str]], changed: str, asked: list[str]
) -> None:
    old = meanings(graph)
    new = meanings({name: [*used, "changed"] if name == changed else used for name, used in graph.items()})

    for name in asked:
        expected = changed in reached(graph, name)

        assert expected == (old.of_name(name) != new.of_name(name))
        assert (name in graph) == (old.of_name(name) != "")


@given(GRAPHS, st.permutations(NAMES))
def test_the_order_of_questions_does_not_matter(graph: dict[str, list[str]], asked: list[str]) -> None:
    one, other = meanings(graph), meanings(dict(reversed(graph.items())))

    assert {name: other.of_name(name) for name in asked} == {name: one.of_name(name) for name in sorted(asked)}


def test_a_long_chain_is_looked_at_once() -> None:
    chain = {f"N{number}": [f"N{number + 1}"] for number in range(20_000)}

    assert len({*map(meanings(chain).of_name, chain)}) == len(chain)

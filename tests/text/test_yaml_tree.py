"""YAML read as JSON's tree."""

from __future__ import annotations

import json
import sys

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from jfml_policies.errors import InputError, JsonSyntaxError
from jfml_policies.text.tree import JsonArray, JsonObject, to_python
from jfml_policies.text.yaml_tree import parse_yaml

TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20)
VALUES = st.recursive(
    TEXTS | st.booleans() | st.none(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=12,
)


def refusal_of(text: str) -> JsonSyntaxError | None:
    try:
        parse_yaml(text)
    except JsonSyntaxError as error:
        return error
    return None


@given(VALUES)
def test_what_json_writes_is_read_alike(value: object) -> None:
    """JSON is YAML, and both readers take it for the same values."""
    assert value == to_python(parse_yaml(json.dumps(value)))


@given(VALUES)
def test_what_yaml_writes_is_read_back(value: object) -> None:
    """Block style, anchors for what is repeated, and quotes where they are needed."""
    assert value == to_python(parse_yaml(yaml.safe_dump(value, allow_unicode=True)))


@given(st.text(st.sampled_from("ab:-[]{}&*!|>#'\"\n \t,?%@<0"), max_size=40))
@example("a: &x [*x]")
@example("? [a]\n: b")
@example("!!python/object:os.system x")
@example("--- a\n--- b")
@example("\ufeffa: b")
@example("a: 0b")
@example("a: 2024-99-99")
def test_any_text_is_read_or_refused_with_a_place(text: str) -> None:
    """Nothing but our own errors comes out."""
    refused = refusal_of(text)

    assert refused is None or 0 <= refused.offset <= len(text)
    assert "\n" not in str(refused)


def test_values_know_where_they_stood() -> None:
    """Offsets are those of the text, also behind a comment."""
    text = "# a comment\nuses:\n  - bucket: 'acme'\n"
    tree = parse_yaml(text)

    assert isinstance(tree, JsonObject)
    assert text[tree.members[0].key.start :].startswith("uses")
    uses = tree.members[0].value
    assert isinstance(uses, JsonArray)
    (use,) = uses.items
    assert isinstance(use, JsonObject)
    assert text[use.members[0].value.start : use.members[0].value.end] == "'acme'"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: &x [*x]", "line 1 column 8: `*x` stands within what it repeats, so there would be no end"),
        ("a: &x {b: {c: *x}}", "line 1 column 15: `*x` stands within what it repeats, so there would be no end"),
        ("a: *x", "line 1 column 4: there is no `&x` before this"),
        ("a: 1\n---\nb: 2", "line 2 column 1: a second document, where one is read"),
        ("1: a", "line 1 column 1: a name must be text"),
        ("<<: {a: b}", "line 1 column 1: `<<` is not taken"),
        ("a: !!set {b}", "line 1 column 4: the tag `tag:yaml.org,2002:set` is not taken"),
        ("", "line 1 column 1: the file is empty"),
        ("[" * 200, "line 1 column 101: nested deeper than 100 levels"),
        ("a: [1\nb: 2", "line 2 column 2: not YAML: expected ',' or ']', but got ':'"),
    ],
)
def test_what_has_no_meaning_here_is_refused(text: str, message: str) -> None:
    """Each with its place."""
    with pytest.raises(JsonSyntaxError) as caught:
        parse_yaml(text)

    assert message == str(caught.value)


def test_anchors_cannot_blow_a_text_up() -> None:
    """Nine lines that stand for a billion values are refused at once."""
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 10)}]" for level in range(1, 9)]
    with pytest.raises(JsonSyntaxError, match="more than 20,000 values"):
        parse_yaml("\n".join(lines))


def test_dates_are_text_and_numbers_stay_numbers() -> None:
    """An account id without quotes is told of, instead of being guessed at."""
    assert to_python(parse_yaml("[2026-10-27, '7', yes]")) == ["2026-10-27", "7", True]
    assert not isinstance(to_python(parse_yaml("111122223333")), str)


def test_without_pyyaml_the_remedy_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """YAML is an extra."""
    monkeypatch.setitem(sys.modules, "yaml", None)
    with pytest.raises(InputError, match="PyYAML") as caught:
        parse_yaml("a: b")

    assert caught.value.hint == "install `jfml-policies[yaml]`, or write it as JSON"


def test_short_forms_of_a_template_are_taken_as_the_long_ones() -> None:
    text = "a: !Ref B\nb: !Join ['-', [x, !GetAtt R.Arn]]\nc: 111122223333\n"

    assert {
        "a": {"Ref": "B"},
        "b": {"Fn::Join": ["-", ["x", {"Fn::GetAtt": "R.Arn"}]]},
        "c": "111122223333",
    } == to_python(parse_yaml(text, template=True))

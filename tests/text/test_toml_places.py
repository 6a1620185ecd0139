from __future__ import annotations

import tomllib
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from jfml_policies.text.toml_places import toml_places

SAMPLE = """\
# [not.a.table]
ignore = ["a#]", 'b"', [1, 2], # c
  {x = 1, "y z" = {u.v = '''
[no]
'''}}]
"kinds"."scp/**" = "scp" # "k"
long = \"\"\"
x = 1 \\\"\"\" still
\"\"\"
[ tool . 'jfml-policies' ]
day = 2027-01-31
[[tool.jfml-policies.suppressions]]
rule = "r"
[[tool.jfml-policies.suppressions]]
[tool.jfml-policies.suppressions.more]
n = 1.5
"""


def paths_of(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    below = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [one for key, inner in below for one in [(*path, key), *paths_of(inner, (*path, key))]]


def check(text: str) -> None:
    places = toml_places(text)

    for path in paths_of(tomllib.loads(text)):
        key = path[-1]
        assert path in places
        if isinstance(key, str):
            assert text[places[path] :].lstrip("\"'").startswith(key)


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_every_key_and_item_has_its_place(line_end: str) -> None:
    """Whatever way keys, lists and tables are written, each is found where it stands."""
    check(SAMPLE.replace("\n", line_end))
    places = toml_places(SAMPLE)

    assert SAMPLE[places["ignore", 1] :].startswith("'b\"'")
    assert SAMPLE[places["ignore", 3, "y z", "u", "v"] :].startswith("v =")
    assert SAMPLE[places["tool", "jfml-policies", "suppressions", 1, "more", "n"] :].startswith("n = 1.5")


KEYS = st.text("ab-_", min_size=1, max_size=3)
VALUES = st.recursive(
    st.one_of(st.integers(), st.booleans(), st.text('a#]}",=[\n', max_size=5)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(KEYS, inner, max_size=3)),
    max_leaves=8,
)


def written(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {written(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", # ]\n ".join(map(written, value)) + "]"
    if isinstance(value, str):
        return '"' + value.replace('"', '\\"').replace("\n", "\\n") + '"'
    return str(value).lower()


@given(st.dictionaries(KEYS, VALUES, max_size=4), st.dictionaries(KEYS, VALUES, max_size=3), st.integers(1, 3))
def test_any_text_is_found_its_way_through(top: dict[str, Any], table: dict[str, Any], copies: int) -> None:
    """Nested values and lists of tables never lose the thread."""
    lines = [f"{key} = {written(value)}" for key, value in top.items()]
    for _ in range(copies):
        lines += ["[[z.list]]", *(f"{key} = {written(value)}" for key, value in table.items())]
    check("\n".join(lines) + "\n")


@example('"\\=')
@example('"\\="')
@given(st.text("ab=[]{}\"'.#\n, \\", max_size=30))
def test_no_text_is_too_odd(text: str) -> None:
    """What is no TOML gives an answer as well."""
    assert all(0 <= place <= len(text) for place in toml_places(text).values())


def test_depth_ends_in_an_answer() -> None:
    """Lists as deep as one likes are no fault."""
    assert toml_places("x = " + "[" * 100_000)[("x",)] == 0

"""A spec's file: its values, and where each of them stood."""

from __future__ import annotations

from typing import Final, TypeVar

from jfml_policies.build.specs.part import Part
from jfml_policies.build.specs.problems import Problem, checked
from jfml_policies.errors import InputError, JsonSyntaxError, ParameterError
from jfml_policies.findings import Path
from jfml_policies.text.lines import LineIndex
from jfml_policies.text.parse import parse_json
from jfml_policies.text.tree import Json, JsonArray, JsonObject, JsonString, to_python
from jfml_policies.text.yaml_tree import parse_yaml

__all__ = ["MAX_SPEC", "spec_from_text"]

#: Longer specs are refused: what they ask for would be far beyond the quota of a policy.
MAX_SPEC: Final = 200_000
_YAML_ENDINGS: Final = (".yaml", ".yml")

_Spec = TypeVar("_Spec", bound=Part)


def spec_from_text(model: type[_Spec], text: str, name: str) -> _Spec:
    """A spec from the text of a file.

    Args:
        model: what it is to be.
        text: the text, YAML when the name ends in `.yaml` or `.yml`, otherwise JSON.
        name: the file's name.

    Raises:
        InputError: the text is too long, or PyYAML is missing.
        JsonSyntaxError: the text is not well-formed.
        ParameterError: the spec is wrong; each problem begins with file, line and column.
    """
    if len(text) > MAX_SPEC:
        raise InputError(f"longer than the {MAX_SPEC:,} characters that a spec may have", file=name)
    try:
        tree = parse_yaml(text) if name.lower().endswith(_YAML_ENDINGS) else parse_json(text)
    except JsonSyntaxError as error:
        hint = error.hint
        if not name.lower().endswith((*_YAML_ENDINGS, ".json")) and not text.lstrip("\ufeff \t\r\n").startswith("{"):
            hint = "a spec in YAML has a name that ends in .yaml or .yml; any other is read as JSON"
        raise JsonSyntaxError(
            error.message, offset=error.offset, line=error.line, column=error.column, file=name, hint=hint
        ) from None
    except InputError as error:
        raise InputError(error.message, file=name, hint=error.hint) from None
    halves = _halves(tree)
    # pydantic takes no such text, wherever it stands, and would tell of nothing else.
    spec, found = checked(model, to_python(tree)) if not halves else (None, halves)
    places = [(_offset(tree, problem), problem) for problem in (*_repeated(tree), *found)]
    if spec is None or places:
        lines = LineIndex(text)
        shown = []
        for offset, problem in sorted(places, key=lambda item: (item[0], str(item[1]))):
            line, column = lines.position(offset)
            shown.append(f"{name}:{line}:{column}: {problem}")
        raise ParameterError(tuple(shown))
    return spec


def _repeated(tree: Json, path: Path = ()) -> list[Problem]:
    """Names that come twice in one object; the depth of a tree is bounded."""
    found: list[Problem] = []
    if isinstance(tree, JsonObject):
        seen: set[str] = set()
        for member in tree.members:
            if member.key.value in seen:
                found.append(Problem((*path, member.key.value), "comes twice; the last would win", at_key=True))
            seen.add(member.key.value)
            found += _repeated(member.value, (*path, member.key.value))
    elif isinstance(tree, JsonArray):
        for place, item in enumerate(tree.items):
            found += _repeated(item, (*path, place))
    return found


def _halves(tree: Json, path: Path = ()) -> tuple[Problem, ...]:
    """Texts and names with half a surrogate pair, which is no character."""
    found: list[Problem] = []
    if isinstance(tree, JsonObject):
        for member in tree.members:
            if not _is_whole(member.key.value):
                found.append(Problem((*path, member.key.value), "is not valid Unicode text", at_key=True))
            found += _halves(member.value, (*path, member.key.value))
    elif isinstance(tree, JsonArray):
        for place, item in enumerate(tree.items):
            found += _halves(item, (*path, place))
    elif isinstance(tree, JsonString) and not _is_whole(tree.value):
        found.append(Problem(path, "is not valid Unicode text"))
    return tuple(found)


def _is_whole(text: str) -> bool:
    return not any("\ud800" <= sign <= "\udfff" for sign in text)


def _offset(tree: Json, problem: Problem) -> int:
    """Where in the text a problem is; of names that come twice the last one is meant."""
    node, at = tree, tree.start
    for step in problem.path:
        if isinstance(node, JsonObject):
            member = next((member for member in reversed(node.members) if member.key.value == step), None)
            if member is None:
                break
            node, at = member.value, member.key.start if problem.at_key else member.value.start
        elif isinstance(node, JsonArray) and isinstance(step, int) and step < len(node.items):
            node = node.items[step]
            at = node.start
        else:
            break
    return at

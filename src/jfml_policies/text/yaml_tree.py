"""YAML as the tree that JSON becomes, so that every value and name knows where it stood.

What YAML has and JSON has not is refused, or means what was plainly written: a date is text, an anchor repeats a value.
PyYAML is the optional extra `yaml`.
"""

from __future__ import annotations

from typing import Any, Final

from jfml_policies.errors import InputError, JsonSyntaxError
from jfml_policies.text.lines import LineIndex
from jfml_policies.text.tree import (
    MAX_DEPTH,
    Json,
    JsonArray,
    JsonBoolean,
    JsonNull,
    JsonNumber,
    JsonObject,
    JsonString,
    Member,
)

__all__ = ["parse_yaml"]

#: Values of a spec, those that anchors repeat counted as often as they come.
_MOST_IN_SPEC: Final = 20_000
#: Values of a template.
_MOST_IN_TEMPLATE: Final = 2_000_000
_TAG: Final = "tag:yaml.org,2002:"
#: Plain scalars that are text to us although YAML 1.1 reads something else.
_TEXTS: Final = frozenset({"str", "timestamp", "value", "binary"})


def parse_yaml(text: str, *, template: bool = False) -> Json:
    """The tree of a YAML text with one document.

    Args:
        text: the text.
        template: whether it is a template of CloudFormation: its short forms are taken (`!Ref x` is `{"Ref": "x"}`),
            and numbers are text, as they become in a policy.

    Raises:
        InputError: PyYAML is missing.
        JsonSyntaxError: the text is not such YAML; the message says what stood where.
    """
    try:
        import yaml
    except ImportError:
        raise InputError(
            "reading YAML takes the package PyYAML", hint="install `jfml-policies[yaml]`, or write it as JSON"
        ) from None
    try:
        return _Composer(text, yaml, template=template).document()
    except JsonSyntaxError:
        raise
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise _fault(text, mark.index if mark else 0, f"not YAML: {error.problem or error.context}") from None
    except yaml.reader.ReaderError as error:
        raise _fault(text, int(error.position), "not YAML: a character that may not stand there") from None
    except ValueError as error:
        raise _fault(text, 0, f"not YAML: {str(error).splitlines()[0]}") from None


def _fault(text: str, offset: int, message: str, hint: str | None = None) -> JsonSyntaxError:
    line, column = LineIndex(text).position(offset)
    return JsonSyntaxError(" ".join(message.split()), offset=offset, line=line, column=column, hint=hint)


def _called(function: str, value: Json) -> Json:
    """A function of a template in its long form, which stands where the short form does."""
    return JsonObject((Member(JsonString(function, value.start, value.start), value),), value.start, value.end)


class _Open:
    """A list or mapping that is being read."""

    __slots__ = ("anchor", "function", "is_mapping", "items", "key", "keys", "size", "start")

    def __init__(self, start: int, anchor: str | None, function: str | None, *, is_mapping: bool) -> None:
        self.start = start
        self.function = function
        self.anchor = anchor
        self.is_mapping = is_mapping
        self.items: list[Json] = []
        self.keys: list[JsonString] = []
        self.key: JsonString | None = None
        self.size = 1


class _Composer:
    """One pass over the events with a stack of our own, so that no text can exhaust Python's."""

    def __init__(self, text: str, yaml: Any, *, template: bool) -> None:
        self._text = text
        self._template = template
        self._most = _MOST_IN_TEMPLATE if template else _MOST_IN_SPEC
        self._yaml = yaml
        self._resolver = yaml.resolver.Resolver()
        self._stack: list[_Open] = []
        self._anchors: dict[str, tuple[Json, int]] = {}
        self._total = 0
        self._root: Json | None = None

    def document(self) -> Json:
        yaml, documents = self._yaml, 0
        for event in yaml.parse(self._text, Loader=yaml.SafeLoader):
            start, end = event.start_mark.index, event.end_mark.index
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise self._fault(start, "a second document, where one is read")
            elif isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
                is_mapping = isinstance(event, yaml.MappingStartEvent)
                function = self._function(event.tag)
                if function is None:
                    self._check_tag(event, "map" if is_mapping else "seq", start)
                if len(self._stack) >= MAX_DEPTH:
                    raise self._fault(start, f"nested deeper than {MAX_DEPTH} levels")
                self._stack.append(_Open(start, event.anchor, function, is_mapping=is_mapping))
            elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
                self._close(end)
            elif isinstance(event, yaml.AliasEvent):
                self._repeat(event.anchor, start)
            elif isinstance(event, yaml.ScalarEvent):
                function = self._function(event.tag)
                if function is None:
                    self._add(self._scalar(event, start, end), 1, event.anchor)
                else:
                    self._add(_called(function, JsonString(event.value, start, end)), 2, event.anchor)
        if self._root is None:
            raise self._fault(0, "the file is empty")
        return self._root

    def _fault(self, offset: int, message: str, hint: str | None = None) -> JsonSyntaxError:
        return _fault(self._text, offset, message, hint)

    def _function(self, tag: str | None) -> str | None:
        """The function that a template's short form stands for."""
        if not self._template or tag is None or not tag.startswith("!") or len(tag) < 2:
            return None
        return tag[1:] if tag in {"!Ref", "!Condition"} else f"Fn::{tag[1:]}"

    def _check_tag(self, event: Any, expected: str, start: int) -> None:
        if event.tag not in {None, "!", _TAG + expected}:
            raise self._fault(start, f"the tag `{event.tag}` is not taken")

    def _close(self, end: int) -> None:
        opened = self._stack.pop()
        # A block ends where the next one starts; what it holds ends before the space between.
        while end > opened.start and self._text[end - 1] in " \t\r\n":
            end -= 1
        value: Json
        if opened.is_mapping:
            members = zip(opened.keys, opened.items, strict=True)
            value = JsonObject(tuple([Member(key, item) for key, item in members]), opened.start, end)
        else:
            value = JsonArray(tuple(opened.items), opened.start, end)
        if opened.function is not None:
            value = _called(opened.function, value)
        self._add(value, opened.size, opened.anchor)

    def _repeat(self, anchor: str, start: int) -> None:
        if any(opened.anchor == anchor for opened in self._stack):
            raise self._fault(start, f"`*{anchor}` stands within what it repeats, so there would be no end")
        if anchor not in self._anchors:
            raise self._fault(start, f"there is no `&{anchor}` before this")
        value, size = self._anchors[anchor]
        self._add(value, size, None, at=start)

    def _add(self, value: Json, size: int, anchor: str | None, at: int | None = None) -> None:
        self._total += size
        if self._total > self._most:
            raise self._fault(value.start if at is None else at, f"more than {self._most:,} values")
        if anchor is not None:
            self._anchors[anchor] = (value, size)
        if not self._stack:
            self._root = value
            return
        opened = self._stack[-1]
        opened.size += size
        if not opened.is_mapping:
            opened.items.append(value)
        elif opened.key is None:
            if self._template and isinstance(value, (JsonBoolean, JsonNull)):
                # A mapping of a template may be by `true` and `false`, which are text as names.
                value = JsonString(self._text[value.start : value.end], value.start, value.end)
            if not isinstance(value, JsonString):
                raise self._fault(value.start if at is None else at, "a name must be text", "put it in quotes")
            opened.key = value
        else:
            opened.keys.append(opened.key)
            opened.items.append(value)
            opened.key = None

    def _scalar(self, event: Any, start: int, end: int) -> Json:
        tag = event.tag
        if tag in {None, "!"}:
            tag = self._resolver.resolve(self._yaml.ScalarNode, event.value, event.implicit)
        name = tag.removeprefix(_TAG)
        if self._template and name in {"merge", "int", "float"}:
            return JsonString(event.value, start, end)
        if name == "merge":
            raise self._fault(start, "`<<` is not taken", "write the values out")
        if name in _TEXTS:
            # JSON writes what is beyond U+FFFF as two escapes, of which YAML makes two halves.
            text = event.value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
            return JsonString(text, start, end)
        if name == "bool":
            return JsonBoolean(event.value.lower() in {"yes", "true", "on"}, start, end)
        if name == "null":
            return JsonNull(start, end)
        if name in {"int", "float"}:
            # No part of a spec is a number, so that its value does not matter, only that it is none of ours.
            return JsonNumber("0", start, end)
        raise self._fault(start, f"the tag `{tag}` is not taken")

"""JSON to policy nodes, tolerantly: what cannot be used becomes a problem, and the rest still parses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jfml_policies.errors import UsageError
from jfml_policies.findings import Path
from jfml_policies.policy.detect import detect_kind, locate
from jfml_policies.policy.kinds import ALL_KINDS, Kind
from jfml_policies.policy.nodes import (
    Condition,
    Group,
    Listing,
    Policy,
    Principals,
    Problem,
    ProblemKind,
    Statement,
    Test,
    Text,
)
from jfml_policies.text.parse import parse_json
from jfml_policies.text.suggest import nearest
from jfml_policies.text.tree import (
    Json,
    JsonArray,
    JsonBoolean,
    JsonNumber,
    JsonObject,
    JsonString,
    from_python,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["MAX_CHARACTERS", "MAX_STATEMENTS", "check_kind", "parse_document", "parse_text", "parse_tree"]

#: Longer texts are not read as policies: the largest that AWS stores has 51,200 characters.
MAX_CHARACTERS: Final = 1_000_000
#: Statements beyond are not read: none of them fits any quota.
MAX_STATEMENTS: Final = 2_000

_WORDS: Final = {
    "object": "an object",
    "array": "an array",
    "string": "a string",
    "number": "a number",
    "boolean": "a boolean",
    "null": "null",
}


def parse_text(text: str, *, kind: str | None = None, resource_type: str | None = None) -> Policy:
    """The policy in a JSON text.

    Args:
        text: the document, alone or in a wrapper such as `{"PolicyVersion": {"Document": ...}}`.
        kind: the policy's kind; inferred from wrapper and shape when None.
        resource_type: for resource policies, the type of the resource (`AWS::S3::Bucket`).

    Raises:
        JsonSyntaxError: the text is not JSON.
        UsageError: there is no such kind.

    >>> policy = parse_text('{"Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}}')
    >>> policy.kind, policy.statements[0].action.values[0].value
    ('identity', 's3:*')
    """
    return parse_tree(parse_json(text), text=text, kind=kind, resource_type=resource_type)


def parse_document(
    document: Mapping[str, object], *, kind: str | None = None, resource_type: str | None = None
) -> Policy:
    """The policy in plain Python values; its nodes have no spans.

    Raises:
        UsageError: a value is not JSON, or there is no such kind.
        InputError: it is nested too deeply.
    """
    return parse_tree(from_python(document), kind=kind, resource_type=resource_type)


def parse_tree(
    tree: Json, *, text: str | None = None, kind: str | None = None, resource_type: str | None = None
) -> Policy:
    """The policy in a JSON tree; see `parse_text`."""
    known = check_kind(kind)
    located = locate(tree)
    if known is not None:
        reason = "given"
    elif resource_type is not None:
        known, reason = ("trust" if resource_type == _TRUST_TYPE else "resource"), f"given by `{resource_type}`"
    elif located.kind is not None:
        known, reason = located.kind, f"it stands under `{located.wrapper[-1]}`"
    else:
        known, reason = detect_kind(located.tree)
    return _Reader().policy(located.tree, text, known, reason, resource_type)


def check_kind(kind: str | None) -> Kind | None:
    """The kind of that name.

    Raises:
        UsageError: there is no such kind; the hint names the nearest.
    """
    for known in ALL_KINDS:
        if kind == known:
            return known
    if kind is None:
        return None
    near = nearest(str(kind), ALL_KINDS)
    raise UsageError(
        f"there is no policy kind `{kind}`",
        hint=f"did you mean `{near}`?" if near else "kinds: " + ", ".join(sorted(ALL_KINDS)),
    )


_TRUST_TYPE: Final = "AWS::IAM::AssumeRolePolicyDocument"


class _Reader:
    """Collects problems while it reads one document."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def policy(self, tree: Json, text: str | None, kind: Kind, reason: str, resource_type: str | None) -> Policy:
        version = identifier = None
        statements: tuple[Statement, ...] = ()
        is_list = False
        keys: tuple[Text, ...] = ()
        if isinstance(tree, JsonObject):
            keys = self._keys(tree, ())
            for name, value in self._members(tree, ()):
                if name == "Version":
                    version = self._text(value, ("Version",), name)
                elif name == "Id":
                    identifier = self._text(value, ("Id",), name)
                elif name == "Statement":
                    is_list = isinstance(value, JsonArray)
                    statements = self._statements(value)
        else:
            self._wrong_type(tree, (), "the document", "an object")
        return Policy(
            kind=kind,
            kind_reason=reason,
            resource_type=resource_type,
            version=version,
            id=identifier,
            statements=statements,
            is_list=is_list,
            keys=keys,
            problems=tuple(self.problems),
            tree=tree,
            text=text,
            path=(),
            start=tree.start,
            end=tree.end,
        )

    def _statements(self, value: Json) -> tuple[Statement, ...]:
        if isinstance(value, JsonObject):
            return (self._statement(value, ("Statement",)),)
        if not isinstance(value, JsonArray):
            self._wrong_type(value, ("Statement",), "Statement", "an object or an array of objects")
            return ()
        found = []
        for index, item in enumerate(value.items[:MAX_STATEMENTS]):
            if isinstance(item, JsonObject):
                found.append(self._statement(item, ("Statement", index)))
            else:
                self._wrong_type(item, ("Statement", index), "a statement", "an object")
        if len(value.items) > MAX_STATEMENTS:
            self._problem(
                "too-large", value, ("Statement",), "Statement", f"{MAX_STATEMENTS:,}", f"{len(value.items):,}"
            )
        return tuple(found)

    def _statement(self, tree: JsonObject, path: Path) -> Statement:
        sid = effect = None
        principal = not_principal = None
        action = not_action = resource = not_resource = None
        condition = None
        for name, value, key in self._keyed(tree, path):
            here = (*path, name)
            if name == "Action":
                action = self._listing(value, key, here)
            elif name == "Resource":
                resource = self._listing(value, key, here)
            elif name == "Effect":
                effect = self._text(value, here, name)
            elif name == "Sid":
                sid = self._text(value, here, name)
            elif name == "Condition":
                condition = self._condition(value, key, here)
            elif name == "Principal":
                principal = self._principals(value, key, here)
            elif name == "NotAction":
                not_action = self._listing(value, key, here)
            elif name == "NotResource":
                not_resource = self._listing(value, key, here)
            elif name == "NotPrincipal":
                not_principal = self._principals(value, key, here)
        return Statement(
            sid=sid,
            effect=effect,
            principal=principal,
            not_principal=not_principal,
            action=action,
            not_action=not_action,
            resource=resource,
            not_resource=not_resource,
            condition=condition,
            keys=self._keys(tree, path),
            tree=tree,
            path=path,
            start=tree.start,
            end=tree.end,
        )

    def _listing(self, value: Json, key: JsonString, path: Path) -> Listing | None:
        name = key.value
        texts = self._texts(value, path, name, "a string or an array of strings")
        if texts is None:
            return None
        return Listing(
            name=name,
            values=texts,
            is_list=isinstance(value, JsonArray),
            is_empty=isinstance(value, JsonArray) and not value.items,
            key=_key_text(key, path),
            path=path,
            start=value.start,
            end=value.end,
        )

    def _texts(self, value: Json, path: Path, name: str, expected: str) -> tuple[Text, ...] | None:
        """The strings of a string or an array of strings; None where it is neither."""
        if isinstance(value, JsonString):
            return (Text(value.value, path=path, start=value.start, end=value.end),)
        if not isinstance(value, JsonArray):
            self._wrong_type(value, path, name, expected)
            return None
        texts = []
        for index, item in enumerate(value.items):
            if isinstance(item, JsonString):
                texts.append(Text(item.value, path=(*path, index), start=item.start, end=item.end))
            else:
                self._wrong_type(item, (*path, index), f"an entry of {name}", "a string")
        return tuple(texts)

    def _principals(self, value: Json, key: JsonString, path: Path) -> Principals | None:
        text: Text | None = None
        groups: list[Group] = []
        if isinstance(value, JsonString):
            text = Text(value.value, path=path, start=value.start, end=value.end)
        elif isinstance(value, JsonObject):
            for name, inner, inner_key in self._keyed(value, path):
                here = (*path, name)
                texts = self._texts(inner, here, name, "a string or an array of strings")
                if texts is not None:
                    groups.append(
                        Group(
                            type=_key_text(inner_key, here),
                            values=texts,
                            is_list=isinstance(inner, JsonArray),
                            is_empty=isinstance(inner, JsonArray) and not inner.items,
                            path=here,
                            start=inner.start,
                            end=inner.end,
                        )
                    )
        else:
            self._wrong_type(value, path, key.value, 'an object such as `{"AWS": ...}`, or the string `*`')
            return None
        return Principals(
            name=key.value,
            text=text,
            groups=tuple(groups),
            key=_key_text(key, path),
            path=path,
            start=value.start,
            end=value.end,
        )

    def _condition(self, value: Json, key: JsonString, path: Path) -> Condition | None:
        if not isinstance(value, JsonObject):
            self._wrong_type(value, path, "Condition", "an object")
            return None
        tests: list[Test] = []
        operators: list[Text] = []
        for operator_name, block, operator_key in self._keyed(value, path):
            operator = _key_text(operator_key, (*path, operator_name))
            operators.append(operator)
            if isinstance(block, JsonObject):
                tests += self._tests(block, operator)
            else:
                self._wrong_type(block, operator.path, operator_name, "an object of condition keys")
        return Condition(
            tests=tuple(tests),
            operators=tuple(operators),
            is_empty=not value.members,
            key=_key_text(key, path),
            path=path,
            start=value.start,
            end=value.end,
        )

    def _tests(self, block: JsonObject, operator: Text) -> list[Test]:
        tests = []
        for name, value, key in self._keyed(block, operator.path):
            path = (*operator.path, name)
            is_list = isinstance(value, JsonArray)
            values = []
            if isinstance(value, JsonArray):
                for index, item in enumerate(value.items):
                    text = self._condition_value(item, (*path, index))
                    if text is not None:
                        values.append(text)
            else:
                text = self._condition_value(value, path)
                if text is not None:
                    values.append(text)
            tests.append(
                Test(
                    operator=operator,
                    key=_key_text(key, path),
                    values=tuple(values),
                    is_list=is_list,
                    is_empty=isinstance(value, JsonArray) and not value.items,
                    path=path,
                    start=value.start,
                    end=value.end,
                )
            )
        return tests

    def _condition_value(self, value: Json, path: Path) -> Text | None:
        if isinstance(value, JsonString):
            return Text(value.value, path=path, start=value.start, end=value.end)
        if isinstance(value, JsonBoolean):
            written = "true" if value.value else "false"
            return Text(written, json_type="boolean", path=path, start=value.start, end=value.end)
        if isinstance(value, JsonNumber):
            return Text(value.raw, json_type="number", path=path, start=value.start, end=value.end)
        self._wrong_type(value, path, "a condition value", "a string, a number or a boolean")
        return None

    def _text(self, value: Json, path: Path, name: str) -> Text | None:
        if isinstance(value, JsonString):
            return Text(value.value, path=path, start=value.start, end=value.end)
        self._wrong_type(value, path, name, "a string")
        return None

    def _members(self, tree: JsonObject, path: Path) -> list[tuple[str, Json]]:
        return [(name, value) for name, value, _ in self._keyed(tree, path)]

    def _keyed(self, tree: JsonObject, path: Path) -> list[tuple[str, Json, JsonString]]:
        """The members of an object with each key once: of repeated keys the last one, as AWS reads them."""
        members = {member.key.value: member for member in tree.members}
        if len(members) < len(tree.members):
            seen: set[str] = set()
            for member in tree.members:
                name = member.key.value
                if name in seen:
                    self._problem("duplicate-key", member.key, (*path, name), name, "each key once", "a second one")
                seen.add(name)
        return [(name, member.value, member.key) for name, member in members.items()]

    def _keys(self, tree: JsonObject, path: Path) -> tuple[Text, ...]:
        return tuple([_key_text(member.key, (*path, member.key.value)) for member in tree.members])

    def _wrong_type(self, value: Json, path: Path, name: str, expected: str) -> None:
        self._problem("data-type", value, path, name, expected, _WORDS[value.type_name])

    def _problem(self, kind: ProblemKind, at: Json, path: Path, name: str, expected: str, found: str) -> None:
        self.problems.append(
            Problem(kind=kind, name=name, expected=expected, found=found, path=path, start=at.start, end=at.end)
        )


def _key_text(key: JsonString, path: Path) -> Text:
    return Text(key.value, path=path, start=key.start, end=key.end)

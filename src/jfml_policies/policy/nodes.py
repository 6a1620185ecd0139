"""A parsed policy: frozen nodes that remember where they stood.

Nodes are equal when their content is equal; where they stood does not count. A bare value and a list of one are the
same content.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from jfml_policies.findings import Path, Span
from jfml_policies.policy.kinds import Kind
from jfml_policies.record import field, record
from jfml_policies.text.tree import NOWHERE, Json, JsonObject

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jfml_policies.access.access import Access

__all__ = [
    "Condition",
    "Group",
    "Listing",
    "Node",
    "Policy",
    "Principals",
    "Problem",
    "ProblemKind",
    "Statement",
    "Test",
    "Text",
]


@record(kw_only=True)
class Node:
    """Something that stood somewhere: `path` in the document, `start` and `end` in the text."""

    path: Path = field(compare=False)
    start: int = field(default=NOWHERE, compare=False)
    end: int = field(default=NOWHERE, compare=False)

    @property
    def span(self) -> Span | None:
        """Where it stood, or None when the document was not read from a text."""
        return None if self.start == NOWHERE else Span(self.start, self.end)


@record
class Text(Node):
    """One text: an action, an ARN, a Sid, a key, a condition value.

    Attributes:
        value: the text; of a JSON number or boolean what AWS reads (`true`, `20`).
        json_type: how it was written.
    """

    value: str
    json_type: Literal["string", "number", "boolean"] = field(default="string", compare=False)


@record
class Listing(Node):
    """An element that holds one text or a list of them: Action, Resource and their negations.

    Attributes:
        name: the element's name (`Action`, `NotAction`, `Resource`, `NotResource`).
        values: its texts; what is no text is left out and listed in the policy's problems.
        is_list: whether it was written as a list.
        is_empty: whether it was written as an empty list.
        key: its name where it stands.
    """

    name: str
    values: tuple[Text, ...]
    is_list: bool = field(compare=False)
    is_empty: bool
    key: Text = field(compare=False)


@record
class Group(Node):
    """The principals of one type: `"AWS": [...]`; the node is the value, `type` the key."""

    type: Text
    values: tuple[Text, ...]
    is_list: bool = field(compare=False)
    is_empty: bool


@record
class Principals(Node):
    """Principal or NotPrincipal.

    Attributes:
        name: `Principal` or `NotPrincipal`.
        text: the bare string form (`"*"` when it is right), or None.
        groups: the principals by type.
        key: its name where it stands.
    """

    name: str
    text: Text | None
    groups: tuple[Group, ...]
    key: Text = field(compare=False)

    def of_type(self, name: str) -> Iterator[Text]:
        """The principals of one type ("AWS", "Service", ...)."""
        for group in self.groups:
            if group.type.value == name:
                yield from group.values


@record
class Test(Node):
    """One condition test: operator, key, values; the node is the values.

    `key.path` and `path` are the same: a key has no place of its own beside its value in a path.
    """

    __test__: ClassVar[bool] = False  # pytest collects classes of this name

    operator: Text
    key: Text
    values: tuple[Text, ...]
    is_list: bool = field(compare=False)
    is_empty: bool


@record
class Condition(Node):
    """A condition block: all tests must hold.

    Attributes:
        tests: every (operator, key) pair in order.
        operators: every operator as written, also one whose block holds no key.
        is_empty: whether it was written as an empty object.
        key: its name where it stands.
    """

    tests: tuple[Test, ...]
    operators: tuple[Text, ...] = field(compare=False)
    is_empty: bool
    key: Text = field(compare=False)


@record
class Statement(Node):
    """One statement. An element that is there but of the wrong type is None here and `has` says so."""

    sid: Text | None
    effect: Text | None
    principal: Principals | None
    not_principal: Principals | None
    action: Listing | None
    not_action: Listing | None
    resource: Listing | None
    not_resource: Listing | None
    condition: Condition | None
    keys: tuple[Text, ...] = field(compare=False)
    tree: JsonObject = field(compare=False, show=False)

    def has(self, name: str) -> bool:
        """Whether the element was written at all, in whatever form."""
        return any(key.value == name for key in self.keys)

    @property
    def actions(self) -> Listing | None:
        """Action, or else NotAction."""
        return self.action or self.not_action

    @property
    def resources(self) -> Listing | None:
        """Resource, or else NotResource."""
        return self.resource or self.not_resource

    @property
    def principals(self) -> Principals | None:
        """Principal, or else NotPrincipal."""
        return self.principal or self.not_principal

    @property
    def tests(self) -> tuple[Test, ...]:
        """The condition tests, none when there is no condition."""
        return self.condition.tests if self.condition else ()

    @property
    def allows(self) -> bool:
        """Whether the effect is Allow."""
        return self.effect is not None and self.effect.value == "Allow"

    @property
    def denies(self) -> bool:
        """Whether the effect is Deny."""
        return self.effect is not None and self.effect.value == "Deny"


ProblemKind = Literal["data-type", "duplicate-key", "too-large"]


@record
class Problem(Node):
    """Something the parser could not use.

    Attributes:
        kind: what is wrong.
        name: the element or key.
        expected: what may stand there, in words.
        found: what stands there, in words.
    """

    kind: ProblemKind
    name: str
    expected: str
    found: str


@record
class Policy(Node):
    """A policy document.

    Attributes:
        kind: what kind of policy it is read as.
        kind_reason: why, one clause; "given" when the caller said so.
        resource_type: the type of resource it is attached to (`AWS::S3::Bucket`), or None.
        version: the Version element as written, or None.
        id: the Id element, or None.
        statements: the statements that could be read.
        is_list: whether Statement was written as a list.
        keys: the document's keys in order.
        problems: what the parser could not use.
        tree: the JSON it was read from.
        text: the text it was read from, or None.
    """

    kind: Kind
    kind_reason: str = field(compare=False)
    resource_type: str | None
    version: Text | None
    id: Text | None
    statements: tuple[Statement, ...]
    is_list: bool = field(compare=False)
    keys: tuple[Text, ...] = field(compare=False)
    problems: tuple[Problem, ...] = field(compare=False)
    tree: Json = field(compare=False, show=False)
    text: str | None = field(compare=False, show=False)

    def has(self, name: str) -> bool:
        """Whether the element was written at all, in whatever form."""
        return any(key.value == name for key in self.keys)

    def access(self) -> Access:
        """The requests that this document alone allows, as an exact set with `|`, `&`, `-`, `<=`, `==`.

        Raises:
            UndecidedError: AWS would refuse the document, so that it means nothing.
        """
        # The one import upward: the set is a policy's meaning, so people look for it here.
        from jfml_policies.access.access import Access

        return Access.of(self)

    @property
    def has_variables(self) -> bool:
        """Whether `${...}` is a policy variable here: only in version 2012-10-17."""
        return self.version is not None and self.version.value == "2012-10-17"

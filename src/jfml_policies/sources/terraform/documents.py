"""Policy documents of a plan that only apply makes: those of `aws_iam_policy_document` with values that are not known.

A plan has such a document as a data source that is read during apply, with all of its arguments: what is known of
them, and in `after_unknown` what is not. The latter become holes. Where it is not even known which statements there
are, or what is merged into them, nothing is said of the document. The plan's configuration would not help: it leaves
out blocks that an expression makes.

Sources: Terraform documentation, "JSON Output Format" (change representation, `after_unknown`, `after_sensitive`);
AWS provider documentation, "Data Source: aws_iam_policy_document".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jfml_policies.errors import JsonSyntaxError
from jfml_policies.findings import Span
from jfml_policies.record import record
from jfml_policies.sources.shape import Hole, Items, Members, Word, shape_of
from jfml_policies.sources.strings import quoted_document
from jfml_policies.text.parse import parse_json
from jfml_policies.text.tree import placed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jfml_policies.sources.shape import Shape
    from jfml_policies.sources.source import Quoted
    from jfml_policies.text.skim import Skimmed

__all__ = ["DATA_TYPE", "Argument", "NotTold", "document_of"]

DATA_TYPE: Final = "aws_iam_policy_document"
_VERSION: Final = "2012-10-17"
_STATEMENT: Final = "Statement"
#: Arguments that hold documents to merge, in the order of merging: the data source's own statements come between.
_SOURCES, _OVERRIDES = "source_policy_documents", "override_policy_documents"
#: The same in providers of the past, which merged in another order.
_RETIRED: Final = ("source_json", "override_json")
#: Elements and their arguments; of each pair a statement has one.
_LISTS: Final = (("Action", "actions", "not_actions"), ("Resource", "resources", "not_resources"))
_PRINCIPALS: Final = (("Principal", "principals"), ("NotPrincipal", "not_principals"))


class NotTold(Exception):  # noqa: N818 -- an answer rather than an error
    """A document of whose form itself too little is known; the text says why, as a clause."""


@record(eq=False)
class Argument:
    """A value in a plan.

    Attributes:
        value: the value as far as it is known, or None.
        unknown: what of it only apply tells: True for all of it, or lists and objects of the value's form.
        label: how to call it.
        start: where it stands in the file, or the block that it is missing in.
        end: the place after it.
    """

    value: Skimmed | None
    unknown: object
    label: str
    start: int
    end: int

    @property
    def is_unknown(self) -> bool:
        """Whether nothing is known of it."""
        return self.unknown is True

    @property
    def is_missing(self) -> bool:
        """Whether it is known that it was not given."""
        return not self.is_unknown and (self.value is None or self.value.first == "n")

    def arguments(self) -> dict[str, Argument]:
        """The arguments of a block by name; those that are not known are among them.

        Raises:
            NotTold: it is no block.
        """
        self._require("{")
        unknown = self.unknown if isinstance(self.unknown, dict) else {}
        members = {one.name: one for one in self.value.members()} if self.value is not None else {}
        found = {}
        for name in dict.fromkeys([*members, *unknown]):
            value = members.get(name)
            start, end = (value.start, value.end) if value is not None else (self.start, self.start + 1)
            found[name] = Argument(value, unknown.get(name), f"{self.label}.{name}", start, end)
        return found

    def items(self) -> list[Argument]:
        """The items of a list.

        Raises:
            NotTold: it is no list.
        """
        self._require("[")
        unknown = self.unknown if isinstance(self.unknown, list) else []
        values = list(self.value.items()) if self.value is not None else []
        return [
            Argument(
                one,
                unknown[number] if number < len(unknown) else None,
                f"{self.label}[{number}]",
                one.start,
                one.end,
            )
            for number, one in enumerate(values)
        ]

    def text(self) -> str | None:
        """A text that is known; None where there is none.

        Raises:
            NotTold: it is something else than a text.
        """
        if self.is_missing:
            return None
        self._require('"')
        return str(self.value.value()) if self.value is not None else None

    def _require(self, first: str) -> None:
        if self.is_unknown or self.value is None or self.value.first != first:
            raise NotTold("its form is known only after apply")


def document_of(data: Argument) -> tuple[Members, tuple[Span, ...]]:
    """The policy that a data source will make, and the places in the file that it comes from.

    Args:
        data: the arguments of the data source.

    Raises:
        NotTold: too little is known of it.
    """
    arguments = data.arguments()
    for name in _RETIRED:
        if name in arguments and not arguments[name].is_missing:
            raise NotTold(f"it is merged by `{name}`, which is not followed")
    own = _blocks(arguments.get("statement"))
    sources, overrides = [list(_merged_documents(arguments.get(name))) for name in (_SOURCES, _OVERRIDES)]
    statements = [_statement(block) for block in own]
    if sources or overrides:
        statements = _merged(sources, statements, overrides)
    if not statements:
        raise NotTold("it has no statement")
    version = _version(arguments, data, [document for _, document in overrides])
    members: list[tuple[Word, Shape]] = [(Word(("Version",), version.start, version.end), version)]
    if "policy_id" in arguments and (id_ := _word(arguments["policy_id"])) is not None:
        members.append((Word(("Id",), id_.start, id_.end), id_))
    listed = arguments.get("statement")
    start, end = (listed.start, listed.end) if own and listed is not None else (data.start, data.end)
    members.append((Word((_STATEMENT,), start, end), Items(tuple(statements), start, end)))
    shown = [Span(start, end)] if own else []
    shown += [Span(one.start, one.end) for one, _ in (*sources, *overrides)]
    return Members(tuple(members), start, end), tuple(shown)


def _version(arguments: dict[str, Argument], data: Argument, overrides: list[Members]) -> Word:
    for document in reversed(overrides):
        for name, value in document.members:
            if name.text == "Version" and isinstance(value, Word) and value.text:
                return value
    given = arguments.get("version")
    found = _word(given) if given is not None else None
    return found or Word((_VERSION,), data.start, data.start + 1)


def _blocks(argument: Argument | None) -> list[Argument]:
    """Blocks of one name, all of which are known to be there.

    Raises:
        NotTold: it is not known which there are.
    """
    if argument is None or argument.is_missing:
        return []
    blocks = [] if argument.is_unknown else argument.items()
    if argument.is_unknown or any(one.is_unknown or one.is_missing for one in blocks):
        raise NotTold("which blocks it has is known only after apply")
    return blocks


def _merged_documents(argument: Argument | None) -> Iterator[tuple[Argument, Members]]:
    """The documents that are merged.

    Raises:
        NotTold: one of them is not known, or is no document.
    """
    if argument is None or argument.is_missing:
        return
    items = [] if argument.is_unknown else argument.items()
    if argument.is_unknown or any(one.is_unknown for one in items):
        raise NotTold("it is merged from documents that are known only after apply")
    for one in items:
        if one.is_missing:
            continue
        one.text()
        quoted = quoted_document(one.value.text, one.start, one.end) if one.value is not None else None
        shape = _shape(quoted) if quoted is not None else None
        if not isinstance(shape, Members):
            raise NotTold("it is merged from a document that can't be read")
        yield one, shape


def _shape(quoted: Quoted) -> Shape | None:
    """A document in a string, at its places in the file; None where it is no JSON."""

    def place(start: int, end: int) -> tuple[int, int]:
        span = quoted.places.host(Span(start, end))
        return span.start, span.end

    try:
        return shape_of(placed(parse_json(quoted.text), place))
    except JsonSyntaxError:
        return None


def _merged(
    sources: list[tuple[Argument, Members]], own: list[Members], overrides: list[tuple[Argument, Members]]
) -> list[Members]:
    """Statements of several documents: a later one takes the place of an earlier one of the same Sid.

    Raises:
        NotTold: a Sid is not known, or a document holds something else than statements.
    """
    merged: list[Members] = []
    places: dict[str, int] = {}
    documents = [[*_statements_in(document)] for _, document in sources]
    for statement in [one for listed in (*documents, own) for one in listed]:
        _put(statement, merged, places)
    for _, document in overrides:
        for statement in _statements_in(document):
            _put(statement, merged, places)
    return merged


def _put(statement: Members, merged: list[Members], places: dict[str, int]) -> None:
    sid = next((value for name, value in statement.members if name.text == "Sid"), None)
    if sid is not None and (not isinstance(sid, Word) or sid.text is None):
        raise NotTold("it is merged by Sids that are known only after apply")
    name = sid.text if isinstance(sid, Word) else None
    if name and name in places:
        merged[places[name]] = statement
        return
    if name:
        places[name] = len(merged)
    merged.append(statement)


def _statements_in(document: Members) -> Iterator[Members]:
    for name, value in document.members:
        if name.text == _STATEMENT:
            for statement in value.items if isinstance(value, Items) else (value,):
                if not isinstance(statement, Members):
                    raise NotTold("it is merged from a document that can't be read")
                yield statement


def _statement(block: Argument) -> Members:
    """One `statement` block."""
    arguments = block.arguments()
    members: list[tuple[Word, Shape]] = []

    def add(name: str, shape: Word | Items | Members | None) -> None:
        if shape is not None:
            members.append((Word((name,), shape.start, shape.end), shape))

    sid = _word(arguments["sid"]) if "sid" in arguments else None
    add("Sid", sid if sid is not None and sid.parts else None)
    effect = _word(arguments["effect"]) if "effect" in arguments else None
    add("Effect", effect or Word(("Allow",), block.start, block.start + 1))
    for element, *names in _LISTS:
        found = [_words(arguments[name]) if name in arguments else None for name in names]
        if all(one is not None for one in found) and any(isinstance(one, Word) for one in found):
            # One of the two may turn out to be empty.
            raise NotTold("which elements its statements have is known only after apply")
        for prefix, one in zip(("", "Not"), found, strict=True):
            add(prefix + element, one)
    for element, name in _PRINCIPALS:
        add(element, _principals(arguments[name]) if name in arguments else None)
    add("Condition", _conditions(arguments["condition"]) if "condition" in arguments else None)
    return Members(tuple(members), block.start, block.end)


def _principals(argument: Argument) -> Word | Members | None:
    found: dict[str, list[Word]] = {}
    whole: dict[str, Word] = {}
    for block in _blocks(argument):
        arguments = block.arguments()
        type_ = arguments["type"].text() if "type" in arguments else None
        listed = _words(arguments["identifiers"], variables=True) if "identifiers" in arguments else None
        if type_ is None or listed is None:
            raise NotTold("whom its statements name is known only after apply")
        if isinstance(listed, Word):
            whole[type_] = listed
        else:
            found.setdefault(type_, []).extend([one for one in listed.items if isinstance(one, Word)])
    if "*" in found or "*" in whole:
        if len(found) + len(whole) > 1 or "*" in whole or [one.text for one in found["*"]] != ["*"]:
            raise NotTold("whom its statements name is known only after apply")
        return found["*"][0]
    if found.keys() & whole.keys():
        raise NotTold("whom its statements name is known only after apply")
    start, end = argument.start, argument.end
    members: list[tuple[Word, Shape]] = [
        (Word((type_,), start, end), Items(tuple(words), start, end)) for type_, words in found.items()
    ]
    members += [(Word((type_,), start, end), hole) for type_, hole in whole.items()]
    return Members(tuple(members), start, end) if members else None


def _conditions(argument: Argument) -> Members | None:
    start, end = argument.start, argument.end
    found: dict[str, dict[str, Word | Items]] = {}
    for block in _blocks(argument):
        arguments = block.arguments()
        test, variable = [arguments[name].text() if name in arguments else None for name in ("test", "variable")]
        values = _words(arguments["values"], variables=True) if "values" in arguments else None
        key = _with_variables(variable or "")
        if not test or not key or values is None or key in found.get(test, {}):
            raise NotTold("its conditions are known only after apply")
        found.setdefault(test, {})[key] = values
    members: list[tuple[Word, Shape]] = []
    for test, keys in found.items():
        listed = [(Word((key,), values.start, values.end), values) for key, values in keys.items()]
        members.append((Word((test,), start, end), Members(tuple(listed), start, end)))
    return Members(tuple(members), start, end) if members else None


def _words(argument: Argument, *, variables: bool = True) -> Word | Items | None:
    """A list of texts; one hole where nothing is known of it, and None where it is missing or empty."""
    if argument.is_missing:
        return None
    if argument.is_unknown:
        return _hole(argument)
    words: list[Word] = []
    for item in argument.items():
        word = _word(item, variables=variables)
        if word is None:
            raise NotTold("its form is known only after apply")
        words.append(word)
    return Items(tuple(words), argument.start, argument.end) if words else None


def _word(argument: Argument, *, variables: bool = False) -> Word | None:
    if argument.is_unknown:
        return _hole(argument)
    text = argument.text()
    if text is None:
        return None
    known = _with_variables(text) if variables else text
    return Word((known,) if known else (), argument.start, argument.end)


def _hole(argument: Argument) -> Word:
    return Word((Hole(f"${{{argument.label}}}"),), argument.start, argument.end)


def _with_variables(text: str) -> str:
    """A text with IAM's variables, which the data source takes as `&{...}` so that Terraform leaves them alone."""
    return text.replace("&{", "${")

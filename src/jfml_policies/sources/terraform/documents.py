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

from jfml_policies.findings import Span
from jfml_policies.sources.shape import Hole, Items, Members, Word
from jfml_policies.sources.terraform.arguments import Argument, NotTold
from jfml_policies.sources.terraform.merging import documents_in, merged

if TYPE_CHECKING:
    from jfml_policies.sources.shape import Shape

__all__ = ["DATA_TYPE", "document_of"]

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
    sources, overrides = [list(documents_in(arguments.get(name))) for name in (_SOURCES, _OVERRIDES)]
    statements = [_statement(block) for block in own]
    if sources or overrides:
        statements = merged(sources, statements, overrides)
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

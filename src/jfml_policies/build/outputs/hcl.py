"""HCL as `terraform fmt` lays it out: two spaces a level, equals signs of neighbouring lines below one another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from jfml_policies.build.outputs.quoting import quoted

__all__ = ["Block", "Lines", "heredoc", "string", "strings", "written"]


@dataclass(frozen=True, slots=True)
class Lines:
    """An expression of several lines; they are indented like the attribute, unless they are the text of a heredoc."""

    lines: tuple[str, ...]
    verbatim: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A block: its header, attributes by name as expressions, and the blocks in it."""

    header: str
    attributes: dict[str, str | Lines] = field(default_factory=dict)
    blocks: tuple[Block, ...] = ()


def string(text: str) -> str:
    """The text as a quoted template that stands for nothing but itself.

    `${` and `%{` begin a template; doubling their first character makes them literal.

    >>> print(string("home/${aws:username}/"))
    "home/$${aws:username}/"
    """
    return _literal(quoted(text))


def strings(texts: Sequence[str]) -> str | Lines:
    """The texts as a list: one on its line, several one a line."""
    if len(texts) <= 1:
        return f"[{''.join(map(string, texts))}]"
    return Lines(("[", *(f"  {string(text)}," for text in texts), "]"))


def heredoc(text: str, marker: str) -> Lines:
    """The text as a heredoc that stands for nothing but itself; backslashes mean nothing there.

    Args:
        text: lines, none of which may be the marker alone.
        marker: what ends it.
    """
    return Lines((f"<<{marker}", *_literal(text).removesuffix("\n").split("\n"), marker), verbatim=True)


def written(blocks: Iterable[Block]) -> str:
    """The blocks as a file."""
    return "\n".join("\n".join(_block_lines(block)) + "\n" for block in blocks)


def _literal(text: str) -> str:
    return text.replace("${", "$${").replace("%{", "%%{")


def _block_lines(block: Block) -> list[str]:
    body = [f"  {line}" if indented else line for line, indented in _attribute_lines(block.attributes)]
    for inner in block.blocks:
        body += [""] * bool(body) + [f"  {line}" if line else "" for line in _block_lines(inner)]
    return [f"{block.header} {{", *body, "}"]


def _attribute_lines(attributes: dict[str, str | Lines]) -> Iterator[tuple[str, bool]]:
    """Each line, and whether it is indented: the text of a heredoc is not."""
    # `terraform fmt` aligns runs of lines; a list of several lines stands outside of them, and a heredoc ends one.
    run: list[str] = []
    for name, expression in [*attributes.items(), ("", Lines(()))]:
        heredoc_or_line = isinstance(expression, str) or expression.verbatim
        if heredoc_or_line:
            run.append(name)
        if isinstance(expression, str):
            continue
        width = max(map(len, run), default=0)
        for member in run:
            value = attributes[member]
            first = value if isinstance(value, str) else value.lines[0]
            yield f"{member:<{width}} = {first}", True
        run = []
        if expression.lines and not expression.verbatim:
            yield f"{name} = {expression.lines[0]}", True
        for line in expression.lines[1:]:
            yield line, not expression.verbatim

"""`lsp`: serves editors by the Language Server Protocol."""

from __future__ import annotations

from argparse import ArgumentTypeError
from typing import TYPE_CHECKING, Final

from jfml_policies.cli.parser import Parser
from jfml_policies.cli.settings_options import add_file_options
from jfml_policies.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jfml_policies.cli.console import Console

__all__ = ["run"]

_DESCRIPTION: Final = """\
Serves an editor by the Language Server Protocol, on standard input and output.
While a policy is typed it shows what `check` finds, offers fixes, completes names and explains them.
Settings in files count as they do for `check`; rules in Python modules run only when the client asks for it.
It needs pygls: pip install 'jfml-policies[lsp]'."""

_EXAMPLES: Final = (
    ("lsp", "what an editor starts; docs/editors.md tells how to set it up"),
    ("lsp --tcp 2087", "listen on 127.0.0.1 instead, for one client"),
)
_ENDING: Final = """\
exit codes:
  0  the editor ended the session
  1  the connection ended without that
  2  could not start"""


def run(arguments: Sequence[str], console: Console) -> int:
    """Serves until the client ends the session, and returns the exit code."""
    parser = Parser("lsp", description=_DESCRIPTION, examples=_EXAMPLES, ending=_ENDING)
    parser.option("--stdio", action="store_true", help="standard input and output, which is the default")
    parser.option("--tcp", type=_port, metavar="PORT", help="listen on this port of 127.0.0.1")
    add_file_options(parser)
    parser.color_option()
    options = parser.parse(arguments)
    console.use_color(options.color)
    if options.stdio and options.tcp is not None:
        raise UsageError("--stdio and --tcp exclude each other")
    _require_pygls()
    from jfml_policies.cli.editor_settings import EditorSettings
    from jfml_policies.cli.language_server import serve_stdio, serve_tcp

    settings = EditorSettings(options.config, isolated=options.isolated)
    if options.tcp is None:
        return serve_stdio(settings)
    console.say(f"listening on 127.0.0.1:{options.tcp}")
    return serve_tcp(options.tcp, settings)


def _require_pygls() -> None:
    from importlib.util import find_spec

    hint = "pip install 'jfml-policies[lsp]'"
    if find_spec("pygls") is None:
        raise UsageError("the language server needs pygls", hint=hint)
    # Version 2 moved the server there.
    if find_spec("pygls.lsp.server") is None:
        raise UsageError("the language server needs pygls 2.1 or newer", hint=hint)


def _port(text: str) -> int:
    if text.isdecimal() and text.isascii() and len(text) <= 5 and 0 < int(text) < 65_536:
        return int(text)
    raise ArgumentTypeError(f"`{text}` is no port; write a number from 1 to 65535")

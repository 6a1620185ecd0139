"""The language server: what the editor says goes into open documents, what it asks is answered by `editor/`.

Source of the protocol: Language Server Protocol 3.17,
https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/specification/.
Only this module knows pygls. Documents are always sent whole: pygls cuts lines where Python does, at U+2028 too, and
the protocol does not, so its edits of parts would go astray.
"""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast

from jfml_policies._version import __version__
from jfml_policies.cli import lsp_messages as messages
from jfml_policies.cli.mending import mend
from jfml_policies.cli.open_documents import OpenDocument, OpenDocuments
from jfml_policies.editor.completion import completions_at
from jfml_policies.editor.hover import hover_at
from jfml_policies.editor.quick_fixes import change_between, quick_fixes
from jfml_policies.errors import UsageError
from jfml_policies.report.inert import inert

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable

    from lsprotocol import types
    from pygls.lsp.server import LanguageServer

    from jfml_policies.cli.editor_settings import DocumentSettings, EditorSettings
    from jfml_policies.editor.positions import Encoding

__all__ = ["Session", "make_server", "serve_stdio", "serve_tcp"]

#: Typing pauses so long, in seconds, before a document is checked again.
DELAY: Final = 0.2
#: The option of `initialize` by which a client lets Python modules be imported that settings name.
IMPORT_RULES: Final = "importRules"
#: Files that may hold settings; those that others extend have any name.
_WATCHED: Final = ("**/*.toml", "**/.jfml-policies-baseline.json")
_LOOPBACK: Final = "127.0.0.1"

_Answer = TypeVar("_Answer")


def serve_stdio(settings: EditorSettings) -> int:
    """Serves on standard input and output; returns the exit code."""
    import os
    import sys
    from contextlib import redirect_stdout

    server, session = make_server(settings)
    # A copy: the protocol closes its output at the end, and the program still owns its own.
    # What somebody's rules print must not get into the protocol.
    with os.fdopen(os.dup(sys.stdout.fileno()), "wb") as output, redirect_stdout(sys.stderr):
        server.start_io(stdout=output)
    return 0 if session.is_shut_down else 1


def serve_tcp(port: int, settings: EditorSettings) -> int:
    """Serves one client on a port of the loopback interface; returns the exit code.

    Raises:
        UsageError: the port is taken.
    """
    server, session = make_server(settings)
    try:
        server.start_tcp(_LOOPBACK, port)
    except OSError as error:
        raise UsageError(f"can't listen on {_LOOPBACK}:{port}: {error.strerror or error}") from None
    return 0 if session.is_shut_down else 1


def make_server(settings: EditorSettings) -> tuple[LanguageServer, Session]:
    """A server that is not started yet, and the session that it will serve."""
    import logging

    from lsprotocol import types
    from pygls.lsp.server import LanguageServer

    # Faults go to the client's log; pygls would print them with tracebacks as well.
    logging.getLogger("pygls").addHandler(logging.NullHandler())

    class Server(LanguageServer):
        def report_server_error(self, error: Exception, source: object) -> None:  # noqa: ARG002
            """Tells the client's log, where the protocol would show a message box."""
            _log(self, error)

    server = Server("jfml-policies", __version__, text_document_sync_kind=types.TextDocumentSyncKind.Full)
    session = Session(server, settings)
    feature = server.feature
    feature(types.INITIALIZE)(session.guarded(session.greeted))
    feature(types.INITIALIZED)(session.guarded(session.ready))
    feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)(session.guarded(session.files_changed))
    feature(types.TEXT_DOCUMENT_DID_OPEN)(session.guarded(session.opened))
    feature(types.TEXT_DOCUMENT_DID_CHANGE)(session.guarded(session.changed))
    feature(types.TEXT_DOCUMENT_DID_CLOSE)(session.guarded(session.closed))
    feature(types.TEXT_DOCUMENT_HOVER)(session.guarded(session.hover))
    # The quote opens a name, the colon leads from a service to its names, the slash from a tag family to its tags.
    feature(types.TEXT_DOCUMENT_COMPLETION, types.CompletionOptions(trigger_characters=['"', ":", "/"]))(
        session.guarded(session.completion)
    )
    kinds: list[types.CodeActionKind | str] = [types.CodeActionKind.QuickFix, messages.FIX_ALL]
    feature(types.TEXT_DOCUMENT_CODE_ACTION, types.CodeActionOptions(code_action_kinds=kinds))(
        session.guarded(session.code_actions)
    )
    feature(types.SHUTDOWN)(session.guarded(session.shut_down))
    return server, session


class Session:
    """The state of one session with an editor.

    Attributes:
        is_shut_down: whether the client has said that it is about to leave.
    """

    def __init__(self, server: LanguageServer, settings: EditorSettings) -> None:
        self._server = server
        self._settings = settings
        self._told: set[str] = set()
        self._documents = OpenDocuments()
        self._checks: set[asyncio.Task[None]] = set()
        self._turn: asyncio.Lock | None = None
        self.is_shut_down = False

    def guarded(self, handler: Callable[[Any], _Answer]) -> Callable[[Any], _Answer | None]:
        """The handler, whose faults are logged and answered by nothing."""

        @wraps(handler)
        def call(params: Any) -> _Answer | None:
            try:
                return handler(params)
            except Exception as error:  # noqa: BLE001 (whatever it is, the editor must keep its server)
                _log(self._server, error)
                return None

        return call

    def greeted(self, params: types.InitializeParams) -> None:
        """The client says what it wants."""
        wanted = params.initialization_options
        value = wanted.get(IMPORT_RULES) if isinstance(wanted, dict) else getattr(wanted, IMPORT_RULES, None)
        self._settings.imports_rules = value is True

    def ready(self, _: types.InitializedParams) -> None:
        """The session begins: the client is asked to tell when settings change."""
        from lsprotocol import types

        if self._can("workspace", "did_change_watched_files", "dynamic_registration"):
            method = types.WORKSPACE_DID_CHANGE_WATCHED_FILES
            watchers = [types.FileSystemWatcher(pattern) for pattern in _WATCHED]
            wanted = types.DidChangeWatchedFilesRegistrationOptions(watchers)
            self._server.client_register_capability(
                types.RegistrationParams([types.Registration("settings", method, wanted)])
            )

    def files_changed(self, _: types.DidChangeWatchedFilesParams) -> None:
        """Settings changed: all that is open is checked again."""
        self._told.clear()
        for known in self._documents:
            document = known.changed(known.version, known.text)
            self._documents.put(document)
            self._check(document, delay=DELAY)

    def shut_down(self, _: None) -> None:
        """The client is about to leave."""
        self.is_shut_down = True

    def opened(self, params: types.DidOpenTextDocumentParams) -> None:
        """A document is opened: it is checked at once."""
        from pygls.uris import to_fs_path

        item = params.text_document
        # The workspace knows what was agreed on.
        encoding = cast("Encoding", str(getattr(self._encoding, "value", self._encoding)))
        document = OpenDocument(
            item.uri,
            to_fs_path(item.uri) or item.uri,
            item.version,
            item.text,
            language=item.language_id or "",
            encoding=encoding,
            settings=self._settings,
        )
        if self._documents.put(document):
            self._check(document, delay=0)

    def changed(self, params: types.DidChangeTextDocumentParams) -> None:
        """A document is edited: it is checked when typing pauses."""
        known = self._documents.get(params.text_document.uri)
        if known is None or not params.content_changes:
            return
        document = known.changed(params.text_document.version, params.content_changes[-1].text)
        self._documents.put(document)
        self._check(document, delay=DELAY)

    def closed(self, params: types.DidCloseTextDocumentParams) -> None:
        """A document is closed: nothing is shown of it any more."""
        uri = params.text_document.uri
        if self._documents.drop(uri):
            self._publish(uri, None, [])

    def hover(self, params: types.HoverParams) -> types.Hover | None:
        """Explains the name under the pointer."""
        document = self._documents.get(params.text_document.uri)
        if document is None or not document.is_json:
            return None
        found = hover_at(document.text, _offset(document, params.position))
        return None if found is None else messages.hover(document, found)

    def completion(self, params: types.CompletionParams) -> types.CompletionList | None:
        """Completes the name at the cursor."""
        from lsprotocol import types

        document = self._documents.get(params.text_document.uri)
        if document is None or not document.is_json:
            return None
        found = completions_at(document.text, _offset(document, params.position))
        items = [messages.completion(document, one, place) for place, one in enumerate(found)]
        # Incomplete, so that the client asks again: a colon leads from services to actions.
        return types.CompletionList(is_incomplete=True, items=items)

    def code_actions(self, params: types.CodeActionParams) -> list[types.CodeAction]:
        """Offers the fixes at a selection, and all safe ones together."""
        from lsprotocol import types

        document = self._documents.get(params.text_document.uri)
        if document is None or not document.findings:
            return []
        only = None if params.context.only is None else [str(getattr(k, "value", k)) for k in params.context.only]
        versioned = self._can("workspace", "workspace_edit", "document_changes")
        actions: list[types.CodeAction] = []
        if messages.asks_for(types.CodeActionKind.QuickFix.value, only):
            start, end = params.range.start, params.range.end
            span = document.positions.span((start.line, start.character), (end.line, end.character))
            fixes = quick_fixes(document.findings, span)
            actions += [messages.code_action(document, fix, versioned=versioned) for fix in fixes]
        if messages.asks_for(messages.FIX_ALL, only) and any(one.fix and one.fix.safe for one in document.findings):
            mended, _, _ = mend(document.text, document.lint, unsafe=False, wanted=document.settings.mends)
            edit = change_between(document.text, mended)
            if edit is not None:
                actions.append(messages.fix_all_action(document, edit, versioned=versioned))
        return actions

    @property
    def _encoding(self) -> object:
        return self._server.workspace.position_encoding

    def _can(self, *names: str) -> bool:
        """Whether the client has a capability."""
        value: Any = self._server.client_capabilities
        for name in names:
            value = getattr(value, name, None)
        return bool(value)

    def _check(self, document: OpenDocument, *, delay: float) -> None:
        import asyncio

        task = asyncio.get_running_loop().create_task(self._checked(document, delay))
        # The loop itself would forget it.
        self._checks.add(task)
        task.add_done_callback(self._checks.discard)

    async def _checked(self, document: OpenDocument, delay: float) -> None:
        """Checks a version and shows what is found, unless a newer one came meanwhile."""
        import asyncio

        try:
            await asyncio.sleep(delay)
            if self._turn is None:
                self._turn = asyncio.Lock()
            # One at a time: while one is checked, only the newest of the others remains of interest.
            async with self._turn:
                if not self._documents.is_newest(document):
                    return
                shown = await asyncio.to_thread(self._diagnostics, document)
            if self._documents.is_newest(document):
                self._publish(document.uri, document.version, shown)
                self._tell(document.settings)
        except Exception as error:  # noqa: BLE001 (as in `guarded`)
            _log(self._server, error)

    def _diagnostics(self, document: OpenDocument) -> list[types.Diagnostic]:
        related = self._can("text_document", "publish_diagnostics", "related_information")
        return [messages.diagnostic(document, finding, with_related=related) for finding in document.findings]

    def _tell(self, settings: DocumentSettings) -> None:
        """Shows what is wrong with settings, and logs what else is to know of them, once."""
        from lsprotocol import types

        note = settings.note
        if note is not None and note not in self._told:
            self._told.add(note)
            self._server.window_log_message(types.LogMessageParams(types.MessageType.Info, note))
        for text in [problem for problem in settings.problems if problem not in self._told]:
            self._told.add(text)
            shown = types.ShowMessageParams(types.MessageType.Warning, f"jfml-policies: {inert(text)[:2_000]}")
            self._server.window_show_message(shown)

    def _publish(self, uri: str, version: int | None, shown: list[types.Diagnostic]) -> None:
        from lsprotocol import types

        self._server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, shown, version))


def _offset(document: OpenDocument, position: types.Position) -> int:
    return document.positions.offset(position.line, position.character)


def _log(server: LanguageServer, error: Exception) -> None:
    """Writes a fault into the client's log."""
    from lsprotocol import types

    text = f"this is a fault of jfml-policies: {type(error).__name__}: {error}"
    server.window_log_message(types.LogMessageParams(types.MessageType.Error, text[:2_000]))

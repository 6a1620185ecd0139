"""A small client of the Language Server Protocol, which talks to the program as an editor does."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any, Protocol

__all__ = ["PATIENCE", "LspClient", "client_of", "start_server"]

_SOURCE = Path(__file__).parents[3] / "src"
#: Seconds for one answer. A machine may be busy; a test that works never waits so long.
PATIENCE = 120


class Writer(Protocol):
    def write(self, data: bytes, /) -> object: ...

    def flush(self) -> object: ...


class Reader(Protocol):
    def readline(self) -> bytes: ...

    def read(self, size: int, /) -> bytes: ...


class LspClient:
    """Sends requests and notifications over two streams, and reads what comes back in the order wanted."""

    def __init__(self, to_server: Writer, from_server: Reader) -> None:
        self._to_server = to_server
        self._from_server = from_server
        self._incoming: queue.Queue[dict[str, Any] | None] = queue.Queue()
        self._waiting: list[dict[str, Any]] = []
        self._number = 0
        threading.Thread(target=self._read, daemon=True).start()

    def request(self, method: str, params: Any = None) -> Any:
        """The result of a request; an error fails the test."""
        self._number += 1
        number = self._number
        self._send({"id": number, "method": method, "params": params})
        answer = self._wait(lambda message: message.get("id") == number and "method" not in message)
        assert "error" not in answer, answer
        return answer["result"]

    def notify(self, method: str, params: Any = None) -> None:
        self._send({"method": method, "params": params})

    def notification(self, method: str, **expected: Any) -> Any:
        """The parameters of the next notification of a method whose parameters include these."""
        return self._wait(
            lambda message: message.get("method") == method and expected.items() <= {**message["params"]}.items()
        )["params"]

    def start(
        self, *, encodings: list[str] | None = None, watching: bool = False, options: Any = None
    ) -> dict[str, Any]:
        """The server's capabilities, after the greeting."""
        capabilities = {
            "general": {"positionEncodings": encodings} if encodings else {},
            "workspace": {
                "workspaceEdit": {"documentChanges": True},
                "didChangeWatchedFiles": {"dynamicRegistration": watching},
            },
            "textDocument": {"publishDiagnostics": {"relatedInformation": True}},
        }
        greeting = {"processId": None, "rootUri": None, "capabilities": capabilities, "initializationOptions": options}
        answer = self.request("initialize", greeting)
        self.notify("initialized", {})
        result: dict[str, Any] = answer["capabilities"]
        return result

    def open(self, uri: str, text: str, language: str = "json") -> None:
        document = {"uri": uri, "languageId": language, "version": 1, "text": text}
        self.notify("textDocument/didOpen", {"textDocument": document})

    def change(self, uri: str, version: int, text: str) -> None:
        target = {"uri": uri, "version": version}
        self.notify("textDocument/didChange", {"textDocument": target, "contentChanges": [{"text": text}]})

    def diagnostics(self, uri: str, **expected: Any) -> list[dict[str, Any]]:
        """The next findings that are published of a document."""
        found: list[dict[str, Any]] = self.notification("textDocument/publishDiagnostics", uri=uri, **expected)[
            "diagnostics"
        ]
        return found

    def at(self, method: str, uri: str, line: int, character: int) -> Any:
        """The result of a request about a place."""
        place = {"line": line, "character": character}
        return self.request(f"textDocument/{method}", {"textDocument": {"uri": uri}, "position": place})

    def send_raw(self, body: bytes) -> None:
        self._to_server.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self._to_server.flush()

    def leave(self) -> None:
        """Ends the session in the right order."""
        self.request("shutdown")
        self.notify("exit")

    def _send(self, message: dict[str, Any]) -> None:
        self.send_raw(json.dumps({"jsonrpc": "2.0", **message}).encode())

    def _wait(self, is_wanted: Any) -> dict[str, Any]:
        for place, message in enumerate(self._waiting):
            if is_wanted(message):
                return self._waiting.pop(place)
        while True:
            received = self._incoming.get(timeout=PATIENCE)
            assert received is not None, "the server has gone"
            if is_wanted(received):
                return received
            self._waiting.append(received)

    def _read(self) -> None:
        try:
            while (message := self._next()) is not None:
                self._incoming.put(message)
        except (OSError, ValueError):  # the stream was closed while it was waited for
            pass
        self._incoming.put(None)

    def _next(self) -> Any:
        """The next message, or None at the end."""
        length = 0
        while (header := self._from_server.readline()) not in (b"\r\n", b""):
            name, _, value = header.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        return json.loads(self._from_server.read(length)) if header else None


def client_of(process: subprocess.Popen[bytes]) -> LspClient:
    assert process.stdin is not None
    assert process.stdout is not None
    return LspClient(process.stdin, process.stdout)


def start_server(*arguments: str, cwd: Path) -> subprocess.Popen[bytes]:
    """The server as a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-W", "error", "-m", "jfml_policies", "lsp", *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(_SOURCE)},
    )

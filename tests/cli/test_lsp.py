"""Sessions with the real server, as an editor has them."""

from __future__ import annotations

import json
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import lsp_client
import pytest

from jfml_policies.editor.positions import Encoding, Positions
from jfml_policies.linter import lint

URI = "file:///work/a%20b/policy.json"

POLICY = """{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "Read",
      "Effect": "Allow",
      "Action": ["s3:GetObject", "s3:GetObject", "s3:GetObjct"],
      "Resource": "arn:aws:s3:::acme/*"
    }
  ]
}
"""
TYPO = POLICY.index('"s3:GetObjct"')


@pytest.fixture
def server(tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    process = lsp_client.start_server(cwd=tmp_path)
    with process:
        yield process
        process.kill()


@pytest.fixture
def client(server: subprocess.Popen[bytes]) -> lsp_client.LspClient:
    return lsp_client.client_of(server)


def applied(text: str, action: dict[str, Any], encoding: Encoding = "utf-16") -> str:
    """The text after a code action, as an editor makes it."""
    (change,) = action["edit"]["documentChanges"]
    positions = Positions(text, encoding)
    for edit in sorted(
        change["edits"], key=lambda one: positions.offset(*one["range"]["start"].values()), reverse=True
    ):
        places = [(edit["range"][end]["line"], edit["range"][end]["character"]) for end in ("start", "end")]
        span = positions.span(*places)
        text = text[: span.start] + edit["newText"] + text[span.end :]
    return text


def actions_at(
    client: lsp_client.LspClient, text: str, offset: int, only: list[str] | None = None
) -> list[dict[str, Any]]:
    line, character = Positions(text).of(offset)
    place = {"line": line, "character": character}
    context = {"diagnostics": [], **({"only": only} if only else {})}
    request = {"textDocument": {"uri": URI}, "range": {"start": place, "end": place}, "context": context}
    found: list[dict[str, Any]] = client.request("textDocument/codeAction", request)
    return found


def test_a_session(client: lsp_client.LspClient, server: subprocess.Popen[bytes]) -> None:
    """Open, see findings, hover, complete, fix, edit, close, leave: what an editor does, in one session."""
    capabilities = client.start()
    client.open(URI, POLICY)
    found = client.diagnostics(URI, version=1)

    assert capabilities["positionEncoding"] == "utf-16"
    assert [one["code"] for one in found] == [one.rule for one in lint(POLICY)]
    typo = next(one for one in found if one["code"] == "invalid-action")
    assert typo["source"] == "jfml-policies"
    assert typo["severity"] == 1
    assert "help: " in typo["message"]
    assert typo["codeDescription"]["href"].startswith("https://docs.aws.amazon.com/")
    assert typo["range"]["start"] == {"line": 6, "character": 49}
    assert any(one.get("relatedInformation") for one in found)

    hover = client.at("hover", URI, 6, 20)
    assert "**`s3:GetObject`** action, Read" in hover["contents"]["value"]
    assert hover["range"]["start"] == {"line": 6, "character": 17}
    assert client.at("hover", URI, 0, 0) is None

    (action, *_) = actions_at(client, POLICY, TYPO, ["quickfix"])
    assert [one["code"] for one in action["diagnostics"]] == ["invalid-action"]
    mended = applied(POLICY, action)
    assert "s3:GetObjct" not in mended

    client.change(URI, 2, mended)
    assert "invalid-action" not in [one["code"] for one in client.diagnostics(URI, version=2)]
    (everything,) = actions_at(client, mended, 0, ["source.fixAll"])
    assert everything["kind"] == "source.fixAll.jfml-policies"
    clean = applied(mended, everything)
    client.change(URI, 3, clean)
    assert client.diagnostics(URI, version=3) == []
    assert json.loads(clean)["Statement"][0]["Action"] in ("s3:GetObject", ["s3:GetObject"])

    client.notify("textDocument/didClose", {"textDocument": {"uri": URI}})
    assert client.diagnostics(URI) == []
    client.leave()
    assert server.wait(lsp_client.PATIENCE) == 0
    assert server.stderr is not None
    assert server.stderr.read() == b""


def test_a_rule_without_code_leads_to_its_url(client: lsp_client.LspClient, tmp_path: Path) -> None:
    """Where an organization tells more of its demand, the finding links to it."""
    (tmp_path / "jfml-policies.toml").write_text("""\
[[custom-rules]]
code = "acme-lake"
kind = "forbidden-access"
message = "the lake is for the platform alone"
resources = ["arn:aws:s3:::acme/*"]
url = "https://wiki.example.com/lake_(prod)"
""")
    uri = (tmp_path / "policy.json").as_uri()
    client.start()
    client.open(uri, POLICY)
    (found,) = [one for one in client.diagnostics(uri, version=1) if one["code"] == "acme-lake"]

    assert found["codeDescription"] == {"href": "https://wiki.example.com/lake_(prod)"}


def test_completion_while_typing(client: lsp_client.LspClient) -> None:
    """In a document that is no JSON yet, actions are completed, and each edit fits where the cursor is."""
    text = '{"Statement": [{"Effect": "Allow", "Action": "s3:GetObjectAc'
    client.start()
    client.open(URI, text)
    answer = client.at("completion", URI, 0, len(text))
    (item,) = answer["items"]

    assert answer["isIncomplete"]
    assert (item["label"], item["detail"]) == ("s3:GetObjectAcl", "Read")
    assert item["textEdit"] == {
        "range": {"start": {"line": 0, "character": 46}, "end": {"line": 0, "character": len(text)}},
        "newText": "s3:GetObjectAcl",
    }


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
def test_positions_in_the_clients_units(client: lsp_client.LspClient, encoding: Encoding) -> None:
    """Astral characters, a byte order mark, CRLF and other separators leave every place right."""
    text = "\ufeff" + POLICY.replace("Read", "\U0001f600\u2028x").replace("\n", "\r\n")
    text = text.replace('"Action": [', '"Action": ["s3:Get\U0001f600", ')
    capabilities = client.start(encodings=[encoding])
    client.open(URI, text)
    place = text.index('"s3:GetObjct"')
    (typo,) = [one for one in client.diagnostics(URI, version=1) if "GetObjct" in one["message"]]
    line, character = Positions(text, encoding).of(place)

    assert capabilities["positionEncoding"] == encoding
    assert typo["range"]["start"] == {"line": line, "character": character}
    assert client.at("hover", URI, line, character - 5)["range"]["end"]["character"] == character - 2


def test_the_newest_version_wins(client: lsp_client.LspClient) -> None:
    """Of many quick edits the last is what findings are shown of, and nothing older is shown after it."""
    client.start()
    client.open(URI, POLICY)
    client.diagnostics(URI, version=1)
    for version in range(2, 30):
        client.change(URI, version, POLICY + " " * version if version < 29 else "{}")

    assert client.diagnostics(URI, version=29) == []
    # Whatever was still under way would be shown before the answer to a request.
    client.at("hover", URI, 0, 0)
    client.notify("textDocument/didClose", {"textDocument": {"uri": URI}})
    assert client.notification("textDocument/publishDiagnostics", uri=URI).get("version") is None


def test_other_documents_are_left_alone(client: lsp_client.LspClient) -> None:
    """JSON that holds no policy has no findings and no completions; YAML has findings of its policies only."""
    package, yaml = "file:///p/package.json", "file:///p/template.yaml"
    client.start()
    client.open(yaml, '"Statement":', "yaml")
    client.open(package, '{"name": "x", }')

    assert client.diagnostics(package) == []
    assert client.at("completion", package, 0, 14)["items"] == []
    assert client.at("completion", yaml, 0, 0) is None


def test_faults_do_not_end_the_server(client: lsp_client.LspClient, server: subprocess.Popen[bytes]) -> None:
    """Wrong messages, deep nesting and huge documents cost at most a line in the log."""
    client.start()
    client.send_raw(b"{nonsense")
    assert client.notification("window/logMessage")["type"] == 1
    client.open(URI, "[" * 1_000_000)
    assert client.diagnostics(URI, version=1) == []
    client.change(URI, 2, POLICY + " " * 5_000_000)
    assert client.diagnostics(URI, version=2) == []
    assert client.at("completion", URI, 6, 20)["items"] == []
    assert client.at("hover", URI, 10**9, 10**9) is None
    assert actions_at(client, POLICY, 0) == []
    client.change(URI, 3, POLICY)
    assert client.diagnostics(URI, version=3)
    client.leave()
    assert server.wait(lsp_client.PATIENCE) == 0
    assert server.stderr is not None
    assert b"Traceback" not in server.stderr.read()


def test_a_client_that_goes_without_a_word(server: subprocess.Popen[bytes], client: lsp_client.LspClient) -> None:
    """A connection that just ends stops the server, and the exit code says so."""
    client.start()
    assert server.stdin is not None
    server.stdin.close()

    assert server.wait(lsp_client.PATIENCE) == 1


def test_over_tcp(tmp_path: Path) -> None:
    """With a port the server listens on loopback."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with lsp_client.start_server("--tcp", str(port), cwd=tmp_path) as process:
        assert process.stderr is not None
        assert process.stderr.readline() == f"listening on 127.0.0.1:{port}\n".encode()
        with connected(port, process) as connection, connection.makefile("rwb") as stream:
            client = lsp_client.LspClient(stream, stream)
            client.start()
            client.open(URI, POLICY)
            assert client.diagnostics(URI, version=1)
            client.leave()
            assert process.wait(lsp_client.PATIENCE) == 0


def connected(port: int, process: subprocess.Popen[bytes]) -> socket.socket:
    """A connection to the server, as soon as it takes one."""
    while process.poll() is None:
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=lsp_client.PATIENCE)
        except ConnectionRefusedError:
            continue
    pytest.fail("the server has gone")


def test_without_pygls(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the extra, one line says how to install it."""
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    outcome = run("lsp")

    assert outcome.code == 2
    assert "pip install 'jfml-policies[lsp]'" in outcome.err


def test_a_port_that_is_taken(run: Any) -> None:
    """A port that something else listens on is told in one line."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        outcome = run("lsp", "--tcp", str(other.getsockname()[1]))

    assert outcome.code == 2
    assert "can't listen on" in outcome.err


@pytest.mark.parametrize("port", ["0", "65536", "x", "٣", "-1"])
def test_a_wrong_port(run: Any, port: str) -> None:
    """A port that is none is an error of usage."""
    assert run("lsp", f"--tcp={port}").code == 2

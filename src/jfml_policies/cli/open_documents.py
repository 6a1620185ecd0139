"""The documents that an editor has open, each as it was last told."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final, final

from jfml_policies.editor.positions import Encoding, Positions
from jfml_policies.sources.find import YAML_ENDINGS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jfml_policies.cli.editor_settings import DocumentSettings, EditorSettings
    from jfml_policies.findings import Finding
    from jfml_policies.linter import LintResult

__all__ = ["OpenDocument", "OpenDocuments"]


_ENDINGS: Final = (".json", ".template", *YAML_ENDINGS)


@final
class OpenDocument:
    """One version of a document. It never changes: an edit makes another one."""

    def __init__(
        self,
        uri: str,
        name: str,
        version: int,
        text: str,
        *,
        language: str,
        encoding: Encoding,
        settings: EditorSettings,
    ) -> None:
        self.uri = uri
        self.name = name
        self.version = version
        self.text = text
        self.language = language
        self.encoding = encoding
        self._settings = settings

    @cached_property
    def settings(self) -> DocumentSettings:
        """What settings in files say of it, as they are when somebody first asks."""
        return self._settings.of(self.name)

    @cached_property
    def positions(self) -> Positions:
        """Its lines and columns, in the client's units."""
        return Positions(self.text, self.encoding)

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What `check` finds in it today."""
        return self.settings.findings(self.text)

    @property
    def is_ours(self) -> bool:
        """Whether it is JSON or YAML; an editor may send whatever it has open."""
        return self.language.lower().startswith(("json", "yaml")) or self.name.lower().endswith(_ENDINGS)

    @property
    def is_json(self) -> bool:
        """Whether it is read as JSON: the place of a cursor is told in that only."""
        return not self.name.lower().endswith(YAML_ENDINGS) and not self.language.lower().startswith("yaml")

    def lint(self, text: str) -> LintResult:
        """What the rules say of another text of this document."""
        return self.settings.lint(text)

    def changed(self, version: int, text: str) -> OpenDocument:
        """The document after an edit."""
        return OpenDocument(
            self.uri,
            self.name,
            version,
            text,
            language=self.language,
            encoding=self.encoding,
            settings=self._settings,
        )


@final
class OpenDocuments:
    """All of them, by address."""

    def __init__(self) -> None:
        self._documents: dict[str, OpenDocument] = {}

    def get(self, uri: str) -> OpenDocument | None:
        """The newest version of a document, or None when it is not open or none of ours."""
        return self._documents.get(uri)

    def __iter__(self) -> Iterator[OpenDocument]:
        """The newest version of each."""
        return iter(tuple(self._documents.values()))

    def put(self, document: OpenDocument) -> bool:
        """Keeps a version, unless it is none of ours; returns whether it was kept."""
        if document.is_ours:
            self._documents[document.uri] = document
        return document.is_ours

    def drop(self, uri: str) -> bool:
        """Forgets a document; returns whether it was known."""
        return self._documents.pop(uri, None) is not None

    def is_newest(self, document: OpenDocument) -> bool:
        """Whether a version is the last that the editor told of."""
        return self._documents.get(document.uri) is document

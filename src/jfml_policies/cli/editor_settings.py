"""What settings in files say of the documents that an editor has open.

They are read anew for each check of a document, so that a change counts at once. Python modules that they name are
imported only when the client asks for it: an editor opens whatever somebody clones.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from jfml_policies.cli.configuration_files import ConfigurationFiles
from jfml_policies.cli.file_settings import FileSettings, Given, settings_of
from jfml_policies.cli.inputs import Input
from jfml_policies.cli.sifting import Sieve
from jfml_policies.cli.today import present_day
from jfml_policies.editor.diagnostics import findings_of, lint_document
from jfml_policies.errors import ConfigurationError, PolicyError
from jfml_policies.linter import LintResult
from jfml_policies.linter.configuration.absent_rules import AbsentRule
from jfml_policies.report.interface import FileReport

if TYPE_CHECKING:
    from jfml_policies.findings import Finding
    from jfml_policies.linter.rule import Rule

__all__ = ["DocumentSettings", "EditorSettings"]


@final
class EditorSettings:
    """The settings of a session.

    Args:
        config: the file to take for everything, or None to look for it.
        isolated: whether to heed no file at all.

    Attributes:
        imports_rules: whether Python modules with rules are imported.
    """

    def __init__(self, config: str | None = None, *, isolated: bool = False) -> None:
        self.imports_rules = False
        self._config = config
        self._isolated = isolated

    def of(self, name: str) -> DocumentSettings:
        """What holds for a document now; where settings are wrong, what holds without them."""
        files = ConfigurationFiles(self._config, isolated=self._isolated, imports_rules=self.imports_rules)
        today = present_day()
        # As a file below a folder: what is excluded is left alone.
        item = Input(name, name, named=False)
        try:
            settled = settings_of([item], files, Given(), today=today)
            sieve = Sieve(today)
            for _, one in settled:
                sieve.prepare(one)
        except PolicyError as error:
            settled = settings_of([item], ConfigurationFiles(isolated=True), Given(), today=today)
            return DocumentSettings(name, settled[0][1], Sieve(today), _said(error))
        return DocumentSettings(name, settled[0][1] if settled else None, sieve)


@final
class DocumentSettings:
    """What holds for one version of a document.

    Attributes:
        problems: what is wrong with its settings or with rules that they name, a sentence each; `findings` adds to it.
    """

    def __init__(self, name: str, settings: FileSettings | None, sieve: Sieve, problems: tuple[str, ...] = ()) -> None:
        self._name = name
        self._settings = settings
        self._sieve = sieve
        self.problems = problems

    def findings(self, text: str) -> tuple[Finding, ...]:
        """What `check` reports of the document."""
        if self._settings is None:
            return ()
        try:
            found = findings_of(text, self._name, **self._settings.lint)
        except PolicyError as error:  # somebody's rule failed
            self.problems += _said(error)
            return ()
        return self._sieve.sift(FileReport(self._name, text, found), self._settings).findings

    @property
    def rules(self) -> tuple[type[Rule], ...]:
        """The rules beside ours that run on it."""
        return self._settings.lint["settings"].rules if self._settings is not None else ()

    @property
    def note(self) -> str | None:
        """What to know of rules that do not run, or None."""
        if not any(issubclass(rule, AbsentRule) for rule in self.rules):
            return None
        return "rules of `rules-from` do not run here; the initialization option `importRules` lets them"

    def lint(self, text: str) -> LintResult:
        """What the rules say of another text of the document."""
        if self._settings is None:
            return LintResult((), None, is_policy=False)
        return lint_document(text, self._name, **self._settings.lint)

    def mends(self, finding: Finding) -> bool:
        """Whether a finding is mended together with others: what somebody decided to live with stays as it is."""
        return self._settings is not None and not self._sieve.covers(finding, self._settings)


def _said(error: PolicyError) -> tuple[str, ...]:
    problems = error.problems if isinstance(error, ConfigurationError) else (error,)
    return tuple([f"{one}; {one.hint}" if one.hint else str(one) for one in problems])

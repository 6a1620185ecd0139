"""What a configuration says, read and judged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jfml_policies.linter.rule_settings import DEFAULT_RULE_SETTINGS, RuleSettings
from jfml_policies.record import record

if TYPE_CHECKING:
    from jfml_policies.findings import Severity
    from jfml_policies.linter.configuration.file_globs import FileGlob
    from jfml_policies.linter.not_checked import NotCheckedAnswer
    from jfml_policies.linter.suppression import Suppression
    from jfml_policies.policy.kinds import Kind

__all__ = ["Configuration", "KindOfFiles"]


@record
class KindOfFiles:
    """As what some files are read.

    Attributes:
        kind: the kind of policy.
        resource_type: what resource policies are attached to, or None.
    """

    kind: Kind
    resource_type: str | None = None


@record
class Configuration:
    """The settings of one file and those that it extends.

    Attributes:
        files: the files that it was read from, names to show, the first extends the second and so on.
        select: rules and families to run; empty for all.
        extend_select: rules and families to run beside those.
        ignore: rules and families to leave out.
        fail_on: the mildest severity that fails, or None.
        not_checked: what policies do that could not be looked at, or None.
        kinds: kinds by pattern of files; the first that fits counts.
        per_file_ignores: rules and families to leave out by pattern of files; all that fit count.
        exclude: files below folders that are passed over.
        catalog: the absolute path of another catalogue, or None.
        baseline: the absolute path of a baseline, or None.
        suppressions: findings that somebody decided to live with.
        notes: what whoever wrote them may want to know, each with its place.
        rules: what the rules go by.
    """

    files: tuple[str, ...] = ()
    select: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fail_on: Severity | None = None
    not_checked: NotCheckedAnswer | None = None
    kinds: tuple[tuple[FileGlob, KindOfFiles], ...] = ()
    per_file_ignores: tuple[tuple[FileGlob, tuple[str, ...]], ...] = ()
    exclude: tuple[FileGlob, ...] = ()
    catalog: str | None = None
    baseline: str | None = None
    suppressions: tuple[Suppression, ...] = ()
    notes: tuple[str, ...] = ()
    rules: RuleSettings = DEFAULT_RULE_SETTINGS

    def kind_of(self, path: str) -> KindOfFiles | None:
        """As what the file of an absolute path is read; None where that is told from its content."""
        return next((kind for files, kind in self.kinds if files.matches(path)), None)

    def ignored_in(self, path: str) -> tuple[str, ...]:
        """Rules and families that are left out in the file of an absolute path, beside `ignore`."""
        return tuple([name for files, names in self.per_file_ignores if files.matches(path) for name in names])

    def excludes(self, path: str) -> bool:
        """Whether the file of an absolute path is passed over when it was not named."""
        return any(files.matches(path) for files in self.exclude)

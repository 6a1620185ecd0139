"""The output formats by name; each renderer is imported only when its format is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jfml_policies.errors import UsageError

if TYPE_CHECKING:
    from jfml_policies.report.interface import Renderer

__all__ = ["FORMATS", "FOR_PEOPLE", "FOR_PROGRAMS", "renderer"]

#: Names of the formats, the default first.
FORMATS: Final = ("full", "concise", "json", "sarif", "github", "gitlab", "junit", "markdown", "html")
#: Formats whose text is read at a terminal.
FOR_PEOPLE: Final = frozenset({"full", "concise"})
#: Formats whose reader expects a document also when there is nothing to tell.
FOR_PROGRAMS: Final = frozenset({"json", "sarif", "gitlab", "junit", "html"})


def renderer(name: str) -> Renderer:
    """The renderer of a format.

    Raises:
        UsageError: there is no such format.

    >>> renderer("concise").__module__
    'jfml_policies.report.concise'
    """
    match name:
        case "full":
            from jfml_policies.report.full import render
        case "concise":
            from jfml_policies.report.concise import render
        case "json":
            from jfml_policies.report.json_report import render
        case "sarif":
            from jfml_policies.report.sarif import render
        case "github":
            from jfml_policies.report.github import render
        case "gitlab":
            from jfml_policies.report.gitlab import render
        case "junit":
            from jfml_policies.report.junit import render
        case "markdown":
            from jfml_policies.report.markdown import render
        case "html":
            from jfml_policies.report.html_report import render
        case "statistics":
            from jfml_policies.report.statistics import render
        case _:
            raise UsageError(f"there is no output format `{name}`", hint=f"one of {', '.join(FORMATS)}")
    return render

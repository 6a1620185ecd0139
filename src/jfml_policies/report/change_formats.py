"""The output formats of answers by name; each renderer is imported only when its format is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jfml_policies.errors import UsageError
from jfml_policies.record import replace

if TYPE_CHECKING:
    from jfml_policies.report.answer import AnswerRenderer

__all__ = ["CHANGE_FORMATS", "change_renderer"]

#: Names of the formats, the default first.
CHANGE_FORMATS: Final = ("full", "concise", "json", "sarif", "github", "gitlab", "junit", "markdown", "html")


def change_renderer(name: str, *, several: bool = False) -> AnswerRenderer:
    """The renderer of a format.

    Args:
        name: one of `CHANGE_FORMATS`.
        several: whether there may be any number of answers, rather than one.

    Raises:
        UsageError: there is no such format.

    >>> change_renderer("concise").__module__
    'jfml_policies.report.change_concise'
    """
    match name:
        case "full":
            from jfml_policies.report.change_full import render
        case "concise":
            from jfml_policies.report.change_concise import render
        case "json":
            from jfml_policies.report import change_json

            return change_json.render_list if several else change_json.render
        case "markdown":
            from jfml_policies.report.change_markdown import render
        case "github":
            from jfml_policies.report.change_github import render
        case "sarif" | "gitlab" | "junit":
            from jfml_policies.report.change_findings import CHANGE_RULES, file_reports
            from jfml_policies.report.formats import renderer

            render_files = renderer(name)
            return lambda answers, settings: render_files(
                file_reports(answers), replace(settings, rules=lambda: CHANGE_RULES)
            )
        case "html":
            from jfml_policies.report.change_html import render
        case _:
            raise UsageError(f"there is no output format `{name}`", hint=f"one of {', '.join(CHANGE_FORMATS)}")
    return render

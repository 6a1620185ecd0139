"""The output formats of risks by name; each renderer is imported only when its format is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jfml_policies.errors import UsageError
from jfml_policies.record import replace

if TYPE_CHECKING:
    from jfml_policies.report.risk import RiskRenderer

__all__ = ["RISK_FORMATS", "risk_renderer"]

#: Names of the formats, the default first.
RISK_FORMATS: Final = ("full", "json", "sarif", "github", "gitlab", "junit", "markdown", "html")


def risk_renderer(name: str) -> RiskRenderer:
    """The renderer of a format.

    Raises:
        UsageError: there is no such format.

    >>> risk_renderer("json").__module__
    'jfml_policies.report.risk_json'
    """
    match name:
        case "full":
            from jfml_policies.report.risk_full import render
        case "json":
            from jfml_policies.report.risk_json import render
        case "markdown":
            from jfml_policies.report.risk_markdown import render
        case "html":
            from jfml_policies.report.risk_html import render
        case "sarif" | "github" | "gitlab" | "junit":
            from jfml_policies.report.formats import renderer
            from jfml_policies.report.risk_findings import RISK_RULES, risk_file_reports

            render_files = renderer(name)
            return lambda report, settings: render_files(
                risk_file_reports(report), replace(settings, rules=lambda: RISK_RULES)
            )
        case _:
            raise UsageError(f"there is no output format `{name}`", hint=f"one of {', '.join(RISK_FORMATS)}")
    return render

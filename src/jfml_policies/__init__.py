"""Build, check and explain AWS IAM policies, offline.

>>> import jfml_policies as jp
>>> policy = jp.loads('{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}}')
>>> policy.kind
'identity'
>>> [finding.code for finding in jp.lint(policy)]
[]
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jfml_policies._version import __version__
    from jfml_policies.access.access import Access
    from jfml_policies.access.compare import Change, Fault, compare
    from jfml_policies.access.decision import Decision
    from jfml_policies.access.evaluate import evaluate
    from jfml_policies.access.notes import Note
    from jfml_policies.access.regions import Region
    from jfml_policies.access.request import Request
    from jfml_policies.build.minimise import Minimised, Step, minimise
    from jfml_policies.errors import (
        BudgetExceededError,
        CatalogError,
        InputError,
        JsonSyntaxError,
        ParameterError,
        PolicyError,
        UndecidedError,
        UsageError,
    )
    from jfml_policies.findings import Edit, Finding, Fix, Related, Span
    from jfml_policies.linter import lint
    from jfml_policies.linter.files import LintedFile, lint_files
    from jfml_policies.policy.nodes import Policy, Statement
    from jfml_policies.policy.read import dumps, load, loads
    from jfml_policies.privilege.escalation import PathAnswer
    from jfml_policies.privilege.excess import Difference, Gap, gap
    from jfml_policies.privilege.exposure import Exposure
    from jfml_policies.privilege.risks import PublicAccess, Risks, risks

__all__ = [
    "Access",
    "BudgetExceededError",
    "CatalogError",
    "Change",
    "Decision",
    "Difference",
    "Edit",
    "Exposure",
    "Fault",
    "Finding",
    "Fix",
    "Gap",
    "InputError",
    "JsonSyntaxError",
    "LintedFile",
    "Minimised",
    "Note",
    "ParameterError",
    "PathAnswer",
    "Policy",
    "PolicyError",
    "PublicAccess",
    "Region",
    "Related",
    "Request",
    "Risks",
    "Span",
    "Statement",
    "Step",
    "UndecidedError",
    "UsageError",
    "__version__",
    "compare",
    "dumps",
    "evaluate",
    "gap",
    "lint",
    "lint_files",
    "load",
    "loads",
    "minimise",
    "risks",
]

#: Where each public name lives; imported on first use, so that a hook pays only for what it needs.
_HOMES = {
    "__version__": "_version",
    "Access": "access.access",
    **dict.fromkeys(("Change", "Fault", "compare"), "access.compare"),
    "Decision": "access.decision",
    "evaluate": "access.evaluate",
    "Note": "access.notes",
    "Region": "access.regions",
    "Request": "access.request",
    **dict.fromkeys(("Minimised", "Step", "minimise"), "build.minimise"),
    **dict.fromkeys(
        (
            "BudgetExceededError",
            "CatalogError",
            "InputError",
            "JsonSyntaxError",
            "ParameterError",
            "PolicyError",
            "UndecidedError",
            "UsageError",
        ),
        "errors",
    ),
    **dict.fromkeys(("Edit", "Finding", "Fix", "Related", "Span"), "findings"),
    "PathAnswer": "privilege.escalation",
    **dict.fromkeys(("Difference", "Gap", "gap"), "privilege.excess"),
    "Exposure": "privilege.exposure",
    **dict.fromkeys(("PublicAccess", "Risks", "risks"), "privilege.risks"),
    "lint": "linter",
    **dict.fromkeys(("LintedFile", "lint_files"), "linter.files"),
    **dict.fromkeys(("Policy", "Statement"), "policy.nodes"),
    **dict.fromkeys(("dumps", "load", "loads"), "policy.read"),
}


def __getattr__(name: str) -> object:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value: object = getattr(import_module(f"{__name__}.{home}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)

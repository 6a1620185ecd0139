"""Every built document goes through the linter before it is handed out."""

from __future__ import annotations

import json
from typing import Final

from jfml_policies.build.statements import Document
from jfml_policies.errors import ParameterError, PolicyError

__all__ = ["check_built", "check_size"]

#: What a managed policy and a trust policy may hold, in characters without white space ("IAM and AWS STS quotas",
#: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html).
_QUOTAS: Final = {"identity": 6144, "trust": 2048}


def check_built(document: Document, *, kind: str) -> tuple[str, ...]:
    """What the linter says of a built document below the severity of an error, one line each; suggestions are not told.

    Args:
        document: the policy document.
        kind: `trust` or `identity`.

    Raises:
        PolicyError: the linter found an error, so the builder is wrong.
    """
    # Imported late: whoever only looks at parameters and names needs no linter.
    from jfml_policies.linter import lint

    findings = lint(document, kind=kind)
    errors = [finding for finding in findings if finding.severity == "error"]
    if errors:
        raise PolicyError(
            f"the built {kind} policy fails its own check: {errors[0].rule}: {errors[0].message}",
            hint="this is a fault of the builder, not of the parameters; please report it",
        )
    return tuple(f"{finding.message} ({finding.rule})" for finding in findings if finding.severity != "suggestion")


def check_size(document: Document, *, kind: str, remedy: str) -> None:
    """Refuse a document that AWS would refuse for its length.

    Args:
        document: the policy document.
        kind: `trust` or `identity`.
        remedy: which parameters make it long, as a command.

    Raises:
        ParameterError: the document is longer than its kind may be.
    """
    # White space inside strings is counted, to be on the safe side.
    size = len(json.dumps(document, separators=(",", ":"), ensure_ascii=False))
    if size > _QUOTAS[kind]:
        problem = f"the {kind} policy would take {size:,} characters, more than the {_QUOTAS[kind]:,} that IAM allows"
        raise ParameterError((problem,), hint=remedy)

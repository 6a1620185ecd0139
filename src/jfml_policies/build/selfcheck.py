"""Every built document goes through the linter before it is handed out."""

from __future__ import annotations

from typing import Final

from jfml_policies.build.json_output import compact_json
from jfml_policies.build.statements import Document
from jfml_policies.errors import ParameterError, PolicyError

__all__ = ["check_built", "check_trust_size"]

#: What a trust policy may hold, in characters without white space ("IAM and AWS STS quotas",
#: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html).
_TRUST_QUOTA: Final = 2_048
_UNKNOWN_REGION: Final = "invalid-arn-region"


def check_built(document: Document, *, kind: str, fault: str) -> tuple[str, ...]:
    """What the linter says of a built document below the severity of an error, one line each; suggestions are not told.

    Args:
        document: the policy document.
        kind: `trust` or `identity`.
        fault: whose fault an error is, as a hint.

    Raises:
        ParameterError: an ARN would name a region that is not known, and AWS refuse it.
        PolicyError: the linter found another error, so the builder is wrong.
    """
    # Imported late: whoever only looks at parameters and names needs no linter.
    from jfml_policies.linter import lint

    findings = lint(document, kind=kind)
    errors = [finding for finding in findings if finding.severity == "error"]
    if errors and all(error.rule == _UNKNOWN_REGION for error in errors):
        # Regions come from parameters alone.
        raise ParameterError(tuple(dict.fromkeys(error.message for error in errors)), hint=errors[0].hint)
    if errors:
        raise PolicyError(
            f"the built {kind} policy fails its own check: {errors[0].rule}: {errors[0].message}",
            hint=fault,
        )
    return tuple(f"{finding.message} ({finding.rule})" for finding in findings if finding.severity != "suggestion")


def check_trust_size(trust: Document, *, remedy: str) -> None:
    """Refuse a trust policy that AWS would refuse for its length: a role has one, so that it cannot be split.

    Args:
        trust: the trust policy.
        remedy: which parameters make it long, as a command.

    Raises:
        ParameterError: it is longer than a trust policy may be.
    """
    # White space inside strings is counted, to be on the safe side.
    size = len(compact_json(trust))
    if size > _TRUST_QUOTA:
        problem = f"the trust policy would take {size:,} characters, more than the {_TRUST_QUOTA:,} that IAM allows"
        raise ParameterError((problem,), hint=remedy)

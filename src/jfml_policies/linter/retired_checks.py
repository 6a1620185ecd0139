"""Checks of AWS's policy validator that no longer apply; their codes still stand in configurations and old reports.

All of them held service control policies to a smaller language than that of other policies. On 19 September 2025
AWS gave service control policies the whole language, and what these checks forbade became valid. There is no rule
for any of them.

Sources: AWS's announcement and the page of checks, named below; earlier editions of that page.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from jfml_policies.findings import Severity
from jfml_policies.record import record

__all__ = ["CHECKS_PAGE", "RETIRED_CHECKS", "RetiredCheck", "find", "no_effect"]

_ANNOUNCEMENT: Final = (
    "https://aws.amazon.com/blogs/security/"
    "unlock-new-possibilities-aws-organizations-service-control-policy-now-supports-full-iam-language"
)
#: Where AWS lists the checks that its validator has.
CHECKS_PAGE: Final = "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html"


@record
class RetiredCheck:
    """One check of the past.

    Attributes:
        code: AWS's issue code.
        meant: what it reported, one sentence.
        today: what holds in its place, one sentence.
        still_listed: whether AWS's page of checks has it still, against AWS's own announcement.
        severity: how bad its findings were.
        retired: the day from which it does not apply, as in `2025-09-19`.
        source: where AWS says so.
    """

    code: str
    meant: str
    today: str
    still_listed: bool = False
    severity: Severity = "error"
    retired: str = "2025-09-19"
    source: str = _ANNOUNCEMENT

    @property
    def name(self) -> str:
        """The name for people: `invalid-action` for `INVALID_ACTION`."""
        return self.code.lower().replace("_", "-")


_ALL: Final = (
    RetiredCheck(
        "SCP_SYNTAX_ERROR_ACTION_WILDCARD",
        "An action in a service control policy had a wildcard before its end, as in `s3:*Object`.",
        "A wildcard may stand anywhere in an action; `invalid-action` reports a pattern that matches no action.",
        still_listed=True,
    ),
    RetiredCheck(
        "SCP_SYNTAX_ERROR_ALLOW_CONDITION",
        "A statement of a service control policy with `Allow` had a `Condition`.",
        "Conditions go with `Allow` as they go with `Deny`; the rules of the family `condition` look at both.",
    ),
    RetiredCheck(
        "SCP_SYNTAX_ERROR_ALLOW_NOTACTION",
        "A statement of a service control policy with `Allow` had a `NotAction`.",
        "`NotAction` goes with `Allow` as it goes with `Deny`.",
    ),
    RetiredCheck(
        "SCP_SYNTAX_ERROR_ALLOW_RESOURCE",
        'A statement of a service control policy with `Allow` had a `Resource` other than `"*"`.',
        "`Allow` may name single resources; the rules of the family `resource` look at their ARNs.",
    ),
    RetiredCheck(
        "SCP_SYNTAX_ERROR_NOTRESOURCE",
        "A statement of a service control policy had a `NotResource`.",
        "`NotResource` goes with `Allow` and with `Deny`.",
    ),
)

#: By code.
RETIRED_CHECKS: Final = MappingProxyType({check.code: check for check in _ALL})


def find(code: str) -> RetiredCheck | None:
    """The retired check of that code, or None.

    >>> find("SCP_SYNTAX_ERROR_NOTRESOURCE").retired
    '2025-09-19'
    """
    return RETIRED_CHECKS.get(code)


def no_effect(ignoring: str, check: RetiredCheck) -> str:
    """What to tell whoever leaves a retired check out, so that the configuration can be tidied.

    >>> no_effect("--ignore scp-syntax-error-notresource", RETIRED_CHECKS["SCP_SYNTAX_ERROR_NOTRESOURCE"])
    "--ignore scp-syntax-error-notresource has no effect: what AWS's check reported is valid since 2025-09-19"
    """
    return f"{ignoring} has no effect: what AWS's check reported is valid since {check.retired}"

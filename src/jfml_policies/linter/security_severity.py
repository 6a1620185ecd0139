"""How bad a rule's findings are for security, as a number by which code scanning services rank them.

The scale is that of CVSS, as GitHub reads it: from 9.0 on critical, from 7.0 high, from 4.0 medium, above 0 low.
A rule has a number when its findings are about who gets access, not about whether a policy works: all whose severity
is `security-warning`, and those that are named here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from jfml_policies.linter.rule import Rule

__all__ = ["security_severity"]

#: By family, for security warnings: who may come in weighs more than what may be handed on, and that more than a
#: guard that does not hold, which others may stand beside.
_FAMILIES: Final = {
    "trust": 7.5,
    "principal": 7.5,
    "privilege": 8.8,
    "passrole": 7.0,
    "organization": 6.0,
    "condition": 5.5,
}
_USUAL: Final = 5.0
#: By code, where a rule is worse or milder than its family, or has a number in spite of its severity.
_CODES: Final = {
    # Anybody at all comes in, or whoever has an account with the identity provider.
    "PUBLIC_ROLE": 9.8,
    "ALLOW_WITH_NOT_PRINCIPAL": 9.3,
    "MISSING_CONDITION_KEY_FOR_OIDC_PRINCIPAL": 9.1,
    "MISSING_GITHUB_REPO_CONDITION_KEY": 9.1,
    "OPEN_OIDC_TENANT": 9.1,
    # The wrong party comes in, or a right one on behalf of the wrong.
    "WRONG_VENDOR_ACCOUNT": 8.1,
    # Somebody else must have erred as well.
    "EXTERNAL_ID_AS_PASSWORD": 4.3,
    "MISSING_OIDC_AUDIENCE": 5.3,
    "ROOT_PRINCIPAL_WITHOUT_CONDITION": 4.3,
    # Milder than security warnings, and still about who gets access.
    "OPEN_OIDC_WORKLOAD": 5.3,
    "SPECIFIC_GITHUB_REPO_AND_BRANCH_RECOMMENDED": 5.3,
    "WIDE_VENDOR_ROLE_PATTERN": 4.3,
    "RCP_MISSING_RELATED_PRINCIPAL_CONDITION_KEY": 4.3,
    "RCP_MISSING_RELATED_SERVICE_PRINCIPAL_CONDITION_KEY": 4.3,
    "RCP_MISSING_SERVICE_CONDITION_KEY_NULL_CHECK": 4.3,
    "GUESSABLE_EXTERNAL_ID": 3.7,
    "ORGANIZATION_WIDE_ROLE": 3.7,
    "SERVICE_FOR_ANY_ACCOUNT": 3.7,
    "RECOMMENDED_CONDITION_KEY_FOR_SERVICE_PRINCIPAL": 3.1,
    "UNCHECKED_OIDC_AUDIENCE": 3.1,
    "MISSING_SAML_AUDIENCE": 3.1,
    "NEGATED_TEST_PASSES_WITHOUT_KEY": 3.1,
}


def security_severity(rule: type[Rule]) -> float | None:
    """The number of a rule, above 0 and up to 10; None when its findings are not about who gets access.

    >>> from jfml_policies.linter.registry import find_rule
    >>> security_severity(find_rule("public-role")), security_severity(find_rule("invalid-action"))
    (9.8, None)
    """
    if rule.code in _CODES:
        return _CODES[rule.code]
    return _FAMILIES.get(rule.family(), _USUAL) if rule.severity == "security-warning" else None

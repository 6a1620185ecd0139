"""WRONG_SAML_AUDIENCE."""

from __future__ import annotations

import re
from typing import Final

from jfml_policies.findings import Fix
from jfml_policies.linter.fixes.quick_fix import replace_text
from jfml_policies.linter.questions.demanding_tests import demanding_operator
from jfml_policies.linter.questions.statement_principals import holds_unknown
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.patterns.arn import has_wildcard
from jfml_policies.policy.nodes import Statement, Test, Text

__all__ = ["WrongSamlAudience"]

#: Sign-in endpoints differ by Region and partition; of encrypted assertions the provider's id follows.
_ENDPOINT: Final = re.compile(r"https://([a-z0-9-]+\.)?signin\.[a-z0-9.-]+/saml(/acs/[^/]+)?")
_GLOBAL: Final = "https://signin.aws.amazon.com/saml"
#: Addresses that are meant to be such an endpoint; drivers of Redshift and Athena listen at others.
_MEANT_ENDPOINT: Final = re.compile(r"https?://[^/]*(amazon|aws|signin)[^/]*(/.*)?|(?!https?://).*", re.DOTALL)
#: What a provider calls AWS, in the place where its assertion is sent.
_ENTITY_IDS: Final = {
    "urn:amazon:webservices": _GLOBAL,
    "urn:amazon:webservices:govcloud": "https://signin.amazonaws-us-gov.com/saml",
    "urn:amazon:webservices:cn-north-1": "https://signin.amazonaws.cn/saml",
}


class WrongSamlAudience(Rule):
    """`SAML:aud` is compared with something that no assertion is sent to.

    ## Why is this bad?

    The key holds the address that the assertion was sent to, its `Recipient`, and not its `Audience` element.
    For sign-in to the console and for the command line that is an endpoint of AWS, so nobody gets the role.

    ## Example

    ```json
    {"StringEquals": {"SAML:aud": "urn:amazon:webservices"}}
    ```

    ## Use instead

    ```json
    {"StringEquals": {"SAML:aud": "https://signin.aws.amazon.com/saml"}}
    ```

    Endpoints of Regions (`https://eu-west-1.signin.aws.amazon.com/saml`), of other partitions and with the id of the
    provider behind `/saml/acs/` are right.
    Reported are texts that are no web address, and addresses at AWS that are no such endpoint.
    Other addresses, as `http://localhost:7890/redshift/`, may be those of an application.

    ## References

    - [IAM User Guide: Configure SAML assertions for the authentication response](https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_saml_assertions.html)
    - [IAM User Guide: Available keys for SAML-based AWS STS federation](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-saml)
    """

    code = "WRONG_SAML_AUDIENCE"
    severity = "warning"
    origin = "jfml"
    fixes = ("unsafe",)
    kinds = frozenset(("trust",))
    mentions = ("saml:aud",)

    def check_test(self, test: Test, statement: Statement, context: Context) -> Findings:
        """Reports each value of a demanding test; patterns and variables are left alone."""
        if test.key.value.lower() != "saml:aud" or not statement.allows or demanding_operator(test) is None:
            return
        for value in test.values:
            text = value.value
            if holds_unknown(text) or has_wildcard(text) or _ENDPOINT.fullmatch(text):
                continue
            if not _MEANT_ENDPOINT.fullmatch(text):
                continue
            yield self.finding(
                value,
                f"`{text}` is no address that a sign-in to AWS sends assertions to",
                hint=f"write the address that the assertion is sent to, such as `{_GLOBAL}`",
                fix=_fix(value),
            )


def _fix(value: Text) -> Fix | None:
    """The endpoint that was meant, where there is no doubt."""
    meant = _ENTITY_IDS.get(value.value)
    if meant is None:
        text = value.value.strip().rstrip("/").lower().replace("http://", "https://", 1)
        meant = next((end for end in (text, f"{text}/saml") if _ENDPOINT.fullmatch(end)), None)
    return replace_text(value, meant) if meant else None

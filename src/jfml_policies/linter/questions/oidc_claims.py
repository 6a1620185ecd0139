"""Web identity providers of a trust statement, and the condition keys that hold claims of their tokens.

A claim's key is the provider's address and the claim's name: `token.actions.githubusercontent.com:sub`.
Source: IAM User Guide, "IAM and AWS STS condition context keys", "Available keys for AWS OIDC federation".
"""

from __future__ import annotations

from typing import Final

from jfml_policies.linter.questions.statement_principals import read_principals
from jfml_policies.policy.nodes import Statement, Test, Text

__all__ = [
    "GITHUB",
    "claim_of",
    "github_tests",
    "host_of",
    "is_audience",
    "provider_of_key",
    "tested_hosts",
    "web_identities",
]

#: The provider of GitHub Actions.
GITHUB: Final = "token.actions.githubusercontent.com"

#: Keys that hold an audience under another name than `aud`.
_OTHER_AUDIENCES: Final = frozenset(("accounts.google.com:oaud", "graph.facebook.com:app_id", "www.amazon.com:app_id"))


def web_identities(statement: Statement) -> list[tuple[Text, str]]:
    """The web identity providers that a statement's Principal names, with their addresses.

    >>> from jfml_policies.policy.parse import parse_text
    >>> text = '{"Statement": {"Principal": {"Federated": "accounts.google.com"}}}'
    >>> [address for _, address in web_identities(parse_text(text).statements[0])]
    ['accounts.google.com']
    """
    return [
        (text, principal.name)
        for text, principal in read_principals(statement.principal)
        if principal.kind == "oidc-provider"
    ]


def provider_of_key(key: str) -> str:
    """The provider's address in a claim's key, in lower case; the prefix of any other key.

    >>> provider_of_key("oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE:sub")
    'oidc.eks.eu-west-1.amazonaws.com/id/example'
    """
    return key.rpartition(":")[0].lower()


def claim_of(key: str) -> str:
    """The claim's name in a key, in lower case."""
    return key.rpartition(":")[2].lower()


def host_of(provider: str) -> str:
    """The host of a provider's address, in lower case."""
    return provider.partition("/")[0].lower()


def is_audience(key: str) -> bool:
    """Whether a key holds the audience of a web identity token.

    The SAML key `saml:aud` is another thing.

    >>> is_audience("token.actions.githubusercontent.com:aud"), is_audience("saml:aud")
    (True, False)
    """
    return (claim_of(key) == "aud" and "." in provider_of_key(key)) or key.lower() in _OTHER_AUDIENCES


def tested_hosts(statement: Statement) -> set[str]:
    """The hosts of the providers that a statement's condition keys are about, and the prefixes of its other keys."""
    return {host_of(provider_of_key(test.key.value)) for test in statement.tests}


def github_tests(statement: Statement, claim: str) -> list[Test]:
    """The condition tests on a claim of GitHub Actions' tokens, an enterprise's own address included."""
    return [
        test
        for test in statement.tests
        if claim_of(test.key.value) == claim and host_of(provider_of_key(test.key.value)) == GITHUB
    ]

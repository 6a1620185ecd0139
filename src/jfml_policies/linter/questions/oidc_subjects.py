"""How far a trust statement says which workload of a shared identity provider gets in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jfml_policies.catalog.token_issuers import TokenIssuer, issuer_of
from jfml_policies.linter.questions.demanding_tests import demands_value
from jfml_policies.linter.questions.loose_guards import is_loose
from jfml_policies.linter.questions.oidc_claims import claim_of, host_of, provider_of_key, web_identities
from jfml_policies.linter.questions.role_assumption import includes
from jfml_policies.linter.questions.statement_principals import holds_unknown
from jfml_policies.patterns.arn import has_wildcard
from jfml_policies.policy.nodes import Statement, Test, Text
from jfml_policies.policy.operators import parse_operator

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["is_identified", "known_issuers", "open_parts", "open_subjects", "subject_tests"]

#: Providers of one statement that are looked at; no trust policy that AWS takes has room for more.
_MOST_PROVIDERS: Final = 50


def known_issuers(statement: Statement) -> list[tuple[Text, str, TokenIssuer]]:
    """The known providers that a statement lets in, with their addresses."""
    if not statement.allows or not includes(statement, "sts:AssumeRoleWithWebIdentity"):
        return []
    found = [(text, address, issuer_of(address)) for text, address in web_identities(statement)[:_MOST_PROVIDERS]]
    return [(text, address, issuer) for text, address, issuer in found if issuer is not None]


def subject_tests(statement: Statement, provider: str) -> list[Test]:
    """The tests on the subject of a provider's tokens, whatever they ask."""
    return [test for test in _tests(statement, provider) if claim_of(test.key.value) == "sub"]


def is_identified(statement: Statement, provider: str, issuer: TokenIssuer) -> bool:
    """Whether a test demands a value of a claim, the subject left out, that tells whose workload it is.

    What the value leaves open is not looked at.
    """
    return any(
        claim_of(test.key.value) in issuer.claims and demands_value(test) for test in _tests(statement, provider)
    )


def open_subjects(tests: list[Test], issuer: TokenIssuer) -> Iterator[tuple[Text, frozenset[str]]]:
    """Each pattern of demanded subjects with the parts that it leaves open; nothing where another test is exact.

    Left out are patterns so loose that AWS's validator reports them: `wildcard-usage-too-permissive`.
    """
    demanding = [test for test in tests if demands_value(test)]
    patterns = [test for test in demanding if _reads_patterns(test)]
    if len(patterns) != len(demanding):
        return
    if any(not any(has_wildcard(value.value) for value in test.values) for test in patterns):
        return
    for test in patterns:
        for value in test.values:
            if not holds_unknown(value.value) and not is_loose(value.value, "subject", "wildcard", has_variables=True):
                yield value, open_parts(value.value, issuer)


def open_parts(subject: str, issuer: TokenIssuer) -> frozenset[str]:
    """The names of the parts that a pattern of subjects leaves open.

    A subject in another form than the provider's own leaves nothing open as far as one can tell.

    >>> from jfml_policies.catalog.token_issuers import issuer_of
    >>> sorted(open_parts("organization:acme:*", issuer_of("app.terraform.io")))
    ['project', 'workspace']
    >>> sorted(open_parts("project_path:*/models:*", issuer_of("gitlab.com")))
    ['group']
    """
    parts = (issuer.tenant, *issuer.workload) if issuer.tenant else issuer.workload
    is_open: set[str] = set()
    rest = subject
    for place, part in enumerate(parts):
        start = _start_of(part.before, rest)
        if start is None:
            break
        if start < 0:
            is_open.add(part.name)
            continue
        value, end, _ = rest[start:].partition(part.until)
        if has_wildcard(value):
            # A wildcard that nothing follows stands for the remaining parts, too.
            is_open.update(other.name for other in (parts[place : place + 1] if end else parts[place:]))
        rest = rest[start + len(value) :]
    return frozenset(is_open)


def _start_of(before: str, rest: str) -> int | None:
    """Where a part begins; negative where a wildcard stands for it, None where the subject has another form."""
    if rest.startswith(before):
        return len(before)
    wildcard = _first_wildcard(rest)
    if wildcard == len(rest) or not before.startswith(rest[:wildcard]):
        return None
    place = rest.find(before, wildcard)
    return place if place < 0 else place + len(before)


def _first_wildcard(text: str) -> int:
    places = [place for place in (text.find("*"), text.find("?")) if place >= 0]
    return min(places, default=len(text))


def _reads_patterns(test: Test) -> bool:
    operator = parse_operator(test.operator.value)
    return operator is not None and operator.facts.patterns


def _tests(statement: Statement, provider: str) -> list[Test]:
    """The tests on claims of a provider's tokens; which enterprise's address stands before them does not matter."""
    host = host_of(provider)
    return [test for test in statement.tests if host_of(provider_of_key(test.key.value)) == host]

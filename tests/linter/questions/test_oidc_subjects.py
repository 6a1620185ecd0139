"""What a pattern of subjects leaves open."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jfml_policies.catalog.token_issuers import TOKEN_ISSUERS, SubjectPart, TokenIssuer, issuer_of
from jfml_policies.linter.questions.oidc_subjects import open_parts
from jfml_policies.patterns.glob import matches


def _parts(issuer: TokenIssuer) -> tuple[SubjectPart, ...]:
    return (issuer.tenant, *issuer.workload) if issuer.tenant else issuer.workload


def _subject(issuer: TokenIssuer, values: list[str]) -> str:
    pairs = zip(_parts(issuer), values, strict=True)
    return "".join(part.before + value for part, value in pairs) + _parts(issuer)[-1].until + "rest"


@given(st.sampled_from(TOKEN_ISSUERS), st.data())
def test_a_part_is_open_exactly_when_another_value_in_its_place_matches(
    issuer: TokenIssuer, data: st.DataObject
) -> None:
    """A pattern leaves a part open if and only if it matches a subject with any other value there."""
    parts = _parts(issuer)
    values = data.draw(st.lists(st.sampled_from(("acme", "*", "a1")), min_size=len(parts), max_size=len(parts)))
    pattern = _subject(issuer, values)
    named = ["acme" if value == "*" else value for value in values]
    others = [[*named[:place], "stranger", *named[place + 1 :]] for place in range(len(parts))]

    expected = {
        part.name for part, other in zip(parts, others, strict=True) if matches(pattern, _subject(issuer, other))
    }

    assert expected == open_parts(pattern, issuer)


@given(st.sampled_from(TOKEN_ISSUERS), st.text("ac*?:/", max_size=12))
def test_whatever_stands_there_only_parts_of_the_subject_are_named(issuer: TokenIssuer, text: str) -> None:
    """No text breaks the reading, and the answer names parts of this provider's subjects."""
    assert open_parts(text, issuer) <= {part.name for part in _parts(issuer)}


@given(st.sampled_from(TOKEN_ISSUERS), st.text("ac:/", max_size=12))
def test_a_subject_without_wildcards_leaves_nothing_open(issuer: TokenIssuer, text: str) -> None:
    """A text without wildcards is one subject."""
    assert not open_parts(text, issuer)


@pytest.mark.parametrize(
    ("provider", "pattern", "expected"),
    [
        ("app.terraform.io", "organization:acme*", {"organization", "project", "workspace"}),
        ("app.terraform.io", "organization:acme:*:workspace:prod:*", {"project"}),
        ("gitlab.com", "project_path:acme/tools/*", {"project"}),
        ("oidc.eks.eu-west-1.amazonaws.com/id/A1B2", "system:serviceaccount:*:reader", {"namespace"}),
        ("oidc.circleci.com/org/0f1e", "org/0f1e/*", {"project"}),
        ("gitlab.com", "projects:*", set()),
    ],
)
def test_examples(provider: str, pattern: str, expected: set[str]) -> None:
    """A wildcard may stand for a part, the end of one, or several."""
    issuer = issuer_of(provider)

    assert issuer is not None
    assert expected == open_parts(pattern, issuer)

"""Wildcards and variables that make a condition a weak guard: what stands before them leaves too much open.

Source: Access Analyzer policy check reference, "Wildcard usage too permissive" and "Variable usage too permissive";
IAM User Guide, "AWS global condition context keys", Sensitive condition keys.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from jfml_policies.catalog.global_keys import SENSITIVE_KEYS
from jfml_policies.linter.questions.oidc_claims import claim_of, provider_of_key
from jfml_policies.linter.questions.policy_variables import is_key_name
from jfml_policies.record import record

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Guard", "Opening", "guard_of", "is_loose"]

#: Why a key asks for care: its values name an account, an organization or a network; it is `aws:userid`, whose values
#: are `ID:session`; or it is the subject of a web identity token.
Guard: TypeAlias = Literal["sensitive", "user-id", "subject"]
#: What leaves a value open.
Opening: TypeAlias = Literal["wildcard", "variable"]

_SENSITIVE: Final = frozenset(key.lower() for key in SENSITIVE_KEYS)
_USER_ID: Final = "aws:userid"
#: Characters that must stand directly before a wildcard or variable in a subject.
_LEAST_BEFORE: Final = 6

# A value may be a megabyte, so that it is not read letter by letter.
_WILDCARDS: Final = re.compile(r"[*?]+")
#: A run of wildcards, an escape, or a variable.
_OPENINGS: Final = re.compile(r"[*?]+|\$\{[*?$]\}|\$\{[^${}]+\}")
_ESCAPES: Final = ("${*}", "${?}", "${$}")


@record
class _Place:
    kind: Opening
    start: int
    end: int
    #: Literal characters directly before it; an escape is one, a placeholder is enough.
    before: int


def guard_of(key: str, *, is_trust: bool) -> Guard | None:
    """Why a key asks for care, or None when it doesn't.

    >>> guard_of("aws:PrincipalOrgID", is_trust=False)
    'sensitive'
    >>> guard_of("token.actions.githubusercontent.com:sub", is_trust=True)
    'subject'
    """
    lowered = key.lower()
    if lowered in _SENSITIVE:
        return "sensitive"
    if lowered == _USER_ID:
        return "user-id"
    if is_trust and claim_of(key) == "sub" and "." in provider_of_key(key):
        return "subject"
    return None


def is_loose(text: str, guard: Guard, kind: Opening, *, has_variables: bool) -> bool:
    """Whether a wildcard, or a variable, in a value leaves too much open for its key.

    Args:
        text: the value.
        guard: why the key asks for care.
        kind: what is looked for.
        has_variables: whether `${...}` is a variable, or an escape, in this policy.

    >>> is_loose("repo:*", "subject", "wildcard", has_variables=True)
    True
    >>> is_loose("repo:acme/models:*", "subject", "wildcard", has_variables=True)
    False
    >>> [is_loose(text, "user-id", "wildcard", has_variables=True) for text in ("AROAEXAMPLE:*", "*:ann", "AROA*:ann")]
    [False, False, True]
    """
    places = list(_places(text, has_variables=has_variables))
    if guard == "user-id":
        places = _left_of_colon(text, places)
    elif guard == "subject":
        places = [place for place in places if place.before < _LEAST_BEFORE]
    return any(place.kind == kind for place in places)


def _places(text: str, *, has_variables: bool) -> Iterator[_Place]:
    before = end = 0
    for found in (_OPENINGS if has_variables else _WILDCARDS).finditer(text):
        before += found.start() - end
        end = found.end()
        if found[0] in _ESCAPES:
            before += 1
            continue
        if found[0].startswith("$") and not is_key_name(found[0][2:-1]):
            # A template's placeholder: it becomes a text that is long enough, as far as one can tell.
            before += _LEAST_BEFORE
            continue
        yield _Place("variable" if found[0].startswith("$") else "wildcard", found.start(), end, before)
        before = 0


def _left_of_colon(text: str, places: list[_Place]) -> list[_Place]:
    """What stands left of the colon between id and session, unless it is all that stands there."""
    end = 0
    for count, place in enumerate(places):
        if ":" in text[end : place.start]:
            left = places[:count]
            break
        end = place.end
    else:
        left = places
    is_alone = len(left) == 1 and left[0].start == 0 and text[left[0].end : left[0].end + 1] == ":"
    return [] if is_alone else left

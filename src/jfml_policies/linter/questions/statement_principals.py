"""The principals of a statement, told apart, with where each stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jfml_policies.patterns.principal import PRINCIPAL_TYPES, Principal
from jfml_policies.policy.nodes import Principals, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["MOST_PRINCIPALS", "holds_unknown", "read_principal", "read_principals"]

#: So many principals of an element are read; no policy that AWS takes has room for more.
MOST_PRINCIPALS: Final = 5_000


def holds_unknown(text: str) -> bool:
    """Whether a text holds a template's reference or a policy variable, so that nobody can say yet what it is.

    >>> holds_unknown("arn:aws:iam::${AccountId}:root")
    True
    """
    return "${" in text


def read_principal(group: str | None, text: Text) -> Principal:
    """The principal that an entry under a type names; of kind `unknown` where the entry holds something unknown."""
    if holds_unknown(text.value):
        return Principal.unknown(group, text.value)
    return Principal.parse(group, text.value)


def read_principals(principals: Principals | None) -> Iterator[tuple[Text, Principal]]:
    """Each entry of a Principal or NotPrincipal with what it names; entries under an unknown type are left out.

    At most `MOST_PRINCIPALS` entries are read.

    >>> from jfml_policies.policy.parse import parse_text
    >>> text = '{"Statement": {"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}}}'
    >>> [principal.kind for _, principal in read_principals(parse_text(text).statements[0].principal)]
    ['service']
    """
    if principals is None:
        return
    if principals.text is not None:
        yield principals.text, read_principal(None, principals.text)
    left = MOST_PRINCIPALS
    for group in principals.groups:
        if group.type.value in PRINCIPAL_TYPES:
            for text in group.values[:left]:
                yield text, read_principal(group.type.value, text)
            left -= min(left, len(group.values))

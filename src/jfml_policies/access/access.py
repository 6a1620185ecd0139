"""Access: an exact set of requests, with the algebra of sets.

An access is a union of terms; a term says which policies must all allow a request and which must not. So every
combination of documents (identity policy and boundary and SCP, new minus old) is an access, and one question decides
all others: is it empty?
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Final, final

from jfml_policies.access.difference import boxed, candidates
from jfml_policies.access.key_test import Invalid
from jfml_policies.access.region_list import regions
from jfml_policies.access.space import Space
from jfml_policies.access.validity import invalid_reason
from jfml_policies.access.verdict import Searched, search
from jfml_policies.errors import UndecidedError
from jfml_policies.policy.read import as_policy
from jfml_policies.record import record

if TYPE_CHECKING:
    from jfml_policies.access.difference import Boxed
    from jfml_policies.access.regions import Region
    from jfml_policies.access.request import Request
    from jfml_policies.policy.nodes import Policy
    from jfml_policies.policy.read import Document

__all__ = ["Access"]

#: Terms of one access; a combination of more is refused rather than worked on for hours.
_MOST_TERMS: Final = 4_096


@record
class _Term:
    """Requests that all of some policies allow and none of some others."""

    allowing: frozenset[Policy]
    refusing: frozenset[Policy]


@final
class Access:
    """A set of requests.

    >>> read = Access.of('{"Statement": {"Effect": "Allow", "Action": "s3:Get*", "Resource": "*"}}')
    >>> one = Access.of('{"Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}}')
    >>> one <= read, read <= one, (one - read).is_empty()
    (True, False, True)
    """

    __slots__ = ("_terms",)

    def __init__(self, terms: frozenset[_Term]) -> None:
        if len(terms) > _MOST_TERMS:
            raise UndecidedError("the combination of policies has too many cases")
        self._terms: frozenset[_Term] = terms

    @classmethod
    def of(cls, document: Document, *, kind: str | None = None) -> Access:
        """The requests that one document, or task, alone allows: some Allow matches, and no Deny.

        Raises:
            UsageError, InputError, JsonSyntaxError: the document cannot be read.
            UndecidedError: AWS would refuse the document, so that it means nothing.
        """
        policy = as_policy(document, kind=kind)
        reason = invalid_reason(policy)
        if reason is not None:
            raise UndecidedError(f"invalid policy: {reason[0]}")
        return cls(frozenset((_Term(frozenset((policy,)), frozenset()),)))

    def __or__(self, other: Access) -> Access:
        """Requests in either."""
        return Access(self._terms | other._terms)

    def __and__(self, other: Access) -> Access:
        """Requests in both."""
        return Access(
            frozenset(
                _Term(one.allowing | two.allowing, one.refusing | two.refusing)
                for one, two in product(self._terms, other._terms)
            )
        )

    def __sub__(self, other: Access) -> Access:
        """Requests in this one and not in the other."""
        # Outside a union is outside each term; outside a term, one of its policies decides otherwise.
        terms = self._terms
        for term in other._terms:
            ways = [_Term(frozenset(), frozenset((policy,))) for policy in term.allowing]
            ways += [_Term(frozenset((policy,)), frozenset()) for policy in term.refusing]
            terms = Access(
                frozenset(
                    _Term(one.allowing | two.allowing, one.refusing | two.refusing) for one, two in product(terms, ways)
                )
            )._terms
        return Access(terms)

    def __le__(self, other: Access) -> bool:
        """Whether every request of this one is in the other.

        Raises:
            UndecidedError: neither a proof nor a request was found; the message says why.
        """
        return (self - other).is_empty()

    def __ge__(self, other: Access) -> bool:
        """Whether every request of the other is in this one."""
        return other <= self

    def __eq__(self, other: object) -> bool:
        """Whether both hold the same requests, however they are written.

        Raises:
            UndecidedError: neither a proof nor a request was found.
        """
        return isinstance(other, Access) and self <= other and other <= self

    def __hash__(self) -> int:
        raise TypeError("accesses are compared by meaning, so they have no hash")

    def is_empty(self) -> bool:
        """Whether there is no request in it.

        Raises:
            UndecidedError: neither a proof nor a request was found; the message says why.
        """
        return self.example() is None

    def example(self) -> Request | None:
        """A request in it, confirmed by the evaluator; None when it is empty.

        Raises:
            UndecidedError: neither a proof nor a request was found; the message says why.
        """
        doubts: list[str] = []
        for term in self._ordered():
            searched = _searched(term, only_first=True)[1]
            if searched.found:
                return searched.found[0].witness
            doubts += searched.unknown
        if doubts:
            raise UndecidedError(doubts[0])
        return None

    def regions(self) -> tuple[Region, ...]:
        """Pieces of it that a person can read, each with a request as proof.

        Raises:
            UndecidedError: there might be more than was found.
        """
        found, unknown = self.known_regions()
        if unknown:
            raise UndecidedError(unknown[0])
        return found

    def known_regions(self) -> tuple[tuple[Region, ...], tuple[str, ...]]:
        """Pieces of it that were found, and why there might be more; no reason where there are no more."""
        found: list[Region] = []
        unknown: dict[str, None] = {}
        for term in self._ordered():
            try:
                space, searched, some, others = _searched(term, only_first=False)
            except UndecidedError as error:
                unknown[str(error)] = None
                continue
            unknown |= dict.fromkeys(searched.unknown)
            found += regions(space, searched.found, some, others)
        return tuple(found), tuple(unknown)

    def policies(self) -> tuple[Policy, ...] | None:
        """Policies that allow exactly this together, as those of one principal do; None where that takes more to say.

        >>> read = Access.of('{"Statement": {"Effect": "Allow", "Action": "s3:Get*", "Resource": "*"}}')
        >>> len(read.policies() or ()), (read - read).policies()
        (1, None)
        """
        if not self._terms or any(term.refusing or len(term.allowing) > 1 for term in self._terms):
            return None
        found = tuple([policy for term in self._ordered() for policy in term.allowing])
        # A Deny holds for its own document here, and for all documents of a principal.
        if len(found) > 1 and any(not statement.allows for policy in found for statement in policy.statements):
            return None
        return found

    def __repr__(self) -> str:
        return f"<Access of {len(self._terms)} term{'s' if len(self._terms) != 1 else ''}>"

    def _ordered(self) -> list[_Term]:
        """The terms, those first that are decided soonest."""
        return sorted(self._terms, key=lambda term: (len(term.allowing) + len(term.refusing), repr(term)))


def _searched(term: _Term, *, only_first: bool) -> tuple[Space, Searched, list[Boxed], list[Boxed]]:
    if term.allowing & term.refusing:
        return Space([]), Searched(), [], []
    allowing, refusing = sorted(term.allowing, key=repr), sorted(term.refusing, key=repr)
    space = Space([*allowing, *refusing])
    try:
        some, others = [boxed(space, one) for one in allowing], [boxed(space, one) for one in refusing]
    except Invalid as error:
        raise UndecidedError(str(error)) from None
    searched = search(space, candidates(some, others), some, others, only_first=only_first)
    return space, searched, some, others

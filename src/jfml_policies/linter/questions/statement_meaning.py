"""What the statements of a policy, and the entries of their lists, add to the others: worked out once a policy.

Most policies are told from their texts to have nothing of the kind; only for the others the algebra is loaded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jfml_policies.linter.questions.coverage import cover_groups
from jfml_policies.linter.questions.sample_requests import ELEMENTS, Element, SampleRequests
from jfml_policies.record import record

if TYPE_CHECKING:
    from jfml_policies.linter.questions.statement_boxes import StatementBoxes
    from jfml_policies.linter.rule import Context
    from jfml_policies.policy.nodes import Listing, Statement

__all__ = [
    "Covered",
    "CoveredEntries",
    "Meaning",
    "element",
    "policy_boxes",
    "statement_meaning",
    "textually_covered",
]

#: Policies with more statements, and lists with more entries, are not looked at: they are beyond AWS's quotas.
_MOST_STATEMENTS: Final = 200
_MOST_ENTRIES: Final = 1_000
#: Likewise principals that are named in a policy, each counted as often as it is.
_MOST_PRINCIPALS: Final = 200


@record
class Covered:
    """A statement whose requests others decide.

    Attributes:
        statement: the statement.
        by: the statements that decide those requests without it, in order; none of them can be spared.
    """

    statement: Statement
    by: tuple[Statement, ...]


@record
class CoveredEntries:
    """Entries of a list whose requests others decide, while the rest of the list adds something.

    Attributes:
        statement: the statement.
        listing: its Action or Resource.
        places: positions of the entries, sorted.
        kept: the position of an entry that stays.
        by: the statements that decide those requests without the entries, in order; the statement itself is among
            them where the rest of its list takes part.
    """

    statement: Statement
    listing: Listing
    places: tuple[int, ...]
    kept: int
    by: tuple[Statement, ...]


@record
class Meaning:
    """What adds nothing to a policy; all of it can go at once.

    Attributes:
        denied: Allows whose requests are all denied.
        denied_entries: entries of Allows whose requests are all denied.
        covered: statements whose requests others of the same effect decide alike.
        entries: entries whose requests others decide alike.
        kept: the position of a statement that stays.
    """

    denied: tuple[Covered, ...] = ()
    denied_entries: tuple[CoveredEntries, ...] = ()
    covered: tuple[Covered, ...] = ()
    entries: tuple[CoveredEntries, ...] = ()
    kept: int = 0


def policy_boxes(context: Context) -> StatementBoxes | None:
    """The statements of the policy in the algebra; None where the policy has no meaning or is too large."""
    statements = context.policy.statements
    named = sum(len(group.values) for one in statements if one.principals for group in one.principals.groups)
    if len(statements) > _MOST_STATEMENTS or named > _MOST_PRINCIPALS:
        return None
    # Here, because most policies need none of it.
    from jfml_policies.linter.questions.statement_boxes import StatementBoxes

    return StatementBoxes.of(context.policy)


def statement_meaning(context: Context) -> Meaning:
    """What adds nothing to the policy, as far as it is proved."""
    statements = context.policy.statements
    if len(statements) > _MOST_STATEMENTS:
        return Meaning()
    samples = SampleRequests(statements)
    doubted = {place for place in range(len(statements)) if samples.may_be_covered(place)}
    entries = {
        (place, name): doubtful
        for place, statement in enumerate(statements)
        for name in ELEMENTS
        if (doubtful := _doubtful_entries(statement, place, name, samples))
    }
    if not doubted and not entries:
        return Meaning()
    boxes = context.ask(policy_boxes)
    if boxes is None:
        return Meaning()
    from jfml_policies.linter.questions.cover_search import CoverSearch

    return CoverSearch(statements, samples, doubted, entries, boxes.apart()).run()


def _doubtful_entries(statement: Statement, place: int, name: Element, samples: SampleRequests) -> tuple[int, ...]:
    """The entries of a list that may add nothing, beside those that another entry of it covers by its text."""
    listing = element(statement, name)
    if listing is None or not 1 < len(listing.values) <= _MOST_ENTRIES:
        return ()
    found = [number for number in range(len(listing.values)) if samples.may_be_covered(place, name, number)]
    if not found:
        return ()
    covered = textually_covered(listing)
    return tuple([number for number in found if number not in covered])


def textually_covered(listing: Listing) -> frozenset[int]:
    """The entries of a list that another entry of it covers by its text; AWS's own checks report them."""
    groups = cover_groups([text.value for text in listing.values], fold_case=listing.name == "Action")
    return frozenset(number for group in groups for number in group.covered)


def element(statement: Statement, name: Element) -> Listing | None:
    """An element of a statement by its name."""
    return statement.action if name == "Action" else statement.resource

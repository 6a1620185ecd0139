"""Action patterns: `service:Name` with `*` and `?`, compared without regard to letter case.

A request's action has exactly one colon, with a service prefix before it and a name after it; questions about sets of
actions are answered over such texts, so `*` and `*:*` mean the same.

Source: "IAM JSON policy elements: Action" of the IAM user guide.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, final

from jfml_policies.patterns.arn import has_wildcard
from jfml_policies.patterns.glob import DEFAULT_BUDGET, Glob, intersects, is_subset, witness
from jfml_policies.patterns.tokens import FIELD_ONE, FIELD_RUN
from jfml_policies.record import field, record

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["ActionPattern", "ActionProblem", "ActionProblemCode"]

ActionProblemCode = Literal[
    "empty", "no-colon", "empty-prefix", "empty-name", "wildcard-in-prefix", "illegal-character", "too-many-colons"
]

# Every text that can be a request's action.
_REQUESTS = Glob((FIELD_ONE, FIELD_RUN, ":", FIELD_ONE, FIELD_RUN))
_PREFIX_EXTRA = "-"
_NAME_EXTRA = "-_"


@final
@record
class ActionProblem:
    """What is wrong with an action pattern.

    Attributes:
        code: which fault it is.
        start, end: the offsets of the faulty part in the pattern's text; equal where something is missing.
    """

    code: ActionProblemCode
    start: int
    end: int


@final
@record
class ActionPattern:
    """A set of actions; equal patterns differ at most in letter case and redundant wildcards.

    Attributes:
        glob: the whole pattern, ignoring letter case.
        text: the pattern as it was written.

    >>> pattern = ActionPattern.parse("s3:Get*")
    >>> pattern.prefix, pattern.name, pattern.matches("S3:GetObject")
    ('s3', 'Get*', True)
    """

    glob: Glob
    text: str = field(compare=False)

    @staticmethod
    def parse(text: str) -> ActionPattern:
        """Return the pattern that `text` writes; never raises, `problems` tells what is wrong with it."""
        return ActionPattern(Glob.parse(text, fold_case=True), text)

    @property
    def prefix(self) -> str:
        """The service prefix in lower case; empty when there is no colon."""
        before, colon, _ = self.text.partition(":")
        return before.lower() if colon else ""

    @property
    def name(self) -> str:
        """The part after the colon as it was written; the whole text when there is no colon."""
        before, colon, after = self.text.partition(":")
        return after if colon else before

    @property
    def is_star(self) -> bool:
        """True for `*`, every action of every service."""
        return self.glob.is_everything

    @property
    def is_literal(self) -> bool:
        """True when it names one action, without wildcards."""
        return self.glob.is_literal

    @property
    def problems(self) -> tuple[ActionProblem, ...]:
        """What is wrong with the pattern's writing, in order of place; empty when it is well-formed.

        >>> [problem.code for problem in ActionPattern.parse("s3*:").problems]
        ['wildcard-in-prefix', 'empty-name']
        """
        if self.is_star:
            return ()
        return tuple(_problems(self.text))

    def matches(self, action: str) -> bool:
        """Return True when it matches a request's action, as in `s3:GetObject`."""
        return self.glob.matches(action)

    def intersects(self, other: ActionPattern) -> bool:
        """Return True when some action matches both.

        >>> ActionPattern.parse("s3:Get*").intersects(ActionPattern.parse("S3:*Object"))
        True
        """
        if not intersects(self.glob, other.glob):
            return False
        if self._is_ordinary and other._is_ordinary:
            return True
        return witness([self.glob, other.glob, _REQUESTS]) is not None

    def is_subset(self, other: ActionPattern) -> bool:
        """Return True when every action that this pattern matches is matched by `other`.

        >>> ActionPattern.parse("s3:get*").is_subset(ActionPattern.parse("s3:*"))
        True
        """
        if is_subset(self.glob, other.glob):
            return True
        if other._is_ordinary and self._is_ordinary:
            # As texts, `s3:*` has `s3:` more than `s3:?*`; as actions they are the same.
            return is_subset(f"{self.prefix}:?*", other.glob)
        return not (self.is_star and other._is_ordinary) and self.is_subset_of_union([other])

    def is_subset_of_union(self, others: Iterable[ActionPattern], *, budget: int = DEFAULT_BUDGET) -> bool:
        """Return True when every action that this pattern matches is matched by one of `others`.

        Raises:
            BudgetExceededError: the search was longer than `budget` steps.
        """
        return self.difference_witness(others, budget=budget) is None

    def difference_witness(self, others: Iterable[ActionPattern], *, budget: int = DEFAULT_BUDGET) -> str | None:
        """Return a shortest action name that matches this pattern and none of `others`, or None.

        The name need not exist at AWS: services gain actions, and the pattern would match them.

        Raises:
            BudgetExceededError: the search was longer than `budget` steps.

        >>> ActionPattern.parse("s3:Get*").difference_witness([ActionPattern.parse("s3:GetObject*")])
        's3:Get'
        """
        refused = [other.glob for other in others]
        # Ask in the pattern's own writing: the refused globs ignore case, so the answer only becomes more readable.
        wanted = Glob.parse(self.text)
        if self._is_ordinary and self.name.strip("*"):
            return witness([wanted], refused, budget=budget)
        return witness([wanted, _REQUESTS], refused, budget=budget)

    @property
    def _is_ordinary(self) -> bool:
        """True for one colon, a prefix without wildcards before it and something after it."""
        prefix, _, name = self.text.partition(":")
        return bool(prefix) and not has_wildcard(prefix) and bool(name) and ":" not in name


def _problems(text: str) -> Iterable[ActionProblem]:
    if not text:
        yield ActionProblem("empty", 0, 0)
        return
    colon = text.find(":")
    if colon < 0:
        yield ActionProblem("no-colon", 0, len(text))
        return
    if colon == 0:
        yield ActionProblem("empty-prefix", 0, 0)
    elif has_wildcard(text[:colon]):
        yield ActionProblem("wildcard-in-prefix", 0, colon)
    yield from _illegal_characters(text, 0, colon, _PREFIX_EXTRA)
    if colon == len(text) - 1:
        yield ActionProblem("empty-name", len(text), len(text))
        return
    second = text.find(":", colon + 1)
    if second >= 0:
        yield ActionProblem("too-many-colons", second, len(text))
    yield from _illegal_characters(text, colon + 1, second if second >= 0 else len(text), _NAME_EXTRA)


def _illegal_characters(text: str, start: int, end: int, extra: str) -> Iterable[ActionProblem]:
    """Yield each run of characters that no action is written with."""
    place = start
    while place < end:
        run = place
        while run < end and not _is_legal(text[run], extra):
            run += 1
        if run > place:
            yield ActionProblem("illegal-character", place, run)
        place = run + 1


def _is_legal(character: str, extra: str) -> bool:
    return (character.isascii() and character.isalnum()) or character in extra or character in "*?"

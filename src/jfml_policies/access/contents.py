"""What the entries of an element mean: a list of actions, resources or condition values as a set.

An element is read only when its meaning is asked for: two versions of a policy share most of theirs, and elements that
are written alike need no reading to be known as equal.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jfml_policies.access.comparisons import canonical_base64
from jfml_policies.access.key_test import line_of, networks_of
from jfml_policies.access.letters import Letters, plain
from jfml_policies.access.value_sets import ANY_ARN, Texts, Unsettled, ValueSet, is_letter
from jfml_policies.patterns.glob import Glob
from jfml_policies.patterns.letter_case import fold
from jfml_policies.patterns.tokens import ANY_RUN
from jfml_policies.policy.operators import OPERATORS
from jfml_policies.record import record

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jfml_policies.patterns.resource_pattern import Completion
    from jfml_policies.patterns.tokens import Token

__all__ = ["Written", "names_of", "open_actions_of", "open_services", "resources_of", "values_of"]


@record
class Written:
    """The entries of an element, in no order.

    Attributes:
        entries: as written.
        variables: whether `${...}` in them is a variable or an escape.
    """

    entries: frozenset[str]
    variables: bool

    @staticmethod
    def of(entries: Iterable[str], *, has_variables: bool) -> Written:
        """The entries of a policy; `has_variables` says whether the policy's version knows variables."""
        distinct = frozenset(entries)
        return Written(distinct, has_variables and any("${" in entry for entry in distinct))

    @property
    def is_simple(self) -> bool:
        """Whether reading it gives out no letter and finds no fault."""
        return not self.variables and all(map(str.isascii, self.entries))

    @property
    def holds_star(self) -> bool:
        """Whether one entry is `*`, written once or several times."""
        return "*" in self.entries or any(entry.startswith("**") and not entry.strip("*") for entry in self.entries)

    def sorted(self) -> list[str]:
        """The entries in an order that does not depend on chance."""
        return sorted(self.entries)


def open_services(written: Written) -> frozenset[str] | None:
    """The prefixes of services that entries with wildcards are about; None when an entry is about any service."""
    found: set[str] = set()
    for entry in written.entries:
        if "*" in entry or "?" in entry:
            prefix, colon, _ = entry.partition(":")
            if not colon or "*" in prefix or "?" in prefix:
                return None
            found.add(fold(prefix))
    return frozenset(found)


def open_actions_of(written: Written) -> Texts:
    """The actions that entries with wildcards match, in lower case; actions know no variables.

    Raises:
        Invalid: an entry holds characters that IAM refuses.
    """
    entries = [plain(text) for text in written.sorted()]
    return _union([Glob.parse(text, fold_case=True) for text in entries if "*" in text or "?" in text])


def names_of(written: Written) -> Texts:
    """The actions that entries without wildcards name, in lower case."""
    entries = [text for text in written.sorted() if "*" not in text and "?" not in text]
    return _union([Glob.parse(text, fold_case=True) for text in entries])


def resources_of(written: Written, letters: Letters, completion: Completion) -> Texts:
    """The resources that some entries match.

    Raises:
        Invalid: an entry holds characters that IAM refuses.
        BudgetExceededError: there are more variables than letters.
    """
    globs = [
        Glob(letters.tokens(text, variables=True, wildcards=True))
        if written.variables and "${" in text
        else Glob.parse(plain(text))
        for text in written.sorted()
    ]
    return _arns(globs, completion)


def values_of(written: Written, letters: Letters, operator: str, key: str, *, may_have_several: bool) -> ValueSet:
    """The values that an operator finds equal to some of its own, or between them.

    Args:
        written: the values.
        letters: gives out letters for variables.
        operator: one that is not negated, and not `Null`.
        key: the condition key in lower case.
        may_have_several: whether the key may have several values.

    Raises:
        Invalid: a value cannot be read.
        BudgetExceededError: there are more variables than letters.
    """
    facts = OPERATORS[operator]
    if facts.family in ("Numeric", "Date"):
        return line_of(operator, written.sorted())
    if facts.family == "IpAddress":
        return networks_of(written.sorted())
    globs: list[Glob] = []
    fold_case = operator.endswith("IgnoreCase") or facts.family == "Bool"
    for value in written.sorted():
        if facts.family == "Binary":
            globs.append(Glob.literal(canonical_base64(value) or value))
            continue
        as_written = letters.tokens(value, variables=written.variables, wildcards=facts.patterns)
        tokens = as_written if may_have_several else _without_itself(as_written, letters, key)
        if tokens is None:
            continue
        # A value is an ARN pattern of itself if it is an ARN.
        is_itself = tokens == (ANY_RUN,) and tokens != as_written
        globs.append(ANY_ARN.globs[0] if is_itself and facts.family == "Arn" else Glob(tokens, fold_case))
    return _arns(globs, None) if facts.family == "Arn" else _union(globs)


def _without_itself(tokens: tuple[Token, ...], letters: Letters, key: str) -> tuple[Token, ...] | None:
    """A pattern for a key's value that holds that very value: it matches always, or (None) never.

    A value is its own beginning, end and middle, and longer than itself it is not.
    """
    own = [token for token in tokens if is_letter(token) and letters.meanings[str(token)].key == key]
    if len(own) != 1:
        return tokens
    others = [token for token in tokens if token != own[0]]
    if all(token is ANY_RUN for token in others):
        return (ANY_RUN,)
    return tokens if any(map(is_letter, others)) else None


def _arns(patterns: Iterable[Glob], completion: Completion | None) -> Texts:
    """The union of ARN patterns: Resource entries, or values of a condition when there is no completion."""
    globs: list[Glob] = []
    unsettled: list[Unsettled] = []
    for pattern in patterns:
        arn = Unsettled(pattern, completion)
        if Unsettled.is_needed(pattern):
            unsettled.append(arn)
        elif (glob := arn.settled(pattern)) is not None:
            globs.append(glob)
    return _union(globs, unsettled)


def _union(globs: Iterable[Glob], unsettled: Iterable[Unsettled] = ()) -> Texts:
    """The same union whatever the order and repetition of its globs."""
    return Texts(
        tuple(sorted(dict.fromkeys(globs), key=_order)),
        tuple(sorted(dict.fromkeys(unsettled), key=lambda arn: _order(arn.written))),
    )


def _order(glob: Glob) -> tuple[str, bool]:
    return glob.text, glob.shape is None

"""ARN patterns: six globs, one for each field, as the Arn condition operators and Resource elements compare them.

Wildcards of the first five fields do not cross a colon; the sixth field is a free glob over the rest of the ARN.
A text comparison (StringLike) is another language: there `*` crosses everything; use `glob` for it.

Source: "Amazon Resource Name (ARN) condition operators" of the IAM user guide.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, final

from jfml_policies.errors import UsageError
from jfml_policies.patterns.arn import FIELD_COUNT, arn_problem
from jfml_policies.patterns.glob import DEFAULT_BUDGET, Glob, intersects, is_subset, witness
from jfml_policies.patterns.tokens import ANY_ONE, ANY_RUN, COLON, FIELD_ONE, FIELD_RUN, Token
from jfml_policies.record import record

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["ArnPattern", "arn_glob", "arn_like"]

_IN_FIELD: dict[Token, Token] = {ANY_ONE: FIELD_ONE, ANY_RUN: FIELD_RUN}

# A shortest ARN leaves out whatever it can (`arn:::::`); people understand one with these parts sooner.
_READABLE = ("arn:aws:?*:*:*:?*", "arn:?*:?*:*:*:?*")


@final
@record
class ArnPattern:
    """A set of ARNs, given by a glob for each of the six fields (the first is the prefix `arn`).

    >>> pattern = ArnPattern.parse("arn:aws:s3:::acme-*/train/*")
    >>> pattern.matches("arn:aws:s3:::acme-features/train/2024/a.csv")
    True
    """

    fields: tuple[Glob, Glob, Glob, Glob, Glob, Glob]

    @staticmethod
    def parse(text: str) -> ArnPattern:
        """Return the pattern that `text` writes.

        Raises:
            UsageError: it has fewer than six fields.
        """
        pattern = ArnPattern.try_parse(text)
        if pattern is None:
            raise UsageError(
                f"`{text[:200]}` is not an ARN pattern: {arn_problem(text) or 'it has fewer than 6 fields'}",
                hint="an ARN reads arn:partition:service:region:account:resource",
            )
        return pattern

    @staticmethod
    def try_parse(text: str) -> ArnPattern | None:
        """Return the pattern that `text` writes, or None when it has fewer than six fields."""
        fields = text.split(":", FIELD_COUNT - 1)
        return _of_fields([Glob.parse(field) for field in fields])

    @staticmethod
    def from_glob(glob: Glob) -> ArnPattern | None:
        """Return the pattern whose fields are the glob's tokens between its first five literal colons, or None."""
        fields: list[list[Token]] = [[]]
        for token in glob.tokens:
            if token == COLON and len(fields) < FIELD_COUNT:
                fields.append([])
            else:
                fields[-1].append(token)
        return _of_fields([Glob(tuple(field), glob.fold_case) for field in fields])

    @property
    def glob(self) -> Glob:
        """The same set as one glob over whole texts."""
        return _as_one_glob(self)

    def matches(self, arn: str) -> bool:
        """Return True when `arn` has six fields and each is matched by its glob."""
        fields = arn.split(":", FIELD_COUNT - 1)
        return len(fields) == FIELD_COUNT and all(
            glob.matches(field) for glob, field in zip(self.fields, fields, strict=True)
        )

    def intersects(self, other: ArnPattern) -> bool:
        """Return True when some ARN matches both."""
        return all(intersects(one, two) for one, two in zip(self.fields, other.fields, strict=True))

    def is_subset(self, other: ArnPattern) -> bool:
        """Return True when every ARN that this pattern matches is matched by `other`.

        >>> everything = ArnPattern.parse("arn:aws:s3:::*")
        >>> ArnPattern.parse("arn:aws:s3:::acme/*").is_subset(everything)
        True
        """
        return all(is_subset(one, two) for one, two in zip(self.fields, other.fields, strict=True))

    def is_subset_of_union(self, others: Iterable[ArnPattern], *, budget: int = DEFAULT_BUDGET) -> bool:
        """Return True when every ARN that this pattern matches is matched by one of `others`.

        Raises:
            BudgetExceededError: the search was longer than `budget` steps.
        """
        refused = [other for other in others if self.intersects(other)]
        return any(self.is_subset(other) for other in refused) or _witness([self], refused, (), budget) is None

    def intersection_witness(self, other: ArnPattern, *, budget: int = DEFAULT_BUDGET) -> str | None:
        """Return an ARN that matches both, readable and as short as that allows, or None.

        Raises:
            BudgetExceededError: the search was longer than `budget` steps.
        """
        return _witness([self, other], (), _READABLE, budget) if self.intersects(other) else None

    def difference_witness(self, others: Iterable[ArnPattern], *, budget: int = DEFAULT_BUDGET) -> str | None:
        """Return an ARN that matches this pattern and none of `others`, or None.

        Among all such ARNs it is a shortest one with a partition, a service and a resource, where there is one.

        Raises:
            BudgetExceededError: the search was longer than `budget` steps.

        >>> ArnPattern.parse("arn:*:s3:::acme*").difference_witness([ArnPattern.parse("arn:aws:s3:::acme")])
        'arn:aws:s3:::acmea'
        """
        refused = [other for other in others if self.intersects(other)]
        if any(self.is_subset(other) for other in refused):
            return None
        return _witness([self], refused, _READABLE, budget)

    def __str__(self) -> str:
        return ":".join(map(str, self.fields))


def arn_like(pattern: str, arn: str) -> bool:
    """Return what `ArnLike` (and `ArnEquals`, which means the same) says; False unless both have six fields.

    >>> arn_like("arn:aws:sns:*:111122223333:*", "arn:aws:sns:eu-west-1:111122223333:orders")
    True
    >>> arn_like("arn:aws:*:111122223333:*", "arn:aws:sns:eu-west-1:111122223333:orders")
    False
    """
    parsed = ArnPattern.try_parse(pattern)
    return parsed is not None and parsed.matches(arn)


def _of_fields(fields: list[Glob]) -> ArnPattern | None:
    if len(fields) != FIELD_COUNT:
        return None
    prefix, partition, service, region, account, resource = fields
    return ArnPattern((prefix, partition, service, region, account, resource))


def arn_glob(written: Glob) -> Glob | None:
    """The ARNs of a pattern that is written as one glob: its wildcards before the fifth colon stop at colons.

    Returns:
        A glob over whole texts; None when there are fewer than six fields, so that it matches nothing.
    """
    if written.literal_prefix.count(COLON) >= FIELD_COUNT - 1:
        return written
    colons = [place for place, token in enumerate(written.tokens) if token == COLON]
    if len(colons) < FIELD_COUNT - 1:
        return None
    last = colons[FIELD_COUNT - 2]
    fields = [_IN_FIELD.get(token, token) for token in written.tokens[:last]]
    return Glob((*fields, *written.tokens[last:]), written.fold_case)


@lru_cache(maxsize=1024)
def _as_one_glob(pattern: ArnPattern) -> Glob:
    tokens: list[Token] = []
    for field in pattern.fields[:-1]:
        tokens += [_IN_FIELD.get(token, token) for token in field.tokens]
        tokens.append(COLON)
    return Glob((*tokens, *pattern.fields[-1].tokens), pattern.fields[-1].fold_case)


def _witness(
    wanted: Sequence[ArnPattern], refused: Iterable[ArnPattern], readable: Sequence[str], budget: int
) -> str | None:
    globs = [pattern.glob for pattern in wanted]
    holes = [pattern.glob for pattern in refused]
    for shape in readable:
        pattern = ArnPattern.parse(shape)
        found = witness([*globs, pattern.glob], holes, budget=budget)
        if found is not None:
            return found
    return witness(globs, holes, budget=budget)

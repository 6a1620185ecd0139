"""What a test of the current time says on a given day: nothing any more, always the same, or still something.

Source: IAM User Guide, "IAM JSON policy elements: Condition operators", section "Date condition operators"; and "AWS
global condition context keys", where `aws:CurrentTime` and `aws:EpochTime` are in every request.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from jfml_policies.policy.nodes import Test
from jfml_policies.policy.operators import parse_operator

if TYPE_CHECKING:
    from fractions import Fraction

__all__ = ["settled_by"]

_NOW: Final = frozenset(("aws:currenttime", "aws:epochtime"))
#: In seconds.
_DAY: Final = 86_400
_BEFORE: Final = frozenset(("LessThan", "LessThanEquals", "Equals"))
_AFTER: Final = frozenset(("GreaterThan", "GreaterThanEquals"))


def settled_by(test: Test, today: str, days: int = 0) -> Literal["never", "always"] | None:
    """How a test of the current time turns out from this day on; None where time still decides, or it is another test.

    Args:
        test: the test.
        today: the day, as in `2026-10-27`.
        days: how many days later to judge by.

    The day counts from its midnight in UTC, so that a time within it is not past yet.

    >>> from jfml_policies.policy.parse import parse_text
    >>> text = '{"Statement": {"Condition": {"DateLessThan": {"aws:CurrentTime": "2020-07-01T00:00:00Z"}}}}'
    >>> settled_by(parse_text(text).statements[0].tests[0], "2026-10-27")
    'never'
    """
    operator = parse_operator(test.operator.value)
    if operator is None or operator.qualifier is not None or test.key.value.lower() not in _NOW or not test.values:
        return None
    if operator.family not in ("Date", "Numeric") or operator.negated:
        return None
    relation = operator.base.removeprefix(operator.family)
    past = [_is_past(value.value, today, days) for value in test.values]
    if relation in _BEFORE and all(past):
        return "never"
    return "always" if relation in _AFTER and any(past) else None


def _is_past(text: str, today: str, days: int) -> bool:
    """Whether an instant lies before the day; a text that is none, or holds a variable, does not."""
    from jfml_policies.policy.values import read_instant

    instant: Fraction | None = read_instant(text)
    now = read_instant(today)
    return instant is not None and now is not None and instant < now + days * _DAY

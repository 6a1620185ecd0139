"""The algebra beside a second engine, which shares nothing with it but the parser and the table of operators."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import settings

from jfml_policies.access.compare import compare
from jfml_policies.policy.parse import parse_document
from random_policies import random_pair
from z3_encoding import UnsupportedError, is_possible

PAIRS = min(settings().max_examples, 1_000)
#: How long z3 may take for one question; most that it decides take it less than 50 ms. `make soak` waits longer.
MILLISECONDS = 100 if PAIRS <= 100 else 3_000


@pytest.mark.oracle
@pytest.mark.parametrize("part", range(10))
def test_z3_says_the_same(part: int) -> None:
    """Wherever z3 finds an answer, `compare` has the same one, in both directions."""
    disagreements = []
    decided = 0
    for number in range(PAIRS // 10):
        old, new, kind = random_pair(Random(f"z3-{part}-{number}"))
        if kind != "identity":
            continue
        before, after = parse_document(old, kind=kind), parse_document(new, kind=kind)
        try:
            answers = (
                is_possible(after, before, milliseconds=MILLISECONDS),
                is_possible(before, after, milliseconds=MILLISECONDS),
            )
        except UnsupportedError:
            continue
        change = compare(before, after)
        ours = change.witness_added is not None, change.witness_removed is not None
        for theirs, mine in zip(answers, ours, strict=True):
            decided += theirs is not None
            if theirs is not None and theirs != mine and not (theirs and change.unknown):
                disagreements.append((part, number, answers, change.relation, old, new))

    assert [] == disagreements
    assert decided > 0

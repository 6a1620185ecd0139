from __future__ import annotations

from itertools import product
from random import Random
from typing import Any

import pytest

from jfml_policies.access.evaluate import matches
from jfml_policies.access.request import Request
from jfml_policies.access.search import joined, open_states
from jfml_policies.access.space import Space
from jfml_policies.errors import BudgetExceededError
from jfml_policies.policy.parse import parse_document

KEYS = ("aws:username", "aws:PrincipalTag/team", "s3:prefix")
VALUES = (None, "a", "b", "c")
#: Every request of a tiny world.
WORLD = [
    Request(action, resource, context={key: value for key, value in zip(KEYS, values, strict=True) if value})
    for action in ("s3:GetObject", "s3:PutObject")
    for resource in ("arn:aws:s3:::a", "arn:aws:s3:::b")
    for values in product(VALUES, repeat=len(KEYS))
]


def random_statement(chance: Random) -> dict[str, Any]:
    """A statement that tells only requests of the tiny world from each other."""
    condition: dict[str, Any] = {}
    for key in chance.sample(KEYS, k=chance.choice((0, 1, 2, 3))):
        name = chance.choice(("StringEquals", "StringNotEquals", "StringEqualsIfExists"))
        condition.setdefault(name, {})[key] = chance.sample("ab", k=chance.choice((1, 2)))
    return {
        "Effect": "Allow",
        chance.choice(("Action", "NotAction")): chance.choice(("s3:GetObject", "s3:Put*")),
        chance.choice(("Resource", "NotResource")): chance.choice(("arn:aws:s3:::a", "arn:aws:s3:::?")),
        **({"Condition": condition} if condition else {}),
    }


def document(*statements: dict[str, Any]) -> dict[str, Any]:
    return {"Version": "2012-10-17", "Statement": list(statements)}


@pytest.mark.parametrize("seed", range(80))
def test_states_are_open_exactly_when_a_request_escapes(seed: int) -> None:
    """In one box and outside the others: the search finds a state whenever the tiny world has a request."""
    chance = Random(seed)
    written = [random_statement(chance) for _ in range(chance.choice((2, 3, 4, 6)))]
    whole = parse_document(document(*written))
    space = Space([whole])
    alone = [parse_document(document(one)) for one in written]
    first, *others = [space.boxes(one, "Allow") for one in alone]
    escaping = [
        request
        for request in WORLD
        if matches(alone[0].statements[0], request, alone[0])
        and not any(matches(one.statements[0], request, one) for one in alone[1:])
    ]
    state = joined(space, {}, next(iter(first))) if first else None
    blockers = [box for some in others for box in some]
    found = next(iter(open_states(space, state, blockers)), None) if state is not None else None

    assert not escaping or found is not None
    if found is not None:
        # The world lacks other actions, resources and values, so a state without a request of it is no fault.
        assert all(space.solve(dimension, literals) is not None for dimension, literals in found.items())
        assert not any(box <= {literal for part in found.values() for literal in part} for box in blockers)


def test_a_search_visits_a_request_once() -> None:
    """States that are found exclude each other, so that no work is done twice."""
    rest = {"Effect": "Allow", "Action": "*", "Resource": "*"}
    blocker = {**rest, "Condition": {"StringEquals": dict.fromkeys(KEYS, "a")}}
    parsed = parse_document(document(rest, blocker))
    space = Space([parsed])
    anything, box = space.boxes(parsed, "Allow")
    states = [
        {literal for part in state.values() for literal in part}
        for state in open_states(space, joined(space, {}, anything) or {}, [box])
    ]

    assert 3 == len(states)
    for place, one in enumerate(states):
        assert all(any(-literal in other for literal in one) for other in states[place + 1 :])


def test_a_search_ends() -> None:
    """Steps are counted, and when they are used up the answer is an error, never "none"."""
    tests = [{"StringEquals": {f"k{number}": "a", f"k{number + 1}": "b"}} for number in range(20)]
    statements = [{"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": test} for test in tests]
    parsed = parse_document(document(*statements))
    space = Space([parsed])
    boxes = list(space.boxes(parsed, "Allow"))

    assert next(iter(open_states(space, {}, boxes))) is not None
    with pytest.raises(BudgetExceededError, match="more steps than the budget"):
        list(open_states(space, {}, boxes, steps=10))

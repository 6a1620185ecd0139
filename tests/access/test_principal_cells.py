from __future__ import annotations

from random import Random
from typing import Any

import pytest

from jfml_policies.access.principal_cells import PrincipalCells, principals_of
from jfml_policies.access.principal_match import is_named
from jfml_policies.access.requester import Requester
from jfml_policies.policy.nodes import Principals
from jfml_policies.policy.parse import parse_document

A, B = "111122223333", "444455556666"
ELEMENTS: tuple[Any, ...] = (
    "*",
    {"AWS": "*"},
    {"AWS": A},
    {"AWS": f"arn:aws:iam::{A}:root"},
    {"AWS": f"arn:aws:iam::{A}:user/u"},
    {"AWS": f"arn:aws:iam::{A}:user/other-user"},
    {"AWS": f"arn:aws:iam::{A}:role/p/r"},
    {"AWS": f"arn:aws:iam::{A}:role/q/r"},
    {"AWS": f"arn:aws:iam::{A}:role/other/r"},
    {"AWS": f"arn:aws:iam::{A}:role/other-role"},
    {"AWS": f"arn:aws:sts::{A}:assumed-role/r/s"},
    {"AWS": f"arn:aws:sts::{A}:assumed-role/r/any-session"},
    {"AWS": f"arn:aws:sts::{A}:assumed-role/r/other-session"},
    {"AWS": f"arn:aws:sts::{A}:federated-user/f"},
    {"AWS": [B, "999999999999", "888888888888"]},
    {"AWS": "AROAABCDEFGHIJKLMNOP"},
    {"AWS": f"arn:aws:iam::{A}:role/*"},
    {"AWS": f"arn:aws:iam::{B}:root"},
    {"AWS": f"arn:aws-cn:iam::{B}:root"},
    {"AWS": f"arn:aws:iam::{B}:role/r"},
    {"AWS": f"arn:aws-cn:iam::{B}:role/r"},
    {"Service": "ec2.amazonaws.com"},
    {"Service": ["s3.amazonaws.com", "other-service.amazonaws.com"]},
    {"Federated": f"arn:aws:iam::{A}:saml-provider/idp"},
    {"Federated": "accounts.google.com"},
    {"CanonicalUser": ["f" * 64, "e" * 64]},
    {"CanonicalUser": "a" * 64},
)
REQUESTERS = (
    *[f"arn:aws:iam::{account}:{name}" for account in (A, B, "777777777777") for name in ("root", "user/u", "user/v")],
    *[f"arn:aws:sts::{account}:assumed-role/{name}" for account in (A, B) for name in ("r/s", "r/t", "q/s")],
    *[
        f"arn:aws-cn:{name}"
        for name in (f"iam::{B}:user/u", f"sts::{B}:assumed-role/r/s", f"sts::{B}:assumed-role/q/s")
    ],
    *[f"arn:aws:sts::{A}:assumed-role/{name}" for name in ("r/any-session", "r/other-session", "other-role/x")],
    *[f"arn:aws:iam::{A}:role/{name}" for name in ("r", "p/r", "q/r", "other/r", "x/r", "q/x", "other-role")],
    f"arn:aws:iam::{A}:user/other-user",
    f"arn:aws:sts::{A}:federated-user/f",
    f"arn:aws:sts::{A}:federated-user/g",
    "ec2.amazonaws.com",
    "s3.amazonaws.com",
    "other-service.amazonaws.com",
    "sns.amazonaws.com",
    f"arn:aws:iam::{A}:saml-provider/idp",
    f"arn:aws:iam::{B}:saml-provider/idp",
    "accounts.google.com",
    "a" * 64,
    "e" * 64,
    "b" * 64,
    "anonymous",
)


def element(value: Any) -> Principals:
    statement = {"Effect": "Allow", "Principal": value, "Action": "*", "Resource": "*"}
    found = parse_document({"Statement": statement}, kind="resource").statements[0].principal
    assert found is not None
    return found


PARSED = tuple(map(element, ELEMENTS))


@pytest.mark.parametrize("seed", range(40))
def test_every_requester_has_a_cell_that_stands_for_it(seed: int) -> None:
    """However few of the elements occur, each requester is told apart from the others just as some cell is."""
    chance = Random(seed)
    elements = chance.sample(PARSED, k=chance.choice((1, 2, 3, 4, 6, len(PARSED))))
    cells = PrincipalCells([principal for one in elements for principal in principals_of(one)])
    masks = [cells.mask(principals_of(one)) for one in elements]
    of_cells = {
        tuple([bool(mask >> number & 1) for mask in masks]) for number in range(cells.everything().bit_length())
    }

    assert set() == {signature(elements, Requester.of(text)) for text in REQUESTERS} - of_cells


@pytest.mark.parametrize("seed", range(40))
def test_a_cell_is_what_the_evaluator_says_of_its_principal(seed: int) -> None:
    """The principal that stands for a cell is named by an element exactly when the cell's bit is in its mask."""
    chance = Random(seed)
    elements = chance.sample(PARSED, k=chance.choice((1, 2, 4, len(PARSED))))
    cells = PrincipalCells([principal for one in elements for principal in principals_of(one)])
    for number in range(cells.everything().bit_length()):
        requester = Requester.of(cells.first(1 << number))

        assert requester.kind != "unknown"
        assert signature(elements, requester) == tuple(
            [bool(cells.mask(principals_of(one)) >> number & 1) for one in elements]
        )


def signature(elements: list[Principals], requester: Requester) -> tuple[bool, ...]:
    return tuple([is_named(one, requester) for one in elements])


def test_cells_are_few() -> None:
    """Principals that nothing tells apart share a cell."""
    assert 1 == PrincipalCells([]).everything().bit_length()
    assert 2 == PrincipalCells(principals_of(element({"AWS": A}))).everything().bit_length()


def test_an_account_is_in_one_partition() -> None:
    """A bare id is the account of an ARN with that id; ARNs of different partitions name different principals."""
    (bare,) = principals_of(element({"AWS": A}))
    here, there = (principals_of(element({"AWS": f"arn:{name}:iam::{A}:root"}))[0] for name in ("aws", "aws-cn"))
    for one in (here, there):
        cells = PrincipalCells([bare, one])

        assert cells.mask([bare]) == cells.mask([one])
    cells = PrincipalCells([bare, here, there])

    assert 0 == cells.mask([here]) & cells.mask([there])
    assert cells.mask([bare]) == cells.mask([here, there])

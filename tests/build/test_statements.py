"""Statements and their joining."""

from __future__ import annotations

from jfml_policies.build.statements import Condition, Statement, joined


def test_elements_stand_in_canonical_order() -> None:
    """Sid, Effect, Principal, Action, Resource, Condition; operators and keys sorted; one value is no list."""
    statement = Statement(
        "Read",
        ("s3:GetObject",),
        ("arn:aws:s3:::b/*", "arn:aws:s3:::c/*"),
        (Condition("StringLike", "s3:prefix", ("a", "b")), Condition("StringEquals", "aws:ResourceAccount", ("1",))),
        principal="arn:aws:iam::1:root",
    )

    written = statement.to_json()

    assert list(written) == ["Sid", "Effect", "Principal", "Action", "Resource", "Condition"]
    assert list(written["Condition"]) == ["StringEquals", "StringLike"]
    assert written["Action"] == "s3:GetObject"
    assert written["Resource"] == ["arn:aws:s3:::b/*", "arn:aws:s3:::c/*"]


def test_statements_that_differ_in_resources_become_one() -> None:
    """Resources keep their order and are not repeated."""
    statements = [Statement("A", ("s3:GetObject",), (resource,)) for resource in ("one", "two", "one")]

    assert joined(statements) == (Statement("A", ("s3:GetObject",), ("one", "two")),)


def test_statements_that_differ_otherwise_get_sids_of_their_own() -> None:
    """A second use of a Sid is numbered."""
    plain = Statement("A", ("kms:Decrypt",), ("one",))
    conditioned = Statement("A", ("kms:Decrypt",), ("two",), (Condition("StringEquals", "k", ("v",)),))

    assert [statement.sid for statement in joined([plain, conditioned])] == ["A", "A2"]


def test_principals_of_each_type_are_written_as_such() -> None:
    """One principal is no list, several are, under the type that they have."""
    one = Statement("One", ("sts:AssumeRole",), principal="arn:aws:iam::111122223333:root")
    two = Statement(
        "Two", ("sts:AssumeRole",), principal=("a.amazonaws.com", "b.amazonaws.com"), principal_type="Service"
    )

    assert one.to_json()["Principal"] == {"AWS": "arn:aws:iam::111122223333:root"}
    assert two.to_json()["Principal"] == {"Service": ["a.amazonaws.com", "b.amazonaws.com"]}

"""Families of policy pairs that are hard to compare, each by one size: what the cost of comparing grows with."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["FAMILIES", "Pair"]

Document: TypeAlias = "dict[str, object]"
Pair: TypeAlias = "tuple[Document, Document]"


def _document(*statements: Document) -> Document:
    return {"Version": "2012-10-17", "Statement": list(statements)}


def _statement(effect: str, resource: object, **more: object) -> Document:
    return {"Effect": effect, "Action": "s3:GetObject", "Resource": resource, **more}


def deny_substrings(size: int) -> Pair:
    """Denies of one substring each, against one Deny of all of them."""
    patterns = [f"arn:aws:s3:::*k{number}x*" for number in range(size)]
    allow = _statement("Allow", "*")
    return _document(allow, *[_statement("Deny", one) for one in patterns]), _document(
        allow, _statement("Deny", patterns)
    )


def deny_letters(size: int) -> Pair:
    """Denies of one letter each, wherever it stands, against one Deny of all of them."""
    letters = [chr(ord("a") + number) if number < 26 else chr(ord("A") + number - 26) for number in range(size)]
    patterns = [f"arn:aws:s3:::*{letter}*" for letter in letters]
    allow = _statement("Allow", "arn:aws:s3:::*")
    return _document(allow, *[_statement("Deny", one) for one in patterns]), _document(
        allow, _statement("Deny", patterns)
    )


def from_the_end(size: int) -> Pair:
    """A letter so many places from the end: a deterministic automaton would have two to that power of states."""
    end = f"a{'?' * size}"
    halves = [f"arn:aws:s3:::{end}", f"arn:aws:s3:::?*{end}"]
    return _document(_statement("Allow", f"arn:aws:s3:::*{end}")), _document(_statement("Allow", halves))


def statement_a_bucket(size: int) -> Pair:
    """A statement for each bucket, against one statement with a list of them."""
    buckets = [f"arn:aws:s3:::bucket-{number}/*" for number in range(size)]
    return _document(*[_statement("Allow", one) for one in buckets]), _document(_statement("Allow", buckets))


def statement_a_bucket_one_more(size: int) -> Pair:
    """A statement for each bucket on both sides, in another order and with one more."""
    buckets = [f"arn:aws:s3:::bucket-{number}/*" for number in range(size)]
    more = [*reversed(buckets), "arn:aws:s3:::another/*"]
    return _document(*[_statement("Allow", one) for one in buckets]), _document(
        *[_statement("Allow", one) for one in more]
    )


def long_list(size: int) -> Pair:
    """A long list of resources, and the same with one more."""
    buckets = [f"arn:aws:s3:::bucket-{number}/*" for number in range(size)]
    return _document(_statement("Allow", buckets)), _document(_statement("Allow", [*buckets, "arn:aws:s3:::another/*"]))


def long_list_of_actions(size: int) -> Pair:
    """A long list of actions that no catalogue knows, and the same with one more."""
    actions = [f"future{number % 7}:Do{number}*" for number in range(size)]
    return _document(_statement("Allow", "*", Action=actions)), _document(
        _statement("Allow", "*", Action=[*actions, "future:Redo*"])
    )


def random_conditions(size: int) -> Pair:
    """Denies with three conditions each on so many keys: a cover problem that is hard in general."""
    choice = random.Random(size)
    denies = []
    for _ in range(3 * size):
        keys = choice.sample(range(size), min(3, size))
        tests: dict[str, dict[str, str]] = {}
        for key in keys:
            operator = choice.choice(["StringEquals", "StringNotEquals"])
            tests.setdefault(operator, {})[f"aws:PrincipalTag/k{key}"] = choice.choice(["x", "y"])
        denies.append(_statement("Deny", "*", Condition=tests))
    allow = _statement("Allow", "*")
    return _document(allow, *denies[: 2 * size]), _document(allow, *denies[size:])


def variables(size: int) -> Pair:
    """Folders by policy variable, against the same with a wider pattern."""
    folders = [f"arn:aws:s3:::b{number}/${{aws:username}}/*" for number in range(size)]
    return _document(_statement("Allow", folders)), _document(
        _statement("Allow", [folder.removesuffix("/*") + "*" for folder in folders])
    )


#: The families by name, each with the largest size that is measured.
FAMILIES: Final[dict[str, tuple[Callable[[int], Pair], int]]] = {
    "Denies of a substring": (deny_substrings, 30),
    "Denies of a letter": (deny_letters, 30),
    "a letter k places from the end": (from_the_end, 30),
    "a statement for each bucket": (statement_a_bucket, 500),
    "the same and one more": (statement_a_bucket_one_more, 500),
    "a list of resources and one more": (long_list, 1_000),
    "a list of actions and one more": (long_list_of_actions, 1_000),
    "conditions over k keys": (random_conditions, 30),
    "folders by policy variable": (variables, 100),
}

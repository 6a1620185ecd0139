"""What is found to add nothing adds nothing, and what is left adds something; `compare` and the evaluator judge."""

from __future__ import annotations

import copy
import json
from itertools import product
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from jfml_policies.access.compare import compare
from jfml_policies.access.evaluate import decide
from jfml_policies.access.request import Request
from jfml_policies.access.validity import invalid_reason
from jfml_policies.catalog import load
from jfml_policies.cli.mending import mend
from jfml_policies.linter import lint_text
from jfml_policies.linter.questions.statement_meaning import statement_meaning
from jfml_policies.linter.rule import Context
from jfml_policies.policy.parse import parse_text
from jfml_policies.testing import policies, policy_pairs
from jfml_policies.text.edits import apply_edits

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jfml_policies.linter.questions.statement_meaning import Meaning
    from jfml_policies.policy.nodes import Statement

_ACTIONS = ["s3:a", "s3:ab", "s3:b", "s3:a*", "s3:?", "s3:??*", "sqs:a", "*"]
_RESOURCES = ["arn:aws:s3:::a", "arn:aws:s3:::ab", "arn:aws:s3:::a*", "arn:aws:s3:::?", "arn:aws:s3:::??*", "*"]
_CONDITIONS: list[dict[str, object] | None] = [
    None,
    None,
    None,
    {"StringEquals": {"s3:prefix": "a"}},
    {"StringNotEquals": {"s3:prefix": "a"}},
    {"StringLike": {"s3:prefix": ["a*", "b"]}},
    {"Null": {"s3:prefix": "true"}},
    {"Null": {"s3:prefix": "false"}},
    {"Null": {"s3:prefix": "true"}, "StringEquals": {"s3:prefix": "a"}},
]
_WORDS = ["a", "ab", "b", "x", "aa", "xy"]


def _some(texts: list[str]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(texts), min_size=1, max_size=3)


@st.composite
def tiny_policies(draw: st.DrawFn) -> dict[str, object]:
    """Policies of so few words that statements often cover each other."""
    statements = []
    for _ in range(draw(st.integers(1, 4))):
        statement: dict[str, object] = {
            "Effect": draw(st.sampled_from(["Allow", "Allow", "Deny"])),
            draw(st.sampled_from(["Action", "Action", "Action", "NotAction"])): draw(_some(_ACTIONS)),
            draw(st.sampled_from(["Resource", "Resource", "Resource", "NotResource"])): draw(_some(_RESOURCES)),
        }
        condition = draw(st.sampled_from(_CONDITIONS))
        if condition is not None:
            statement["Condition"] = condition
        statements.append(statement)
    return {"Version": "2012-10-17", "Statement": statements}


def _meaning(document: object) -> Meaning:
    policy = parse_text(json.dumps(document), kind="identity")
    return statement_meaning(Context(policy, load()))


def _place(statement: Statement) -> int:
    place = statement.path[-1]
    assert isinstance(place, int)
    return place


def _without_what_adds_nothing(document: dict[str, object]) -> dict[str, object]:
    """The document without the statements and entries that are reported, denied ones and copies included."""
    meaning = _meaning(document)
    left: dict[str, object] = copy.deepcopy(document)
    statements = left["Statement"]
    assert isinstance(statements, list)
    for some in (*meaning.entries, *meaning.denied_entries):
        listing = statements[_place(some.statement)][some.listing.name]
        for place in some.places:
            listing[place] = None
    for statement in statements:
        for name in ("Action", "Resource"):
            if name in statement:
                statement[name] = [entry for entry in statement[name] if entry is not None]
    gone = {_place(one.statement) for one in (*meaning.covered, *meaning.denied)} | _copies(document)
    left["Statement"] = [one for place, one in enumerate(statements) if place not in gone]
    return left


def _copies(document: dict[str, object]) -> set[int | str]:
    """The positions of statements that AWS's own check reports beside the first of their kind."""
    findings = lint_text(json.dumps(document), kind="identity", select=["redundant-statement"]).findings
    return {other.path[-1] for finding in findings for other in finding.related}


def _mended(document: dict[str, object]) -> dict[str, object]:
    """The document after all safe fixes for what is superfluous, those of AWS's own checks included."""
    codes = ["meaning", "redundant-statement", "redundant-action", "redundant-resource"]
    text, _, _ = mend(json.dumps(document), lambda text: lint_text(text, kind="identity", select=codes), unsafe=False)
    mended: dict[str, object] = json.loads(text)
    return mended


def _requests() -> Iterator[Request]:
    actions = [f"s3:{word}" for word in _WORDS] + ["sqs:a", "sqs:b"]
    resources = [f"arn:aws:s3:::{word}" for word in _WORDS] + ["*"]
    contexts: list[dict[str, str]] = [{}, {"s3:prefix": "a"}, {"s3:prefix": "ab"}, {"s3:prefix": "b"}]
    for action, resource, context in product(actions, resources, contexts):
        yield Request(action, resource, None, context)


@given(tiny_policies())
@settings(max_examples=40, deadline=None)
def test_what_is_reported_can_all_go_at_once(document: dict[str, object]) -> None:
    """Without all covered and denied statements and entries the policy decides every request as before."""
    left = _without_what_adds_nothing(document)
    before, after = parse_text(json.dumps(document), kind="identity"), parse_text(json.dumps(left), kind="identity")

    assert [decide(before, request) == "allow" for request in _requests()] == [
        decide(after, request) == "allow" for request in _requests()
    ]
    assert "equivalent" == compare(before, after).relation


@given(policy_pairs().map(lambda pair: pair[0]) | policies(kind="identity"))
@settings(max_examples=40, deadline=None)
def test_what_is_reported_can_go_in_richer_policies(document: dict[str, object]) -> None:
    """The same with all operators, variables and set operators."""
    left = json.dumps(document)
    policy = parse_text(left, kind="identity")
    if invalid_reason(policy) is not None:
        return
    for finding in lint_text(left, kind="identity", select=["meaning"]).findings:
        if finding.fix is not None:
            mended = parse_text(apply_edits(left, finding.fix.edits), kind="identity")

            assert compare(policy, mended).relation in ("equivalent", "unknown")


@given(tiny_policies())
@settings(max_examples=40, deadline=None)
def test_mending_to_the_end_keeps_the_meaning(document: dict[str, object]) -> None:
    """However the fixes of several rules meet, together they change nothing and leave something of what grants."""
    assert "equivalent" == compare(document, _mended(document), kind="identity").relation


@given(tiny_policies())
@settings(max_examples=40, deadline=None)
def test_no_statement_that_adds_nothing_is_missed(document: dict[str, object]) -> None:
    """What is left of the Allows changes the policy when it goes; copies and dead ones have rules of their own."""
    left = _without_what_adds_nothing(_mended(document))
    statements = left["Statement"]
    assert isinstance(statements, list)
    codes = ("DEAD_STATEMENT", "REDUNDANT_STATEMENT")
    if any(finding.code in codes for finding in lint_text(json.dumps(left), kind="identity").findings):
        return
    for place, statement in enumerate(statements):
        if statement["Effect"] == "Allow":
            others = {**left, "Statement": statements[:place] + statements[place + 1 :]}

            assert "equivalent" != compare(left, others, kind="identity").relation


@given(tiny_policies())
@settings(max_examples=40, deadline=None)
def test_no_entry_that_adds_nothing_is_missed(document: dict[str, object]) -> None:
    """What is left of the lists of Allows changes the policy when it goes; but for what AWS's checks report."""
    left = _without_what_adds_nothing(_mended(document))
    statements = left["Statement"]
    assert isinstance(statements, list)
    codes = ("DEAD_STATEMENT", "REDUNDANT_STATEMENT", "REDUNDANT_ACTION", "REDUNDANT_RESOURCE")
    # Two kinds of finding are left to people: dead statements, and resources whose cover AWS tells from texts alone.
    if any(finding.code in codes for finding in lint_text(json.dumps(left), kind="identity").findings):
        return
    for statement, name in product(statements, ("Action", "Resource")):
        if statement["Effect"] == "Allow" and len(statement.get(name, ())) > 1:
            for entry in list(statement[name]):
                whole = statement[name]
                statement[name] = [other for other in whole if other != entry]
                fewer = copy.deepcopy(left)
                statement[name] = whole

                assert "equivalent" != compare(left, fewer, kind="identity").relation


def test_equal_statements_in_other_words_leave_one() -> None:
    """Of statements that cover each other the first stays, however many there are."""
    ways = [["arn:aws:s3:::a*"], ["arn:aws:s3:::a**"], ["arn:aws:s3:::a*", "arn:aws:s3:::ab"]]
    document = {"Statement": [{"Effect": "Allow", "Action": "s3:a", "Resource": way} for way in ways]}

    assert [1, 2] == [_place(one.statement) for one in _meaning(document).covered]


def test_a_policy_with_too_many_statements_is_not_looked_at() -> None:
    """Beyond AWS's quotas the answer is silence."""
    statement = {"Effect": "Allow", "Action": ["s3:a"], "Resource": "*"}
    many = [{**statement, "Resource": f"arn:aws:s3:::{number}"} for number in range(300)]

    assert () == _meaning({"Statement": [statement, *many]}).covered
    assert 1 == len(_meaning({"Statement": [statement, many[0]]}).covered)

"""A baseline hides what was there, however it moves, and nothing more."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import jsonschema
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from jfml_policies.errors import InputError
from jfml_policies.linter import lint_text
from jfml_policies.linter.baseline import BASELINE_SCHEMA, Known, baseline_text, read_baseline
from jfml_policies.testing import policies
from jfml_policies.text.lasting_name import LastingName, lasting_name

#: They compare statements, or report the later one of several: which one that is, is the finding.
ORDERED = ["meaning", "redundant-statement", "unique-sids-required", "unique-sids-recommended", "privilege-escalation"]


def known_in(document: Any, *, indent: int | None = None, kind: str | None = None) -> Counter[Known]:
    text = json.dumps(document, indent=indent)
    findings = lint_text(text, kind=kind, ignore=ORDERED).findings
    return Counter(Known("a.json", lasting_name(finding, text)) for finding in findings)


def statements_of(document: Any) -> list[Any]:
    found = document.get("Statement") if isinstance(document, dict) else None
    return found if isinstance(found, list) else []


@given(policies(), st.randoms(use_true_random=False), st.sampled_from([None, 0, 2, 7]))
def test_moving_is_not_new(document: Any, chance: Any, indent: int | None) -> None:
    """Whatever order statements are brought into and however the text is laid out, no finding is new."""
    before = known_in(document, kind="identity")
    statements = statements_of(document)
    moved = {**document, "Statement": chance.sample(statements, len(statements))} if statements else document

    after = known_in(moved, indent=indent, kind="identity")

    assert not after - before


@given(policies(), st.integers(0, 3))
def test_one_more_of_the_same_is_new(document: Any, which: int) -> None:
    """Whoever adds a statement with a problem that another one has already, is told."""
    statements = statements_of(document)
    assume(statements)
    before = known_in(document, kind="identity")
    copied = statements[which % len(statements)]
    within = [known for known in before if known.name.at.count("/") > 1]
    assume(within)

    after = known_in({**document, "Statement": [*statements, copied]}, kind="identity")
    alone = known_in({**document, "Statement": [copied]}, kind="identity")

    for known in alone & before:
        if known.name.at.startswith("/Statement/"):
            assert after[known] > before[known]


NAMES = st.builds(
    LastingName,
    st.from_regex(r"[A-Z]{1,3}(_[A-Z]{1,3})?", fullmatch=True),
    st.none() | st.text(max_size=3),
    st.none() | st.text(max_size=3),
    st.text(max_size=3),
    st.text(max_size=3),
    st.text(max_size=3),
)


@given(st.lists(st.builds(Known, st.text(max_size=3), NAMES), max_size=6), st.randoms(use_true_random=False))
def test_what_is_written_is_read(found: list[Known], chance: Any) -> None:
    """A baseline comes back as it was, is valid, and does not depend on the order of findings."""
    text = baseline_text(found)
    chance.shuffle(found)

    assert Counter(found) == read_baseline(text, "b.json")
    assert text == baseline_text(found)
    jsonschema.validate(json.loads(text), BASELINE_SCHEMA)


ENTRY = {"file": "a", "rule": "x", "at": "", "value": "", "count": 1}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        '{"version": 2, "findings": []}',
        '{"version": 1}',
        '{"version": 1, "findings": [3]}',
        *(json.dumps({"version": 1, "findings": [ENTRY | {"count": count}]}) for count in (0, True, "1", 10**9)),
        json.dumps({"version": 1, "findings": [ENTRY | {"sid": 3}]}),
        json.dumps({"version": 1, "findings": [{"file": "a", "count": 1}]}),
        "[" * 100_000,
    ],
    ids=range(13),
)
def test_what_is_no_baseline_is_an_error(text: str) -> None:
    """A damaged baseline hides nothing: it is refused, with its name."""
    with pytest.raises(InputError, match="not a baseline") as caught:
        read_baseline(text, "b.json")

    assert str(caught.value.file).startswith("b.json")


def test_another_way_to_more_permissions_is_another_finding() -> None:
    """Both stand at `iam:PassRole`; what is done with the role tells them apart."""

    def known(*actions: str) -> set[Known]:
        statement = {"Sid": "Run", "Effect": "Allow", "Action": ["iam:PassRole", *actions], "Resource": "*"}
        text = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
        found = lint_text(text, kind="identity", select=["privilege-escalation"]).findings
        return {Known("a.json", lasting_name(finding, text)) for finding in found}

    old, new = known("lambda:CreateFunction", "lambda:InvokeFunction"), known("glue:CreateDevEndpoint")

    assert old
    assert new
    assert not old & new

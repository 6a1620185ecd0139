"""Fixes in YAML files: one value in place of another, and nothing else."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jfml_policies.findings import Span
from jfml_policies.linter.embedded import lint_inside
from jfml_policies.sources.yaml_edits import scalar_edit
from jfml_policies.text.edits import apply_edits
from jfml_policies.text.tree import JsonObject, JsonString, to_python
from jfml_policies.text.yaml_tree import parse_yaml

TEMPLATE = """# A role
Resources:
  P:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Version: '2012-10-17'
        Statement:
          - Effect: Allow
            Action: [VALUE, s3:PutObject]  # what it needs
            Resource: arn:aws:s3:::b/*
"""


def mended(text: str, name: str = "t.yaml") -> str:
    """The text after all fixes that there are."""
    found = lint_inside(text, name)
    assert found is not None
    edits = [edit for one in found.findings if one.fix is not None for edit in one.fix.edits]
    return apply_edits(text, edits)


@pytest.mark.parametrize("quotes", ["{}", "'{}'", '"{}"'], ids=["plain", "single", "double"])
def test_a_value_is_replaced_in_its_style(quotes: str) -> None:
    """Quotes, comments and layout stay."""
    before = TEMPLATE.replace("VALUE", quotes.format("s3:GetObjct"))

    assert mended(before) == TEMPLATE.replace("VALUE", quotes.format("s3:GetObject"))


def test_a_name_is_replaced() -> None:
    """As that of an operator."""
    condition = "\n            Condition:\n              StringEqual: {'aws:PrincipalOrgID': o-a1b2c3d4e5}\n"
    before = TEMPLATE.replace("VALUE", "s3:GetObject").rstrip() + condition

    assert mended(before) == before.replace("StringEqual:", "StringEquals:")


def test_a_policy_in_yaml_is_mended() -> None:
    """Not only templates."""
    text = "Version: '2012-10-17'\nStatement:\n- {Effect: Allow, Action: s3:GetObjct, Resource: '*'}\n"

    assert mended(text, "policy.yaml") == text.replace("Objct", "Object")


@pytest.mark.parametrize(
    "value",
    [
        "!Sub s3:GetObjct",
        "!Sub\n              s3:GetObjct",
        '"s3:GetObj\\x63t"',
        "'s3:GetObjct\n              '",
        "&name s3:GetObjct",
        "{'Fn::Sub': s3:GetObjct}",
        "{'Fn::Join': [':', [s3, GetObjct]]}",
    ],
    ids=["tag", "tag-above", "escape", "lines", "anchor", "function", "join"],
)
def test_what_is_written_in_another_way_stays(value: str) -> None:
    """Tags, escapes, anchors, functions and values over several lines are left to people."""
    text = TEMPLATE.replace("VALUE", value)
    after = mended(text)

    assert after in (text, text.replace("{'Fn::Sub': s3:GetObjct}", "{'Fn::Sub': s3:GetObject}"))


def test_a_value_that_is_used_twice_stays() -> None:
    """An alias would change what is written elsewhere."""
    text = TEMPLATE.replace("[VALUE,", "[&a s3:GetObject, s3:GetObjct, *a,")

    assert mended(text) == text


def test_other_fixes_are_left_alone() -> None:
    """Taking out an entry would have to know the layout."""
    text = TEMPLATE.replace("VALUE", "s3:PutObject")
    found = lint_inside(text, "t.yaml")

    assert found is not None
    assert ["redundant-action"] == [one.rule for one in found.findings]
    assert mended(text) == text


WRITTEN = st.text("aZ3:*/._- '\"\\#{}[],&!?|>%@`~=\n\t$é", max_size=12) | st.sampled_from(
    ["yes", "null", "s3:GetObject", "arn:aws:s3:::b/*", "a: b", "a #b", "a:", "1e3", "0x1", "~", "<<", "="]
)


@given(old=WRITTEN, new=WRITTEN, style=st.sampled_from(["{}", "'{}'", '"{}"']), flow=st.booleans())
def test_an_edit_changes_the_value_and_nothing_else(old: str, new: str, style: str, flow: bool) -> None:
    """Whatever the texts: the file is read with the new value, or there is no edit."""
    head, tail = ("a: {k: ", ", z: w}\n") if flow else ("a:\n  k: ", "\n  z: w\n")
    written = style.format(old)
    text = head + written + tail
    span = Span(len(head), len(head) + len(written))
    edit = scalar_edit(text, span, json.dumps(old), json.dumps(new))
    if edit is None:
        return
    tree = parse_yaml(apply_edits(text, [edit]))

    assert isinstance(tree, JsonObject)
    inner = tree.get("a")
    assert isinstance(inner, JsonObject)
    assert isinstance(inner.get("k"), JsonString)
    assert to_python(tree) == {"a": {"k": new, "z": "w"}}

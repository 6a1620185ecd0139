from __future__ import annotations

import json
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jfml_policies.linter import lint
from jfml_policies.linter.questions.document_size import characters, excess, quota_of
from jfml_policies.policy.kinds import KINDS, RESOURCE_TYPE_SIZES, Kind
from jfml_policies.policy.parse import parse_document, parse_text

_EMPTY = '{"Id":"","Statement":[]}'


def _text_of_size(size: int) -> str:
    return _EMPTY.replace('""', '"' + "x" * (size - len(_EMPTY)) + '"')


@pytest.mark.parametrize("kind", get_args(Kind))
def test_a_document_may_have_exactly_its_quota(kind: Kind) -> None:
    """A document of as many characters as its quota passes, and one more is reported by one rule."""
    quota = KINDS[kind].quota

    assert [finding.code for finding in lint(_text_of_size(quota), kind=kind, select=["size"])] == []
    [finding] = lint(_text_of_size(quota + 1), kind=kind, select=["size"])
    assert f"{quota + 1:,}" in finding.message
    assert f"{quota:,}" in finding.message
    assert finding.path == ()


@pytest.mark.parametrize("kind", get_args(Kind))
def test_white_space_counts_where_the_quota_counts_it(kind: Kind) -> None:
    """White space around and inside a document counts in Organizations, in STS and on resources, not in IAM."""
    text = '\n{"Id" : "a b",\t"Statement": [ ]}\r\n'
    counted = len(text) if KINDS[kind].counting == "all" else len('{"Id":"ab","Statement":[]}')

    assert characters(parse_text(text, kind=kind), KINDS[kind].counting) == counted


@pytest.mark.parametrize("resource_type", sorted(RESOURCE_TYPE_SIZES))
def test_a_resource_type_has_its_own_quota(resource_type: str) -> None:
    """The quota is that of the resource type, and the message names it."""
    quota = RESOURCE_TYPE_SIZES[resource_type]
    within = parse_text(_text_of_size(quota), kind="resource", resource_type=resource_type)
    above = parse_text(_text_of_size(quota + 1), kind="resource", resource_type=resource_type)

    assert excess(within) is None
    assert f"`{resource_type}` is {quota:,}" in str(excess(above))


@pytest.mark.parametrize(
    ("actions", "resource_type"),
    [
        ([["kms:*"], ["kms:Decrypt", "KMS:GenerateDataKey*"]], "AWS::KMS::Key"),
        ([["sns:Publish"]], "AWS::SNS::Topic"),
        ([["kms:*"], ["s3:GetObject"]], None),
        ([["kms:*"], ["*"]], None),
        ([["sqs:SendMessage"]], None),
        ([], None),
    ],
)
def test_actions_of_one_service_tell_a_larger_quota(actions: list[list[str]], resource_type: str | None) -> None:
    """A key policy or a topic policy has its own quota although no resource type is given; a guess never shrinks it."""
    statements = [{"Effect": "Allow", "Action": action} for action in actions]
    policy = parse_document({"Statement": statements}, kind="resource")

    assert quota_of(policy) == (RESOURCE_TYPE_SIZES[resource_type] if resource_type else KINDS["resource"].quota)


def test_not_action_and_other_kinds_tell_no_resource_type() -> None:
    """NotAction is about all services, and a VPC endpoint's policy about whatever goes through the endpoint."""
    open_ended = parse_document({"Statement": {"Effect": "Deny", "NotAction": "kms:*"}}, kind="resource")
    endpoint = parse_document({"Statement": {"Effect": "Allow", "Action": "kms:*"}}, kind="endpoint")

    assert quota_of(open_ended) == KINDS["resource"].quota
    assert quota_of(endpoint) == KINDS["endpoint"].quota


def test_a_resource_type_means_nothing_for_other_kinds() -> None:
    """An identity policy has its own quota, whatever resource type is named beside it."""
    policy = parse_text(_EMPTY, kind="identity", resource_type="AWS::KMS::Key")

    assert quota_of(policy) == KINDS["identity"].quota


def test_plain_values_are_measured_in_compact_form() -> None:
    """A document that never was a text counts as JSON without layout; escapes count as text has them."""
    policy = parse_document({"Id": "a b\n", "Statement": []}, kind="scp")

    assert characters(policy, "all") == len('{"Id":"a b\\n","Statement":[]}')
    assert characters(policy, "without-whitespace") == len('{"Id":"ab\\n","Statement":[]}')


def test_a_wrapper_does_not_count() -> None:
    """Of an answer of AWS's API only the document is measured."""
    text = '{"PolicyDocument": {"Statement": []}, "PolicyName": "x"}'

    assert characters(parse_text(text, kind="scp"), "all") == len('{"Statement": []}')


@given(st.dictionaries(st.sampled_from(["Id", "Version"]), st.text('ab \u00e4"\\', max_size=5)), st.integers(0, 4))
def test_layout_never_changes_the_size_without_white_space(document: dict[str, str], indent: int) -> None:
    """Where white space does not count, every layout of a document has the size of the compact one."""
    text = json.dumps({**document, "Statement": []}, indent=indent, ensure_ascii=False)
    laid_out, compact = parse_text(text), parse_document(json.loads(text))

    assert characters(laid_out, "without-whitespace") == characters(compact, "without-whitespace")

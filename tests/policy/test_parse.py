from __future__ import annotations

import json
from pathlib import Path

import pytest

import jfml_policies as jp
from jfml_policies.policy.parse import MAX_CHARACTERS, MAX_STATEMENTS, parse_document, parse_text

TRUST = """{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Principal": {"AWS": ["arn:aws:iam::377488441568:root"]},
      "Action": "sts:AssumeRole",
      "Condition": {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::377488441568:role/qwak-eks-base*"}}
    }
  ]
}
"""


def test_nodes_know_where_they_stood() -> None:
    """Each node has the path of its place in the document and the span of its text."""
    statement = parse_text(TRUST).statements[0]
    assert statement.principal is not None
    principal = statement.principal.groups[0].values[0]
    test = statement.tests[0]

    assert ("Statement", 0, "Principal", "AWS", 0) == principal.path
    assert principal.span is not None
    assert '"arn:aws:iam::377488441568:root"' == TRUST[principal.span.start : principal.span.end]
    assert ("Statement", 0, "Condition", "ArnLike", "aws:PrincipalArn") == test.path == test.key.path
    assert '"aws:PrincipalArn"' == TRUST[test.key.start : test.key.end]


def test_plain_values_and_text_give_equal_policies() -> None:
    """Where a policy stood does not count; what it says does."""
    from_text, from_values = parse_text(TRUST), parse_document(json.loads(TRUST))

    assert from_text == from_values
    assert hash(from_text) == hash(from_values)
    assert from_values.statements[0].span is None


def test_a_bare_value_equals_a_list_of_one() -> None:
    """The grammar makes no difference between them, and neither does equality."""
    bare = {"Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}}
    listed = {"Statement": [{"Effect": "Allow", "Action": ["s3:*"], "Resource": ["*"]}]}

    assert parse_document(bare) == parse_document(listed)


def test_what_cannot_be_used_is_a_problem_and_the_rest_still_parses() -> None:
    """A wrong element does not hide its neighbours."""
    policy = parse_text('{"Version": 1, "Statement": [{"Effect": [], "Action": ["a:b", {}], "Resource": null}, 5]}')

    assert ("a:b",) == tuple(text.value for text in policy.statements[0].action.values)  # type: ignore[union-attr]
    assert policy.statements[0].effect is None
    assert policy.statements[0].has("Effect")
    assert [
        ("Version",),
        ("Statement", 0, "Effect"),
        ("Statement", 0, "Action", 1),
        ("Statement", 0, "Resource"),
        ("Statement", 1),
    ] == [problem.path for problem in policy.problems]


@pytest.mark.parametrize(
    ("document", "kind", "reason"),
    [
        ({"Statement": {"Action": "s3:*", "Resource": "*"}}, "identity", "no statement names a principal"),
        (
            {"Statement": {"Action": "sts:AssumeRole", "Principal": {"AWS": "*"}}},
            "trust",
            "its principals may only assume a role",
        ),
        (
            {"Statement": {"Action": "sts:AssumeRole"}},
            "trust",
            "its only actions assume a role, and no resource is named",
        ),
        (
            {"Statement": {"Action": "s3:*", "Principal": "*", "Resource": "*"}},
            "resource",
            "its statements name principals",
        ),
        (
            {"Statement": {"Action": ["sts:AssumeRol", "a:b"], "Principal": {"AWS": "*"}}},
            "trust",
            "its statements name principals, actions of STS and no resources",
        ),
        (
            {"Statement": {"Action": "sts:GetCallerIdentity", "Principal": "*", "Resource": "*"}},
            "resource",
            "its statements name principals",
        ),
        ({"Statement": {"Action": "sts:AssumeRole", "Resource": "*"}}, "identity", "no statement names a principal"),
        (
            {"AssumeRolePolicyDocument": {"Statement": {"Action": "*"}}},
            "trust",
            "it stands under `AssumeRolePolicyDocument`",
        ),
        ({"PolicyVersion": {"Document": {"Statement": []}}}, "identity", "it stands under `Document`"),
        ({}, "identity", "no statement names a principal"),
    ],
)
def test_the_kind_is_told_from_wrapper_or_shape(document: dict[str, object], kind: str, reason: str) -> None:
    """The inferred kind comes with its reason."""
    policy = parse_document(document)

    assert (kind, reason) == (policy.kind, policy.kind_reason)


def test_a_wrapped_policy_has_paths_from_its_own_root() -> None:
    """Paths count from the policy, spans from the text."""
    text = '{"PolicyVersion": {"Document": {"Statement": [{"Effect": "Allow"}]}}}'
    effect = parse_text(text).statements[0].effect
    assert effect is not None

    assert ("Statement", 0, "Effect") == effect.path
    assert '"Allow"' == text[effect.start : effect.end]


def test_an_unknown_kind_is_refused_with_the_nearest() -> None:
    """A misspelt kind gets a suggestion."""
    with pytest.raises(jp.UsageError) as caught:
        parse_text("{}", kind="identiy")

    assert "did you mean `identity`?" == caught.value.hint


def test_too_many_statements_are_cut_with_a_problem() -> None:
    """What is not read is said."""
    policy = parse_document({"Statement": [{"Effect": "Deny"}] * (MAX_STATEMENTS + 5)})

    assert MAX_STATEMENTS == len(policy.statements)
    assert ["too-large"] == [problem.kind for problem in policy.problems]


def test_load_names_the_file_in_its_errors(tmp_path: Path) -> None:
    """A syntax error of a file says file, line and column; a text beyond all limits is refused."""
    path = tmp_path / "trust.json"
    path.write_text('{\n  "Version": "2012-10-17",\n}')
    with pytest.raises(jp.JsonSyntaxError) as caught:
        jp.load(path)

    assert f"{path}:2:26: trailing comma before `}}`" == str(caught.value)
    with pytest.raises(jp.InputError):
        jp.loads(" " * (MAX_CHARACTERS + 1))


def test_values_that_are_no_json_are_refused() -> None:
    """Sets, numbers as keys, NaN and endless nesting are our errors."""
    endless: dict[str, object] = {}
    endless["Statement"] = endless
    for document in ({"Statement": {1, 2}}, {1: 2}, {"a": float("nan")}, {"a": 10**5000}, endless):
        with pytest.raises(jp.PolicyError):
            parse_document(document)  # type: ignore[arg-type]

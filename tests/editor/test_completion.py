from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jfml_policies.catalog import load
from jfml_policies.editor.completion import completions_at
from jfml_policies.editor.diagnostics import findings_of
from jfml_policies.editor.hover import hover_at
from jfml_policies.editor.limits import MAX_CANDIDATES
from jfml_policies.editor.place import place_at
from jfml_policies.testing import policies

Marked = Callable[[str], tuple[str, int]]

POLICY = '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", %s}]}'


def labels(whole: str, offset: int) -> list[str]:
    return [found.label for found in completions_at(whole, offset)]


def completed(whole: str, offset: int, label: str) -> str:
    """The text after the completion of that label is taken."""
    (found,) = [one for one in completions_at(whole, offset) if one.label == label]
    return whole[: found.span.start] + found.insert + whole[found.span.end :]


def test_actions_of_a_service(marked: Marked) -> None:
    """After the colon come the service's actions, in AWS's spelling, but those that are there already."""
    text = marked(POLICY % '"Action": ["s3:GetObjectAcl", "S3:getobjectat‸"]')

    assert labels(*text) == ["s3:GetObjectAttributes"]
    assert '"s3:GetObjectAttributes"]' in completed(*text, "s3:GetObjectAttributes")


def test_prefixes_of_services(marked: Marked) -> None:
    """Before the colon come prefixes of services that AWS still has."""
    assert {"s3:", "s3express:", "s3tables:"} <= set(labels(*marked(POLICY % '"Action": "s3‸"')))
    assert "sts:AssumeRole" in labels(*marked(POLICY % '"Principal": {"AWS": "*"}, "Action": "st‸"'))
    assert not [name for name in labels(*marked(POLICY % '"Action": "‸"')) if load().is_retired_service(name[:-1])]


def test_resources_of_the_actions(marked: Marked) -> None:
    """ARN templates are those of the statement's actions, in a form that is no policy variable."""
    text = marked(POLICY % '"Resource": [‸], "Action": ["s3:GetObject", "s3:ListBucket"]')

    assert labels(*text)[-1] == "*"
    assert {"arn:aws:s3:::BUCKET_NAME", "arn:aws:s3:::BUCKET_NAME/OBJECT_NAME"} <= set(labels(*text))
    assert '["arn:aws:s3:::BUCKET_NAME"]' in completed(*text, "arn:aws:s3:::BUCKET_NAME")


def test_a_lone_star_for_actions_without_resources(marked: Marked) -> None:
    """Actions that work on no resource leave only `*`."""
    (found,) = completions_at(*marked(POLICY % '"Action": "s3:ListAllMyBuckets", "Resource": "‸"'))

    assert (found.label, found.detail) == ("*", "the only resource that fits these actions")


def test_keys_of_the_actions(marked: Marked) -> None:
    """The keys of the actions come first, those whose type the operator compares before others; then global ones."""
    text = POLICY % '"Condition": {"StringLike": {"‸"}}, "Action": "s3:ListBucket"'
    found = labels(*marked(text))

    assert found.index("s3:prefix") < found.index("aws:PrincipalOrgID") < found.index("s3:max-keys")
    assert found.index("aws:PrincipalTag/") < found.index("aws:PrincipalArn")
    assert "ec2:Region" not in found
    assert labels(*marked(text.replace('"‸"', '"s3:pre‸"'))) == ["s3:prefix"]
    assert "s3:prefix" not in labels(*marked(text.replace('"‸"', '"s3:prefix": "a", "‸"')))


def test_operators(marked: Marked) -> None:
    """Operators are offered plain; the suffix and prefixed forms once they are begun."""
    text = POLICY % '"Condition": {‸}'

    assert {"StringEquals", "Null", "ForAnyValue:"} <= set(labels(*marked(text)))
    assert "StringLikeIfExists" in labels(*marked(text.replace("‸", '"StringLi‸"')))
    assert "ForAnyValue:StringLike" in labels(*marked(text.replace("‸", '"ForAnyValue:Str‸"')))
    assert completed(*marked(text), "Bool") == text.replace("‸", '"Bool": ')


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{‸}", ["Version", "Id", "Statement"]),
        ('{"Version": "‸"}', ["2012-10-17", "2008-10-17"]),
        ('{"Statement": [{"Effect": "‸"}]}', ["Allow", "Deny"]),
        ('{"Statement": [{"NotAction": "x", "Resource": "*", "Principal": "*", ‸}]}', ["Sid", "Effect", "Condition"]),
        ('{"Statement": [{"Principal": {"‸"}}]}', ["AWS", "CanonicalUser", "Federated", "Service"]),
        ('{"Statement": [{"Principal": {"Service": "lambda.am‸"}}]}', ["lambda.amazonaws.com"]),
        ('{"Statement": [{"Principal": {"Federated": "acc‸"}}]}', ["accounts.google.com"]),
        ('{"name": "x", "‸"}', []),
        ('{"Statement": [{"Sid": "‸"}]}', []),
    ],
    ids=range(9),
)
def test_fixed_names(marked: Marked, text: str, expected: list[str]) -> None:
    """Elements, their fixed values, and principals; nothing in other JSON and where the text is the user's."""
    assert labels(*marked(text)) == expected


def test_vendors(marked: Marked) -> None:
    """The accounts of known vendors are offered by name."""
    found = completions_at(*marked('{"Statement": [{"Principal": {"AWS": ["‸'))

    assert ("arn:aws:iam::464622532012:root", "Datadog") in [(one.label, one.detail) for one in found]


def test_an_open_line_keeps_its_end(marked: Marked) -> None:
    """A completion in a string that is not closed leaves the rest of the line as it is."""
    text = marked('{"Statement": [{"Action": ["s3:GetObjectAc‸],\n"Effect": "Allow"}]}')

    assert completed(*text, "s3:GetObjectAcl").startswith('{"Statement": [{"Action": ["s3:GetObjectAcl],\n')


def test_too_large_a_document() -> None:
    """Nothing is said of a document past the limits."""
    text = '{"Statement": [{"Action": "s3:' + " " * 1_000_000

    assert completions_at(text, 30) == ()
    assert hover_at(text, 30) is None
    assert completions_at("[" * 1_000_000, 500_000) == ()


@given(policies(), st.data())
def test_any_prefix_at_any_cursor_gets_an_answer(policy: dict, data: st.DataObject) -> None:
    """However far a policy is typed, and wherever the cursor stands, there is an answer, and it fits in the text."""
    whole = json.dumps(policy, indent=data.draw(st.sampled_from([None, 1])), ensure_ascii=data.draw(st.booleans()))
    text = whole[: data.draw(st.integers(0, len(whole)))]
    offset = data.draw(st.integers(0, len(text)))
    hover = hover_at(text, offset)
    found = completions_at(text, offset)

    assert len(found) <= MAX_CANDIDATES
    assert all(0 <= one.span.start <= offset <= one.span.end <= len(text) for one in found)
    assert hover is None or hover.span.start <= offset <= hover.span.end


@given(st.text(st.sampled_from('{}[]:,"\\ \n\r\ufeff\U0001f600asActionStatement*')), st.data())
def test_anything_gets_an_answer(text: str, data: st.DataObject) -> None:
    """No text makes an answer fail."""
    offset = data.draw(st.integers(0, len(text)))
    place_at(text, offset)
    completions_at(text, offset)
    hover_at(text, offset)
    findings_of(text, "a.json")

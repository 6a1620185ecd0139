from __future__ import annotations

from collections.abc import Callable

import pytest

from jfml_policies.editor.hover import hover_at

Marked = Callable[[str], tuple[str, int]]

POLICY = '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", %s}]}'


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        ('"Action": "s3:Get‸Object"', ["**`s3:GetObject`** action, Read", "resource type object", "condition keys: `"]),
        ('"Action": "s3:ListAllMy‸Buckets"', ["only `*` fits"]),
        ('"Action": ["s3:*Bucket‸Tagging"]', ["**2 actions**", "`s3:GetBucketTagging`"]),
        ('"Action": "‸*"', ["actions** of "]),
        ('"Act‸ion": "x"', ["**`Action`**"]),
        ('"Condition": {"Str‸ingLike": {}}', ["matches one of these patterns", "fails when the request lacks"]),
        ('"Condition": {"ForAllValues:Str‸ingLike": {}}', ["with no value at all it passes"]),
        ('"Condition": {"StringNotEquals": {"aws:Sour‸ceVpce": "x"}}', ["String", "calls through a VPC endpoint"]),
        ('"Condition": {"StringEquals": {"aws:TagKeys‸": "x"}}', ["ForAnyValue"]),
        ('"Condition": {"StringEquals": {"aws:refe‸rer": "x"}}', ["protects nothing"]),
        ('"Condition": {"StringEquals": {"s3:pref‸ix": "x"}}', ["**`s3:prefix`** condition key, String"]),
        ('"Principal": {"AWS": "464622‸532012"}', ["an account", "Datadog"]),
        ('"Principal": {"Service": "lambda.‸amazonaws.com"}', ["an AWS service", "name this service principal"]),
        ('"Principal": {"Service": "lambada.‸amazonaws.com"}', ["do not name"]),
        (
            '"Principal": {"Federated": "arn:aws:iam::111122223333:oidc-provider/app.terraform‸.io"}',
            ["HCP Terraform"],
        ),
        ('"Action": "s3:GetObject", "Resource": "arn:aws:s3:::acme‸/*"', ["**`s3:object`**", "this statement"]),
        ('"Resource": "‸*"', ["every resource"]),
    ],
    ids=range(17),
)
def test_what_is_known(marked: Marked, inside: str, said: list[str]) -> None:
    """Actions, keys, operators, principals, resources and elements are explained from the catalogue."""
    found = hover_at(*marked(POLICY % inside))

    assert found is not None
    assert all(piece in found.markdown for piece in said), found.markdown


@pytest.mark.parametrize(
    "inside",
    [
        '"Action": "s3:GetObjc‸t"',
        '"Action": "nos*:‸"',
        '"Sid": "‸x"',
        '"Principal": {"AWS": "<img‸>"}',
        '"Resource": "no‸arn"',
        '"Condition": {"StringLikes‸": {"a": "x"}}',
        '"Condition": {"StringLike": {"no:‸": "x"}}',
    ],
)
def test_what_is_not_known(marked: Marked, inside: str) -> None:
    """Nothing is said of names that the catalogue does not have."""
    assert hover_at(*marked(POLICY % inside)) is None


def test_text_of_the_document_is_not_repeated(marked: Marked) -> None:
    """An explanation is Markdown, so it holds nothing that a stranger may have written."""
    found = hover_at(*marked(POLICY % '"Resource": "arn:aws:s3:::<img src=x>‸![](http://x)"'))

    assert found is not None
    assert "img" not in found.markdown

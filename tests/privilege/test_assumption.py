"""What may be supposed of all requests."""

from __future__ import annotations

import pytest

from jfml_policies.access.evaluate import evaluate
from jfml_policies.access.request import Request
from jfml_policies.errors import UsageError
from jfml_policies.privilege.assumption import policy_of


@pytest.mark.parametrize(
    ("key", "given", "context", "expected"),
    [
        ("aws:SecureTransport", "true", {"aws:SecureTransport": "true"}, True),
        ("aws:SecureTransport", "true", {"aws:SecureTransport": "false"}, False),
        ("aws:SecureTransport", "true", {}, False),
        ("aws:SourceIp", "10.0.0.0/8", {"aws:SourceIp": "10.1.2.3"}, True),
        ("aws:SourceIp", "10.0.0.0/8", {"aws:SourceIp": "11.1.2.3"}, False),
        ("aws:MultiFactorAuthAge", "60", {"aws:MultiFactorAuthAge": "60"}, True),
        ("aws:RequestedRegion", ["eu-west-1", "eu-west-2"], {"aws:RequestedRegion": "eu-west-2"}, True),
        ("aws:RequestedRegion", "eu-*", {"aws:RequestedRegion": "eu-west-2"}, False),
        ("aws:PrincipalTag/team", "${x}", {"aws:PrincipalTag/team": "${x}"}, True),
        ("aws:TagKeys", ["team", "cost"], {"aws:TagKeys": ["team"]}, True),
        ("aws:TagKeys", ["team"], {"aws:TagKeys": ["team", "cost"]}, False),
        ("aws:TagKeys", ["team"], {}, False),
    ],
)
def test_requests_that_are_as_supposed(
    key: str, given: str | list[str], context: dict[str, str | list[str]], expected: bool
) -> None:
    """The key is there and has the value, compared as its type is; of several values all are among those given."""
    request = Request("s3:GetObject", "arn:aws:s3:::acme/a", context=context)

    assert expected == evaluate([policy_of({key: given})], request, derive_keys=False).allowed


@pytest.mark.parametrize(
    ("key", "given"),
    [("aws:SecureTransport", "yes"), ("aws:SourceIp", "here"), ("aws:CurrentTime", "now"), ("aws:TagKeys", [])],
)
def test_what_no_request_has_is_refused(key: str, given: str | list[str]) -> None:
    """Under it every comparison would come out well."""
    with pytest.raises(UsageError, match=f"no request has `{key}`"):
        policy_of({key: given})


def test_two_spellings_of_a_key_are_refused() -> None:
    """Together they might hold of no request, and then every comparison would come out well."""
    with pytest.raises(UsageError, match="are one condition key"):
        policy_of({"aws:SecureTransport": "true", "AWS:securetransport": "false"})


def test_a_key_that_does_not_exist_is_refused() -> None:
    """It would be without effect, and look as if it had one; keys of identity providers are their owners' affair."""
    with pytest.raises(UsageError, match="there is no condition key `aws:SecureTransprt`") as caught:
        policy_of({"aws:SecureTransprt": "true"})

    assert caught.value.hint == "did you mean `aws:SecureTransport`?"
    assert policy_of({"accounts.example.com:aud": "x"}).statements[0].tests[0].key.value == "accounts.example.com:aud"

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jfml_policies.errors import InputError
from jfml_policies.privilege.usage.calls import call_of, is_denial

Record = Callable[..., dict[str, Any]]

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@pytest.mark.parametrize(
    ("code", "denied"),
    [
        ("AccessDenied", True),
        ("AccessDeniedException", True),
        ("Client.UnauthorizedOperation", True),
        ("UnauthorizedException", True),
        ("KMS.KMSAccessDeniedException", True),
        ("InsufficientPrivilegesException", True),
        ("Client.RequestExpired", True),
        ("InvalidClientTokenId", True),
        ("NoSuchKey", False),
        ("ThrottlingException", False),
        ("", False),
    ],
)
def test_denials_are_told_by_their_code(code: str, denied: bool) -> None:
    """Services spell a denial in several ways; other errors are none."""
    assert denied == is_denial(code)


def test_a_message_tells_a_denial_whose_code_does_not(record: Record) -> None:
    """Some services have codes of their own; without an error nothing was refused, whatever the message says."""
    message = "User: arn:aws:iam::111122223333:user/me is not authorized to perform: s3:ListBuckets"

    calls = [
        call_of(record("s3", "ListBuckets", errorCode=code, errorMessage=message)) for code in ("OperationFailed", "")
    ]

    assert [True, False] == [call is not None and call.is_denied for call in calls]


def test_a_role_rather_than_its_session_is_the_principal(record: Record) -> None:
    """Sessions have names that change; the role that issued them is who called."""
    role = "arn:aws:iam::111122223333:role/scoring"
    identity = {
        "arn": "arn:aws:sts::111122223333:assumed-role/scoring/s",
        "sessionContext": {"sessionIssuer": {"arn": role}},
    }

    call = call_of(record("s3", "ListBuckets", userIdentity=identity))

    assert call is not None
    assert role == call.principal


def test_what_is_no_call_is_passed_over(record: Record) -> None:
    """Sign-ins and insights are records too, and need no permission of a policy."""
    assert call_of(record("signin", "ConsoleLogin", eventType="AwsConsoleSignIn")) is None


def test_what_is_no_record_is_refused() -> None:
    """A JSON object without source and name of an event is not taken for a record."""
    with pytest.raises(InputError, match="not a CloudTrail record"):
        call_of({"Statement": []})


@given(
    st.dictionaries(
        st.sampled_from(["userIdentity", "requestParameters", "resources", "errorCode", "awsRegion", "eventType"]), JSON
    )
)
def test_wrong_types_count_as_absent(elements: dict[str, Any]) -> None:
    """Whatever stands in the other elements, a call comes out or nothing does."""
    call = call_of({"eventSource": "s3.amazonaws.com", "eventName": "GetObject", **elements})

    assert call is None or "GetObject" == call.name

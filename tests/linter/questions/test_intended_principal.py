"""What a wrong principal most likely stands for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jfml_policies.catalog.service_principals import SERVICE_PRINCIPALS
from jfml_policies.linter.questions.intended_principal import intended_principal, near_service_principal
from jfml_policies.patterns.principal import Principal


@pytest.mark.parametrize(
    ("group", "value", "expected"),
    [
        ("AWS", "111122223333:role/Reader", ("AWS", "arn:aws:iam::111122223333:role/Reader")),
        ("AWS", "arn:aws:iam:eu-west-1:111122223333:root", ("AWS", "arn:aws:iam::111122223333:root")),
        ("AWS", "cognito-identity.amazonaws.com", ("Federated", "cognito-identity.amazonaws.com")),
        (
            "AWS",
            "arn:aws:iam::111122223333:saml-provider/Corp",
            ("Federated", "arn:aws:iam::111122223333:saml-provider/Corp"),
        ),
        ("Service", "111122223333", ("AWS", "111122223333")),
        ("Service", "ec2", ("Service", "ec2.amazonaws.com")),
        ("CanonicalUser", "arn:aws:iam::111122223333:root", ("AWS", "arn:aws:iam::111122223333:root")),
        ("AWS", "arn:aws:iam::111122223333:group/Readers", None),
        ("AWS", "x" * 10_000, None),
        ("AWS", "", None),
    ],
)
def test_intended_principal(group: str, value: str, expected: tuple[str, str] | None) -> None:
    """Another spelling, another type, or nothing."""
    assert expected == intended_principal(group, value)


@given(st.sampled_from(["AWS", "Service", "CanonicalUser"]), st.text("arn:wsi012/.-lmbdcoz", max_size=40))
def test_whatever_is_suggested_is_a_principal(group: str, value: str) -> None:
    """A suggestion is valid under the type that it names."""
    meant = intended_principal(group, value)

    assert meant is None or Principal.parse(*meant).is_valid


@given(st.sampled_from(sorted(SERVICE_PRINCIPALS)))
def test_letter_case_and_domain_lead_to_the_service(name: str) -> None:
    """A known service is found in capitals, and by its name alone where it has no sub-domain."""
    assert name == near_service_principal(name.upper())
    if name.count(".") == 2 and name.endswith(".amazonaws.com"):
        assert name == near_service_principal(name.partition(".")[0])

from __future__ import annotations

import pytest

from jfml_policies.access.requester import Requester


@pytest.mark.parametrize(
    ("text", "kind", "account", "name"),
    [
        ("arn:aws:iam::111122223333:user/team/ann", "user", "111122223333", "ann"),
        ("arn:aws-cn:iam::111122223333:root", "root", "111122223333", ""),
        ("111122223333", "root", "111122223333", ""),
        ("arn:aws:sts::111122223333:assumed-role/R/s", "session", "111122223333", "R"),
        ("arn:aws:iam::111122223333:role/team/R", "session", "111122223333", "R"),
        ("arn:aws:sts::111122223333:federated-user/ann", "federated-user", "111122223333", "ann"),
        ("lambda.amazonaws.com", "service", "", ""),
        ("cognito-identity.amazonaws.com", "provider", "", ""),
        ("arn:aws:iam::111122223333:saml-provider/Corp", "provider", "", ""),
        ("arn:aws:iam::111122223333:oidc-provider/host.example/path", "provider", "", ""),
        ("a" * 64, "canonical-user", "", ""),
        ("anonymous", "anonymous", "", ""),
        (None, "unknown", "", ""),
        ("arn:aws:iam::111122223333:group/g", "unknown", "", ""),
        ("arn:aws:iam::1:user/ann", "unknown", "", ""),
        ("nonsense", "unknown", "", ""),
    ],
)
def test_who_asks_is_told_from_the_text(text: str | None, kind: str, account: str, name: str) -> None:
    """Every form of a request's principal is recognised, and nothing else is."""
    requester = Requester.of(text)

    assert (kind, account, name) == (requester.kind, requester.account, requester.name)


def test_service_linked_roles_are_told_by_their_name() -> None:
    """AWS reserves the prefix of their names."""
    assert Requester.of("arn:aws:sts::111122223333:assumed-role/AWSServiceRoleForECS/x").is_service_linked
    assert not Requester.of("arn:aws:sts::111122223333:assumed-role/MyAWSServiceRoleForECS/x").is_service_linked

from __future__ import annotations

import pytest

from jfml_policies.access.principal_match import grant_strength, is_named
from jfml_policies.access.request import Request
from jfml_policies.access.requester import Requester
from jfml_policies.access.statement_match import decide
from jfml_policies.policy.nodes import Principals
from jfml_policies.policy.parse import parse_document

USER = "arn:aws:iam::111122223333:user/team/ann"
SESSION = "arn:aws:sts::111122223333:assumed-role/Reader/ann"
FEDERATED = "arn:aws:sts::111122223333:federated-user/ann"
ROOT = "arn:aws:iam::111122223333:root"
SERVICE = "ec2.amazonaws.com"
SAML = "arn:aws:iam::111122223333:saml-provider/Corp"
OIDC = "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"
GOOGLE = "accounts.google.com"
CANONICAL = "0123456789abcdef" * 4
CLOUDFRONT = "arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1"
OTHER_USER = "arn:aws:iam::444455556666:user/ann"
EVERYONE = (USER, SESSION, FEDERATED, ROOT, SERVICE, SAML, OIDC, GOOGLE, CANONICAL, CLOUDFRONT, OTHER_USER, "anonymous")

TABLE = {
    '"*"': ("*", EVERYONE),
    "AWS *": ({"AWS": "*"}, EVERYONE),
    "account id": ({"AWS": "111122223333"}, (USER, SESSION, FEDERATED, ROOT)),
    "account root": ({"AWS": ROOT}, (USER, SESSION, FEDERATED, ROOT)),
    "user": ({"AWS": USER}, (USER,)),
    "user without its path": ({"AWS": "arn:aws:iam::111122223333:user/ann"}, ()),
    "role": ({"AWS": "arn:aws:iam::111122223333:role/Reader"}, (SESSION,)),
    "role with path": ({"AWS": "arn:aws:iam::111122223333:role/any/path/Reader"}, (SESSION,)),
    "role of another account": ({"AWS": "arn:aws:iam::444455556666:role/Reader"}, ()),
    "role of another letter case": ({"AWS": "arn:aws:iam::111122223333:role/reader"}, ()),
    "session": ({"AWS": SESSION}, (SESSION,)),
    "another session": ({"AWS": "arn:aws:sts::111122223333:assumed-role/Reader/bob"}, ()),
    "federated user": ({"AWS": FEDERATED}, (FEDERATED,)),
    "service": ({"Service": SERVICE}, (SERVICE,)),
    "SAML provider": ({"Federated": SAML}, (SAML,)),
    "OIDC provider": ({"Federated": OIDC}, (OIDC,)),
    "web identity": ({"Federated": GOOGLE}, (GOOGLE,)),
    "canonical user": ({"CanonicalUser": CANONICAL}, (CANONICAL,)),
    "CloudFront identity": ({"AWS": CLOUDFRONT}, (CLOUDFRONT,)),
    "several": ({"AWS": [USER, "444455556666"], "Service": SERVICE}, (USER, SERVICE, OTHER_USER)),
    "wildcard inside": ({"AWS": "arn:aws:iam::111122223333:*"}, ()),
    "session wildcard": ({"AWS": "arn:aws:sts::111122223333:assumed-role/Reader/*"}, ()),
    "service wildcard": ({"Service": "*"}, ()),
    "unique id": ({"AWS": "AROAIOSFODNN7EXAMPLE1"}, ()),
    "account of 11 digits": ({"AWS": "11112222333"}, ()),
    "unknown type": ({"aws": "*"}, ()),
    "nobody": ({"AWS": []}, ()),
}


def element(principals: object, name: str = "Principal") -> Principals:
    statement = {"Effect": "Allow", name: principals, "Action": "*", "Resource": "*"}
    found = parse_document({"Statement": statement}, kind="resource").statements[0].principals
    assert found is not None
    return found


@pytest.mark.parametrize(("principals", "expected"), TABLE.values(), ids=TABLE)
def test_whom_each_form_names(principals: object, expected: tuple[str, ...]) -> None:
    """Each form of Principal names exactly these of all kinds of requesters."""
    assert expected == tuple(one for one in EVERYONE if is_named(element(principals), Requester.of(one)))


@pytest.mark.parametrize(("principals", "named"), TABLE.values(), ids=TABLE)
def test_not_principal_is_the_complement(principals: object, named: tuple[str, ...]) -> None:
    """NotPrincipal covers everybody else, anonymous callers and services included."""
    statement = {"Effect": "Allow", "NotPrincipal": principals, "Action": "*", "Resource": "*"}
    policy = parse_document({"Statement": statement}, kind="resource")

    for one in EVERYONE:
        assert (one not in named) == (decide(policy, Request("s3:GetObject", principal=one)) == "allow")


def test_a_roles_arn_is_some_session_of_it() -> None:
    """Who asks as a role asks as a session of it, of which the path is known and the session's name is not."""
    role = Requester.of("arn:aws:iam::111122223333:role/team/Reader")

    assert is_named(element({"AWS": "111122223333"}), role)
    assert is_named(element({"AWS": "arn:aws:iam::111122223333:role/team/Reader"}), role)
    assert not is_named(element({"AWS": "arn:aws:iam::111122223333:role/Reader"}), role)
    assert not is_named(element({"AWS": SESSION}), role)


@pytest.mark.parametrize(
    ("principals", "requester", "expected"),
    [
        ({"AWS": "111122223333"}, USER, "delegated"),
        ({"AWS": ROOT}, SESSION, "delegated"),
        ({"AWS": "arn:aws:iam::111122223333:role/Reader"}, SESSION, "role"),
        ({"AWS": ["111122223333", "arn:aws:iam::111122223333:role/Reader"]}, SESSION, "role"),
        ({"AWS": SESSION}, SESSION, "direct"),
        ({"AWS": ["111122223333", SESSION, "arn:aws:iam::111122223333:role/Reader"]}, SESSION, "direct"),
        ({"AWS": USER}, USER, "direct"),
        ({"AWS": FEDERATED}, FEDERATED, "direct"),
        ("*", USER, "direct"),
        ({"AWS": [ROOT, USER]}, SESSION, "delegated"),
    ],
)
def test_strength_of_grants(principals: object, requester: str, expected: str) -> None:
    """Of the forms that name somebody the strongest counts: account, then role, then user, session or everybody."""
    assert expected == grant_strength(element(principals), Requester.of(requester))

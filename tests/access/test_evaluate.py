from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jfml_policies.access.evaluate import decide, evaluate
from jfml_policies.access.request import Context, Request
from jfml_policies.errors import InputError, PolicyError, UsageError
from jfml_policies.policy.parse import parse_document
from jfml_policies.testing import mangled_policies

ACCOUNT, OTHER = "111122223333", "444455556666"
USER = f"arn:aws:iam::{ACCOUNT}:user/ann"
SESSION = f"arn:aws:sts::{ACCOUNT}:assumed-role/Reader/ann"
ROLE = f"arn:aws:iam::{ACCOUNT}:role/Reader"
ROOT = f"arn:aws:iam::{ACCOUNT}:root"
STRANGER = f"arn:aws:iam::{OTHER}:user/bob"
QUEUE = f"arn:aws:sqs:eu-west-1:{ACCOUNT}:q"
KEY = f"arn:aws:kms:eu-west-1:{ACCOUNT}:key/1"
TARGET = f"arn:aws:iam::{ACCOUNT}:role/Target"


def policy(*statements: dict[str, Any]) -> dict[str, Any]:
    """A document of some statements; what they don't say is: allow everything."""
    filled = []
    for statement in statements:
        rest: dict[str, Any] = {"Effect": "Allow"}
        if not {"Action", "NotAction"} & set(statement):
            rest["Action"] = "*"
        if not {"Resource", "NotResource"} & set(statement):
            rest["Resource"] = "*"
        filled.append({**rest, **statement})
    return {"Version": "2012-10-17", "Statement": filled}


def trust(principal: object, **more: Any) -> dict[str, Any]:
    statement = {"Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole", **more}
    return {"Version": "2012-10-17", "Statement": statement}


ALLOW = policy({"Sid": "All"})
NOTHING = policy({"Action": "s3:*"})
DENY = policy({"Effect": "Deny"})


def queue(principal: object, **more: Any) -> dict[str, Any]:
    return policy({"Principal": principal, **more})


def ask(principal: str | None = USER, **context: Any) -> Request:
    return Request("sqs:SendMessage", QUEUE, principal, context)


# ------------------------------------------------------------------------------------------ one account


def test_identity_policies_decide_alone() -> None:
    """Where no policy of the resource speaks, an Allow of any identity policy is enough."""
    decision = evaluate([NOTHING, ALLOW], ask())

    assert (True, "allowed", ()) == (decision.allowed, decision.outcome, decision.notes)
    assert decision.deciding is not None
    assert (1, "identity", ("Statement", 0), "All") == (
        decision.deciding.document,
        decision.deciding.kind,
        decision.deciding.path,
        decision.deciding.sid,
    )
    assert "Statement 1 (`All`) of identity policy 2 allows `sqs:SendMessage` on" in decision.reason


def test_an_explicit_deny_anywhere_is_final() -> None:
    """Each kind of document can deny what all the others allow."""
    allowing: dict[str, Any] = {
        "identity": ALLOW,
        "resource": queue({"AWS": USER}),
        "boundary": ALLOW,
        "session": ALLOW,
        "endpoint": queue("*"),
        "scps": [[ALLOW], [ALLOW]],
        "rcps": [[queue("*")]],
    }
    denying: dict[str, Any] = {
        "identity": [ALLOW, DENY],
        "resource": queue("*", Effect="Deny"),
        "boundary": policy({}, {"Effect": "Deny"}),
        "session": [ALLOW, DENY],
        "endpoint": queue("*", Effect="Deny"),
        "scps": [[ALLOW], [ALLOW, DENY]],
        "rcps": [[], [queue("*", Effect="Deny")]],
    }

    assert evaluate([], ask(), **allowing).allowed
    for part, documents in denying.items():
        decision = evaluate([], ask(), **{**allowing, part: documents})
        assert "explicitly-denied" == decision.outcome, part
        assert decision.deciding is not None
        assert decision.deciding.kind == part.removesuffix("s")
        assert decision.missing is None


@pytest.mark.parametrize(
    ("principal", "named", "needs_identity", "is_limited"),
    [
        (USER, {"AWS": USER}, False, False),
        (SESSION, {"AWS": SESSION}, False, False),
        (SESSION, {"AWS": ROLE}, False, True),
        (SESSION, {"AWS": ACCOUNT}, True, True),
        (USER, {"AWS": ROOT}, True, True),
        (USER, "*", False, False),
    ],
)
def test_strength_of_the_resources_grant(principal: str, named: object, needs_identity: bool, is_limited: bool) -> None:
    """Naming the account delegates, a role is limited by boundary and session, a user or session by nothing."""
    request = ask(principal)

    assert needs_identity != evaluate(queue(named), request, identity=[]).allowed
    assert evaluate(queue(named), request, identity=ALLOW).allowed
    assert is_limited != evaluate(queue(named), request, identity=ALLOW, boundary=NOTHING).allowed
    assert is_limited != evaluate(queue(named), request, identity=ALLOW, session=NOTHING).allowed


def test_delegation_without_identity_policies_is_taken_for_granted() -> None:
    """A bucket or queue that names the account says yes, if the account does; the note says what was assumed."""
    decision = evaluate(queue({"AWS": ACCOUNT}), ask())
    strict = evaluate(queue({"AWS": ACCOUNT}), ask(), identity=[])

    assert decision.allowed
    assert ("the identity policies of whoever asks are not given: they are taken to allow it",) == decision.notes
    assert "implicitly-denied" == strict.outcome
    assert "leaves it to identity policies, and none allows" in strict.reason


def test_a_silent_resource_policy_is_no_grant() -> None:
    """Nothing is taken for granted where no document that is given allows."""
    decision = evaluate(queue({"AWS": STRANGER}), ask())

    assert "implicitly-denied" == decision.outcome
    assert decision.reason.startswith("no statement allows `sqs:SendMessage` on")
    assert evaluate(queue({"AWS": STRANGER}), ask(), identity=ALLOW).allowed


def test_boundary_and_session_policies_limit_identity_policies() -> None:
    """Both must allow; neither grants. Of several session policies one is enough."""

    def outcome(identity: dict[str, Any], part: str, limit: dict[str, Any]) -> str:
        limits: dict[str, Any] = {part: limit}
        return evaluate(identity, ask(SESSION), **limits).outcome

    for part in ("boundary", "session"):
        assert "allowed" == outcome(ALLOW, part, ALLOW)
        assert "implicitly-denied" == outcome(ALLOW, part, NOTHING) == outcome(NOTHING, part, ALLOW)
    assert evaluate(ALLOW, ask(SESSION), session=[NOTHING, ALLOW]).allowed


def test_guardrails_alone_are_asked_as_guardrails() -> None:
    """A boundary or an SCP alone answers whether it would let the request through."""
    for part in ("boundary", "scps", "session"):
        granting: dict[str, Any] = {part: [ALLOW]}
        silent: dict[str, Any] = {part: [NOTHING]}

        assert evaluate([], ask(), **granting).allowed
        assert not evaluate([], ask(), **silent).allowed


# ------------------------------------------------------------------------------------------ organizations


def test_every_level_of_scps_must_allow() -> None:
    """Within a level one policy is enough; a level without an Allow denies, and the reason names it."""
    assert evaluate(ALLOW, ask(), scps=[[ALLOW], [NOTHING, ALLOW]]).allowed
    assert evaluate(ALLOW, ask(), scps=[NOTHING, ALLOW]).allowed

    decision = evaluate(ALLOW, ask(), scps=[[ALLOW], [NOTHING], [ALLOW]])

    assert "implicitly-denied" == decision.outcome
    assert decision.reason.startswith("no service control policy at level 2 allows")
    assert decision.missing is not None
    assert "service control policy 2" == decision.missing.statement.name


def test_rcps_only_deny() -> None:
    """AWS's own RCP, which allows everything, is implied on every level."""
    selective = queue("*", Effect="Deny", Action="s3:*")

    assert evaluate(ALLOW, ask(), rcps=[[selective], []]).allowed
    assert not evaluate(ALLOW, ask(), rcps=[[queue("*", Effect="Deny")]]).allowed


def test_organization_policies_do_not_bind_everybody() -> None:
    """Service-linked roles are free of SCPs and RCPs, services and anonymous callers of SCPs; a note says so."""
    linked = f"arn:aws:sts::{ACCOUNT}:assumed-role/AWSServiceRoleForX/s"
    decision = evaluate(ALLOW, ask(linked), scps=[DENY], rcps=[queue("*", Effect="Deny")])

    assert decision.allowed
    assert "service control policies take no part: they do not apply to service-linked roles" in decision.notes
    for principal in ("anonymous", "sns.amazonaws.com"):
        assert evaluate(queue("*"), ask(principal), scps=[DENY]).allowed
        assert not evaluate(queue("*"), ask(principal), rcps=[queue("*", Effect="Deny")]).allowed


def test_an_endpoints_policy_must_allow() -> None:
    """A call that goes through a VPC endpoint needs its policy as well, whoever asks."""
    for principal in (USER, "anonymous"):
        assert evaluate(queue("*"), ask(principal), endpoint=queue("*")).allowed
        denied = evaluate(queue("*"), ask(principal), endpoint=queue("*", Action="s3:*"))
        assert "implicitly-denied" == denied.outcome


# ------------------------------------------------------------------------------------------ other principals


@pytest.mark.parametrize("principal", ["anonymous", "sns.amazonaws.com", f"arn:aws:iam::{ACCOUNT}:saml-provider/X"])
def test_strangers_have_the_resources_policy_only(principal: str) -> None:
    """No identity policy helps or hinders a service, an identity provider or an anonymous caller."""
    assert evaluate(queue("*"), ask(principal)).allowed
    assert evaluate([queue("*"), DENY], ask(principal), boundary=NOTHING).allowed
    decision = evaluate([queue({"AWS": ACCOUNT}), ALLOW], ask(principal))
    assert "implicitly-denied" == decision.outcome
    assert any(note.startswith("identity policies take no part") for note in decision.notes)


def test_the_root_user_needs_no_permission() -> None:
    """Identity policies and boundaries do not apply to it; SCPs and denies of the resource do."""
    assert evaluate([], ask(ROOT), identity=[DENY], boundary=DENY).allowed
    assert not evaluate([], ask(ROOT), scps=[NOTHING]).allowed
    assert not evaluate(queue("*", Effect="Deny"), ask(ROOT)).allowed
    elsewhere = Request("sqs:SendMessage", QUEUE, f"arn:aws:iam::{OTHER}:root")
    assert not evaluate([], elsewhere, resource=[], identity=[], scps=[ALLOW]).allowed


# ------------------------------------------------------------------------------------------ two accounts


@pytest.mark.parametrize("named", [{"AWS": STRANGER}, {"AWS": OTHER}, "*"])
def test_two_accounts_must_both_allow(named: object) -> None:
    """Between accounts no form of grant makes up for the other side."""
    request = ask(STRANGER)

    assert evaluate([ALLOW, queue(named)], request).allowed
    assert not evaluate([NOTHING, queue(named)], request).allowed
    assert not evaluate(queue(named), request, identity=[]).allowed
    assert not evaluate([ALLOW, queue({"AWS": USER})], request).allowed
    assert not evaluate(ALLOW, request, resource=[]).allowed
    assert not evaluate([ALLOW, queue(named)], request, boundary=NOTHING).allowed


def test_the_other_accounts_side_is_taken_for_granted_when_it_is_not_given() -> None:
    """Either side alone is answered as if the other one agreed, and a note says so; both are named when given."""
    one_side = evaluate(queue({"AWS": STRANGER}), ask(STRANGER))
    other_side = evaluate(ALLOW, ask(STRANGER))
    both = evaluate([ALLOW, queue({"AWS": STRANGER})], ask(STRANGER))

    assert ("the identity policies of whoever asks are not given: they are taken to allow it",) == one_side.notes
    assert ("the policy of the resource is not given: it is taken to allow it",) == other_side.notes
    assert [True, True, True] == [one_side.allowed, other_side.allowed, both.allowed]
    assert ["resource", "identity"] == [place.kind for place in both.allowing]
    assert () == both.notes


def test_the_owner_of_a_resource_without_account_can_be_stated() -> None:
    """A bucket's ARN names no account; `aws:ResourceAccount` in the context tells whose it is."""
    bucket = policy({"Principal": {"AWS": STRANGER}})
    request = Request("s3:GetObject", "arn:aws:s3:::b/k", STRANGER)
    told = Request("s3:GetObject", "arn:aws:s3:::b/k", STRANGER, {"aws:ResourceAccount": ACCOUNT})

    assert evaluate(bucket, request, identity=[]).allowed
    assert not evaluate(bucket, told, identity=[]).allowed


# ------------------------------------------------------------------------------------------ roles and keys


def test_roles_and_keys_are_closed_without_their_own_policy() -> None:
    """An identity policy alone opens neither; a policy that delegates makes it enough."""
    for action, resource, kind in (("kms:Decrypt", KEY, "resource"), ("sts:AssumeRole", TARGET, "trust")):
        request = Request(action, resource, USER)

        def own(principal: object, kind: str = kind) -> dict[str, Any]:
            return trust(principal) if kind == "trust" else queue(principal)

        assert evaluate([ALLOW, own({"AWS": ACCOUNT})], request).allowed
        assert evaluate([NOTHING, own({"AWS": USER})], request).allowed
        assert not evaluate([NOTHING, own({"AWS": ACCOUNT})], request).allowed
        assert not evaluate([ALLOW, own({"AWS": STRANGER})], request).allowed
        assert not evaluate(ALLOW, request, resource=[]).allowed
        assert ("the policy of the resource is not given: it is taken to allow it",) == evaluate(ALLOW, request).notes


def test_trust_policies_are_about_assuming_the_role() -> None:
    """Beside the role's permissions they take no part in what the role does, and ask for no principal."""
    decision = evaluate([trust({"AWS": OTHER}), ALLOW], Request("s3:GetObject", "arn:aws:s3:::b/k"))

    assert decision.allowed
    assert ("trust policies take no part: they are about assuming a role",) == decision.notes
    assert not evaluate(trust("*"), Request("s3:GetObject", "arn:aws:s3:::b/k")).allowed


def test_passing_tags_and_a_source_identity_needs_more_actions() -> None:
    """One call then makes several requests; the note names the others."""
    tags: Context = {"aws:RequestTag/team": "x", "aws:TagKeys": ["team"], "sts:SourceIdentity": "ann"}
    decision = evaluate(trust({"AWS": USER}), Request("sts:AssumeRole", TARGET, USER, tags))

    assert (
        "the same call also needs `sts:TagSession`: ask for it as well",
        "the same call also needs `sts:SetSourceIdentity`: ask for it as well",
    ) == decision.notes


VENDOR = "377488441568"
DOCUMENTED = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Allow",
            "Principal": {"AWS": f"arn:aws:iam::{VENDOR}:root"},
            "Action": "sts:AssumeRole",
            "Condition": {"ArnLike": {"aws:PrincipalArn": f"arn:aws:iam::{VENDOR}:role/{pattern}"}},
        }
        for pattern in ("eksctl-Qwak-EKS-Cluster-nodegroup-*", "qwak-eks-base*")
    ],
}
PERMISSIONS = policy({"Action": ["s3:GetObject", "s3:ListBucket"], "Resource": ["arn:aws:s3:::b", "arn:aws:s3:::b/*"]})


@pytest.mark.parametrize(
    ("principal", "allowed"),
    [
        (f"arn:aws:sts::{VENDOR}:assumed-role/qwak-eks-base-1/s", True),
        (f"arn:aws:sts::{VENDOR}:assumed-role/eksctl-Qwak-EKS-Cluster-nodegroup-7/s", True),
        (f"arn:aws:sts::{VENDOR}:assumed-role/other/s", False),
        (f"arn:aws:iam::{VENDOR}:role/team/qwak-eks-base", False),
        (f"arn:aws:iam::{VENDOR}:root", False),
        (f"arn:aws:sts::{OTHER}:assumed-role/qwak-eks-base-1/s", False),
        ("ec2.amazonaws.com", False),
    ],
)
def test_the_documented_vendor_role_may_be_assumed_by_whom_it_says(principal: str, allowed: bool) -> None:
    """The vendor's documented trust policy lets in sessions of its named roles; `aws:PrincipalArn` is worked out."""
    assert (
        allowed
        == evaluate([DOCUMENTED, PERMISSIONS], Request("sts:AssumeRole", TARGET, principal), identity=ALLOW).allowed
    )


@pytest.mark.parametrize(
    ("action", "resource", "allowed"),
    [
        ("s3:GetObject", "arn:aws:s3:::b/train/a.csv", True),
        ("s3:ListBucket", "arn:aws:s3:::b", True),
        ("s3:PutObject", "arn:aws:s3:::b/train/a.csv", False),
        ("s3:GetObject", "arn:aws:s3:::bb/a.csv", False),
    ],
)
def test_the_documented_vendor_role_may_do_what_it_says(action: str, resource: str, allowed: bool) -> None:
    """The vendor's documented permissions read and list one bucket."""
    request = Request(action, resource, f"arn:aws:sts::{ACCOUNT}:assumed-role/qwak-access-role/s")

    assert allowed == evaluate([DOCUMENTED, PERMISSIONS], request).allowed


# ------------------------------------------------------------------------------------------ inputs


def test_invalid_documents_are_unknown_not_absent() -> None:
    """A document that AWS would refuse makes the answer unknown, with the place, whatever the others say."""
    broken = policy({}, {"Effect": "Deny", "Condition": {"IpAddress": {"aws:SourceIp": "everywhere"}}})

    for decision in (evaluate(broken, ask()), evaluate([ALLOW, DENY], ask(), boundary=broken)):
        assert ("unknown", False) == (decision.outcome, decision.allowed)
        assert "`everywhere` under `IpAddress` is not an IP address or range" in decision.reason
        assert '`Statement[1].Condition.IpAddress["aws:SourceIp"]`' in decision.reason


def test_documents_in_every_form(tmp_path: Path) -> None:
    """Policies, texts, paths and plain values are read; a file's path is its name in the answer."""
    text = '{"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}'
    path = tmp_path / "mine.json"
    path.write_text(text)

    for document in (text, path, ALLOW, parse_document(ALLOW)):
        assert evaluate(document, ask()).allowed
        assert evaluate([document], ask(), boundary=document, scps=[[document]]).allowed
    decision = evaluate(path, ask())
    assert decision.deciding is not None
    assert str(path) == decision.deciding.name


@pytest.mark.parametrize(
    ("request_", "message"),
    [
        (Request("s3:*", QUEUE, USER), "`s3:*` is a pattern; a request is about one action"),
        (Request("SendMessage", QUEUE, USER), "`SendMessage` is no action"),
        (Request("sqs:SendMessage", "q", USER), "`q` is no resource"),
        (Request("sqs:SendMessage", QUEUE, "ann"), "`ann` is no principal that makes requests"),
        (Request("sqs:SendMessage", QUEUE), "the policies name principals, so the request needs one"),
    ],
)
def test_requests_that_cannot_be_one(request_: Request, message: str) -> None:
    """A slip in the request is told, not answered with a denial."""
    with pytest.raises(UsageError) as caught:
        evaluate(queue({"AWS": USER}), request_)

    assert message == caught.value.message


def test_wrong_documents_are_told() -> None:
    """What is no document, and two where one can be, are mistakes of the caller."""
    wrong: Any = 7

    for documents in ([], wrong, [wrong], [ALLOW] * 1_001):
        with pytest.raises(UsageError):
            evaluate(documents, ask())
    with pytest.raises(UsageError, match="a principal has one permissions boundary, not 2"):
        evaluate(ALLOW, ask(), boundary=[ALLOW, ALLOW])
    with pytest.raises(InputError):
        evaluate("{", ask())


# ------------------------------------------------------------------------------------------ laws

DOCUMENTS = st.sampled_from(
    [
        ALLOW,
        NOTHING,
        DENY,
        policy({"Action": "sqs:*"}, {"Effect": "Deny", "Condition": {"Bool": {"aws:SecureTransport": "false"}}}),
        policy({"Condition": {"StringEquals": {"aws:PrincipalAccount": ACCOUNT}}}),
    ]
)
REQUESTS = st.builds(
    ask, st.sampled_from([USER, SESSION, STRANGER]), **{"aws:SecureTransport": st.sampled_from(["true", "false"])}
)


@given(DOCUMENTS, REQUESTS)
def test_one_identity_policy_in_one_account_means_what_it_says(document: dict[str, Any], request: Request) -> None:
    """For one identity policy and nothing else the decision is the document's own."""
    verdict = decide(parse_document(document), request)
    decision = evaluate(document, request, derive_keys=False)

    assert {"allow": "allowed", "explicit-deny": "explicitly-denied", "implicit-deny": "implicitly-denied"}[
        verdict
    ] == decision.outcome


@given(st.lists(DOCUMENTS, min_size=1), st.lists(DOCUMENTS), REQUESTS)
def test_guardrails_only_take_away(identity: list[Any], limits: list[Any], request: Request) -> None:
    """What is allowed with a boundary, session policies and SCPs is allowed without."""
    without = evaluate(identity, request)
    limited = evaluate(identity, request, boundary=limits[:1], session=limits, scps=[limits] if limits else [])

    assert without.allowed or not limited.allowed


@given(st.lists(DOCUMENTS, min_size=1, max_size=4), REQUESTS, st.randoms())
def test_the_order_of_documents_means_nothing(identity: list[Any], request: Request, chance: Any) -> None:
    """Shuffled documents give the same outcome."""
    shuffled = list(identity)
    chance.shuffle(shuffled)

    assert evaluate(identity, request).outcome == evaluate(shuffled, request).outcome


@settings(max_examples=25)
@given(
    mangled_policies(), st.sampled_from([USER, "anonymous", None, "", "nonsense"]), st.sampled_from([QUEUE, "*", ""])
)
def test_any_document_gets_a_decision_or_our_error(document: object, principal: str | None, resource: str) -> None:
    """Whatever is given, the answer can be told in words, or is one of this library's errors."""
    given_documents: Any = document
    try:
        decision = evaluate(given_documents, Request("sqs:SendMessage", resource, principal))
    except PolicyError:
        return
    assert decision.explain().startswith(decision.outcome.replace("-", " "))

"""Whether AWS would allow a request, given the documents that apply to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jfml_policies.access.decision import Decision
from jfml_policies.access.derived_keys import derivation_notes, derived_context
from jfml_policies.access.documents import DocumentSet, gather
from jfml_policies.access.further_actions import further_actions
from jfml_policies.access.judgement import judge
from jfml_policies.access.request import Request
from jfml_policies.access.request_check import check_request
from jfml_policies.access.request_facts import RequestFacts
from jfml_policies.access.requester import Requester
from jfml_policies.access.shortfall import quoted
from jfml_policies.access.statement_match import decide, matches
from jfml_policies.access.taking_part import taking_part
from jfml_policies.access.validity import invalid_reason
from jfml_policies.errors import UsageError
from jfml_policies.record import replace
from jfml_policies.text.path import path_text

if TYPE_CHECKING:
    from jfml_policies.access.documents import Source

__all__ = ["decide", "evaluate", "matches"]


def evaluate(
    documents: DocumentSet,
    request: Request,
    *,
    identity: DocumentSet | None = None,
    resource: DocumentSet | None = None,
    boundary: DocumentSet = (),
    session: DocumentSet = (),
    endpoint: DocumentSet = (),
    scps: DocumentSet = (),
    rcps: DocumentSet = (),
    derive_keys: bool = True,
) -> Decision:
    """Whether AWS would allow a request, which statement decides, and for a denial what was missing.

    What a policy that is not given would have to add is taken for granted, and `notes` says so: a trust policy alone
    is answered as if the caller's own account let it ask. Where there is no such policy, give an empty list.

    Args:
        documents: policies (`Policy`, JSON text, `pathlib.Path`, or plain Python values), one or a list. Their kinds
            say what part they play; the kind of a text or file is told from its content, as by `load`.
        request: who wants to do what on which resource, and what is known of it.
        identity: policies attached to whoever asks; `[]` when there are none.
        resource: the policy of the resource, or the trust policy of the role; `[]` when there is none.
        boundary: the permissions boundary of whoever asks.
        session: session policies.
        endpoint: the policy of the VPC endpoint that the call goes through.
        scps: service control policies: a list of lists, one for each level from the root to the account. Each level
            must allow. A plain list is one level.
        rcps: resource control policies, likewise; AWS's own, which allows everything, is implied on each level.
        derive_keys: fill in condition keys that follow from principal and resource, as `aws:PrincipalArn`, where
            `request.context` does not state them.

    Raises:
        UsageError: something is no document, the request cannot be one, or it lacks a principal that matters.
        InputError: a file cannot be read, or a text is no JSON.

    >>> text = '''{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject",
    ...     "Resource": "arn:aws:s3:::b/*", "Condition": {"StringEquals": {"aws:SourceVpc": "vpc-1"}}}}'''
    >>> decision = evaluate(text, Request("s3:GetObject", "arn:aws:s3:::b/k"))
    >>> decision.outcome, decision.missing.needs[0].message
    ('implicitly-denied', 'needs `aws:SourceVpc` to be `vpc-1`; the request has none')
    """
    gathered = gather(
        documents,
        identity=identity,
        resource=resource,
        boundary=boundary,
        session=session,
        endpoint=endpoint,
        scps=scps,
        rcps=rcps,
    )
    sources = tuple(gathered)
    if not sources:
        raise UsageError("there is no policy to decide by")
    for source in sources:
        fault = invalid_reason(source.policy)
        if fault is not None:
            return _unknown(source, *fault)
    binding, left_out = taking_part(gathered, Requester.of(request.principal), request.action)
    check_request(request, binding)
    notes = list(left_out)
    if derive_keys:
        derived = derived_context(request)
        notes += derivation_notes(derived, [source.policy for source in binding])
        request = replace(request, context={**request.context, **derived})
    facts = RequestFacts.of(request)
    decision = judge(binding, facts, only_limits=gathered.identity is None and gathered.resource is None)
    notes += decision.notes
    if decision.allowed:
        notes += [f"the same call also needs `{action}`: ask for it as well" for action in further_actions(facts)]
    return replace(decision, notes=tuple(notes))


def _unknown(source: Source, fault: str, path: tuple[str | int, ...]) -> Decision:
    place = quoted(path_text(path)) if path else "the document itself"
    return Decision("unknown", f"AWS would refuse {source.name}: {fault}, at {place}")

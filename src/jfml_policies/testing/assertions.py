"""Assertions about the meaning of policies, for your own tests. Each failure shows a request as proof."""

from __future__ import annotations

from jfml_policies.access.compare import compare
from jfml_policies.access.evaluate import decide
from jfml_policies.access.request import Context, Request
from jfml_policies.access.validity import invalid_reason
from jfml_policies.policy.nodes import Policy
from jfml_policies.policy.read import Document, as_policy
from jfml_policies.text.path import path_text

__all__ = ["assert_allows", "assert_denies", "assert_not_wider"]


def assert_not_wider(old: Document, new: Document, *, kind: str | None = None) -> None:
    """Asserts that `new` allows nothing that `old` does not; an answer that cannot be proved fails, too.

    >>> policy = '{"Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}}'
    >>> assert_not_wider(policy, policy)
    """
    change = compare(old, new, kind=kind)
    if change.witness_added is not None:
        raise AssertionError(f"the new policy allows more, for example {change.witness_added}")
    if change.relation == "unknown":
        raise AssertionError(f"it could not be proved that the new policy allows nothing more: {change.unknown[0]}")


def assert_allows(
    document: Document,
    action: str,
    resource: str = "*",
    *,
    principal: str | None = None,
    context: Context | None = None,
) -> None:
    """Asserts that a document alone allows a request.

    >>> assert_allows('{"Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}}', "s3:GetObject")
    """
    request = Request(action, resource, principal, context or {})
    decision = decide(_valid(document), request)
    if decision != "allow":
        raise AssertionError(f"{request} is not allowed: {decision}")


def assert_denies(
    document: Document,
    action: str,
    resource: str = "*",
    *,
    principal: str | None = None,
    context: Context | None = None,
) -> None:
    """Asserts that a document alone does not allow a request, by a Deny or by saying nothing.

    >>> assert_denies('{"Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}}', "iam:PassRole")
    """
    request = Request(action, resource, principal, context or {})
    if decide(_valid(document), request) == "allow":
        raise AssertionError(f"{request} is allowed")


def _valid(document: Document) -> Policy:
    """The policy of a document; one that AWS would refuse neither allows nor denies anything."""
    policy = as_policy(document)
    fault = invalid_reason(policy)
    if fault is not None:
        text, path = fault
        raise AssertionError(f"AWS would refuse the policy: {text}, at {path_text(path) or 'the document itself'}")
    return policy

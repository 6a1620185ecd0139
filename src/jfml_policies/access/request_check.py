"""Whether a request can be one, so that a slip of the pen is not answered with "denied"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jfml_policies.access.principal_match import named_principals
from jfml_policies.access.requester import Requester
from jfml_policies.access.shortfall import quoted
from jfml_policies.errors import UsageError
from jfml_policies.patterns.action import ActionPattern
from jfml_policies.patterns.arn import Arn, has_wildcard

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jfml_policies.access.documents import Source
    from jfml_policies.access.request import Request

__all__ = ["check_request"]

_PRINCIPALS: Final = (
    "it is the ARN of a user, of a role's session or of an account's root, a service such as `ec2.amazonaws.com`, "
    "an identity provider, a canonical user id, or `anonymous`"
)


def check_request(request: Request, sources: Iterable[Source]) -> None:
    """Accepts a request that the documents can decide.

    Raises:
        UsageError: the action, resource or principal is none, or no principal is stated where documents name some.
    """
    if has_wildcard(request.action):
        raise UsageError(f"{quoted(request.action)} is a pattern; a request is about one action")
    if ActionPattern.parse(request.action).problems:
        raise UsageError(f"{quoted(request.action)} is no action", hint="an action reads service:Name")
    if request.resource != "*" and Arn.try_parse(request.resource) is None:
        raise UsageError(
            f"{quoted(request.resource)} is no resource",
            hint="a resource is an ARN, arn:partition:service:region:account:resource, or `*` for actions without",
        )
    if request.principal is None:
        if any(_names_somebody(source) for source in sources):
            raise UsageError("the policies name principals, so the request needs one", hint=_PRINCIPALS)
    elif Requester.of(request.principal).kind == "unknown":
        raise UsageError(f"{quoted(request.principal)} is no principal that makes requests", hint=_PRINCIPALS)


def _names_somebody(source: Source) -> bool:
    return any(
        principal.kind != "everyone"
        for statement in source.policy.statements
        for element in (statement.principal, statement.not_principal)
        if element is not None
        for principal in named_principals(element)
    )

"""Which of the documents bind whoever asks: not every kind of policy applies to every kind of principal.

Sources: IAM User Guide, "Policy evaluation logic"; AWS Organizations User Guide, "Service control policies" and
"Resource control policies", the tasks and entities that they do not restrict.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jfml_policies.record import replace

if TYPE_CHECKING:
    from jfml_policies.access.documents import Documents
    from jfml_policies.access.requester import Requester

__all__ = ["taking_part"]

_WORDS: Final = {
    "root": "the root user of an account",
    "service": "a service",
    "provider": "an identity provider",
    "anonymous": "an anonymous caller",
}
_STS: Final = "sts:"


def taking_part(documents: Documents, requester: Requester, action: str) -> tuple[Documents, tuple[str, ...]]:
    """The documents that bind a request, and a note for each part that was left out.

    The management account of an organization is bound by neither SCPs nor RCPs; who asks about it gives none.

    Args:
        documents: all that were given.
        requester: who asks.
        action: for what.
    """
    notes: list[str] = []

    def leave_out(*parts: str, because: str) -> None:
        nonlocal documents
        given = [part for part in parts if getattr(documents, part)]
        notes.extend(f"{_TITLES[part]} take no part: they do not apply to {because}" for part in given)
        documents = replace(documents, **dict.fromkeys(given, ()))

    if requester.kind in _WORDS:
        leave_out("identity", "boundary", "session", because=_WORDS[requester.kind])
    if requester.kind in ("service", "provider", "anonymous"):
        leave_out("scps", because=_WORDS[requester.kind])
    if requester.is_service_linked:
        leave_out("scps", "rcps", because="service-linked roles")
    if documents.resource and not action.lower().startswith(_STS):
        others = tuple([source for source in documents.resource if source.policy.kind != "trust"])
        if len(others) < len(documents.resource):
            notes.append("trust policies take no part: they are about assuming a role")
            documents = replace(documents, resource=others or None)
    return documents, tuple(notes)


_TITLES: Final = {
    "identity": "identity policies",
    "boundary": "permissions boundaries",
    "session": "session policies",
    "scps": "service control policies",
    "rcps": "resource control policies",
}

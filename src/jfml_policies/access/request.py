"""One request: who wants to do what on which resource, and what is known about it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from jfml_policies.record import field, record

__all__ = ["Context", "Request"]

#: Values by condition key; a key compares without regard to letter case. A list is for keys with several values.
Context: TypeAlias = Mapping[str, "str | bool | int | float | list[str] | tuple[str, ...]"]


@record
class Request:
    """A request as IAM sees it.

    Attributes:
        action: as in `s3:GetObject`.
        resource: an ARN, or `*` for actions that have no resource.
        principal: who asks: a user ARN, a role session ARN (`arn:aws:sts::ACCOUNT:assumed-role/ROLE/SESSION`), an
            account root ARN, a service (`ec2.amazonaws.com`), an identity provider (its ARN or host), a canonical
            user id, or `anonymous`; None where no document names principals.
        context: values by condition key.

    >>> Request("s3:GetObject", "arn:aws:s3:::b/k", context={"aws:SourceIp": "203.0.113.7"}).values("AWS:sourceip")
    ('203.0.113.7',)
    """

    action: str
    resource: str = "*"
    principal: str | None = None
    context: Context = field(default_factory=dict)

    def values(self, key: str) -> tuple[str, ...]:
        """The values of a condition key, none when it is absent; an empty list is absent."""
        wanted = key.lower()
        for name, value in self.context.items():
            if name.lower() == wanted:
                items = value if isinstance(value, (list, tuple)) else (value,)
                return tuple([_text(item) for item in items])
        return ()


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)

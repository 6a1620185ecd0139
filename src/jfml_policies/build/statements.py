"""Allow statements as values, and policy documents made of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Final, Literal

__all__ = ["Condition", "Document", "Statement", "document", "joined"]

#: A policy document as JSON values, elements in canonical order.
Document = dict[str, Any]

_VERSION: Final = "2012-10-17"


@dataclass(frozen=True, slots=True)
class Condition:
    """One line of a Condition element: any of the values, compared with the key by the operator."""

    operator: str
    key: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """One Allow statement.

    Attributes:
        sid: letters and digits only, says what the statement is for.
        actions: full names, never with a wildcard.
        resources: ARN patterns; empty in a trust policy, which has no Resource.
        conditions: all of them have to hold.
        principal: who may do it, one or several of one type; only in a trust policy.
        principal_type: what the principals are, as the Principal element calls it.
    """

    sid: str
    actions: tuple[str, ...]
    resources: tuple[str, ...] = ()
    conditions: tuple[Condition, ...] = ()
    principal: str | tuple[str, ...] | None = None
    principal_type: Literal["AWS", "Federated", "Service"] = "AWS"

    def to_json(self) -> Document:
        """The statement as JSON values: Sid, Effect, Principal, Action, Resource, Condition; one value is no list."""
        written: Document = {"Sid": self.sid, "Effect": "Allow"}
        if self.principal is not None:
            named = (self.principal,) if isinstance(self.principal, str) else self.principal
            written["Principal"] = {self.principal_type: _one_or_list(named)}
        written["Action"] = _one_or_list(self.actions)
        if self.resources:
            written["Resource"] = _one_or_list(self.resources)
        if self.conditions:
            block: Document = {}
            for condition in sorted(self.conditions, key=lambda item: (item.operator, item.key)):
                block.setdefault(condition.operator, {})[condition.key] = _one_or_list(condition.values)
            written["Condition"] = block
        return written


def joined(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    """The statements of several tasks as one list with unique Sids, meaning the same.

    Statements that differ in their resources only become one; others that share a Sid are numbered from the second on.

    >>> first = Statement("FindRegion", ("s3:GetBucketLocation",), ("arn:aws:s3:::one",))
    >>> second = Statement("FindRegion", ("s3:GetBucketLocation",), ("arn:aws:s3:::two",))
    >>> [statement.resources for statement in joined([first, second])]
    [('arn:aws:s3:::one', 'arn:aws:s3:::two')]
    """
    by_rest: dict[Statement, tuple[str, ...]] = {}
    for statement in statements:
        rest = replace(statement, resources=())
        by_rest[rest] = tuple(dict.fromkeys((*by_rest.get(rest, ()), *statement.resources)))
    uses: dict[str, int] = {}
    result: list[Statement] = []
    for rest, resources in by_rest.items():
        uses[rest.sid] = uses.get(rest.sid, 0) + 1
        sid = rest.sid if uses[rest.sid] == 1 else f"{rest.sid}{uses[rest.sid]}"
        result.append(replace(rest, sid=sid, resources=resources))
    return tuple(result)


def document(statements: Iterable[Statement]) -> Document:
    """A policy document that holds the statements in their order.

    >>> document([])
    {'Version': '2012-10-17', 'Statement': []}
    """
    return {"Version": _VERSION, "Statement": [statement.to_json() for statement in statements]}


def _one_or_list(values: tuple[str, ...]) -> str | list[str]:
    return values[0] if len(values) == 1 else list(values)

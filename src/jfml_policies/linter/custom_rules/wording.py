"""A demand and what breaks it, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jfml_policies.access.phrases import phrase
from jfml_policies.linter.custom_rules.questions import tests_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from jfml_policies.access.request import Request
    from jfml_policies.linter.custom_rules.demand import Alternatives, Demand
    from jfml_policies.policy.nodes import Test

__all__ = ["entries_in_words", "hint_of", "page_of", "request_in_words"]

_LONGEST: Final = 100
_MOST_KEYS: Final = 3
_MOST_LISTED: Final = 8
_HOW: Final = (
    "What counts is the access that the policy's own Denies leave, and a condition counts as far as it restricts.",
    "Each finding names a request that the policy allows all the same.",
    "Where neither such a request nor a proof that there is none was found, the finding says so.",
)


def request_in_words(request: Request, blocks: Sequence[Sequence[Test]]) -> str:
    """A request as a clause, with what it says of the keys that would be enough.

    >>> from jfml_policies.access.request import Request
    >>> blocks = [tests_of('{"Bool": {"aws:SecureTransport": "true"}}')]
    >>> request_in_words(Request("s3:GetObject", "arn:aws:s3:::lake/a"), blocks)
    '`s3:GetObject` on `arn:aws:s3:::lake/a` without `aws:SecureTransport`'
    """
    said = _quoted(request.action)
    # `*` stands for nothing that could be named: a trust policy's resource, or an action without any.
    if request.resource != "*":
        said += f" on {_quoted(request.resource)}"
    if request.principal is not None:
        said += f" by {_quoted(request.principal)}"
    told = [f"{_quoted(key)} {_values(request.values(key))}" for key in sorted(request.context)]
    if told:
        said += f" with {_listed(told[:_MOST_KEYS], 'and')}"
    # Whoever meets one of the blocks is fine; the first is the one that people know.
    stated = {key.lower() for key in request.context}
    wanted = dict.fromkeys(test.key.value for test in (blocks[0] if blocks else ()))
    missing = [_quoted(key) for key in wanted if key.lower() not in stated]
    return said + (f" without {_listed(missing[:_MOST_KEYS], 'and')}" if missing else "")


def entries_in_words(actions: Sequence[str], request: Request) -> str:
    """The entries of Action by which such requests are allowed, where they say more than the request does.

    All are named: a finding is known again by what its message names, so that one more is another finding.

    >>> from jfml_policies.access.request import Request
    >>> entries_in_words(["s3:Get*", "s3:PutObject"], Request("s3:GetObject", "arn:aws:s3:::lake/a"))
    ' (through `s3:Get*` and `s3:PutObject`)'
    """
    if not actions or [one.lower() for one in actions] == [request.action.lower()]:
        return ""
    return f" (through {_listed([_quoted(one) for one in actions], 'and')})"


def hint_of(demand: Demand, blocks: Sequence[Sequence[Test]]) -> str:
    """What to do about a finding."""
    if demand.kind == "allowed-principals":
        return f"let in only {_trusted(demand)}"
    if blocks:
        return f"allow it only where {_conditions(blocks)}"
    return "take it out, or deny it"


def page_of(demand: Demand) -> str:
    """The page of a demand's rule, in Markdown.

    >>> from jfml_policies.linter.custom_rules.demand import Demand
    >>> page = page_of(Demand("NO_USERS", "forbidden-access", "users come from the directory", permitted=((),)))
    >>> page.splitlines()[0]
    'users come from the directory.'
    """
    about = _ticked(demand.actions, "or") or "any action"
    where = f" on {_ticked(demand.resources, 'or')}" if demand.resources else ""
    lines = [f"{demand.message.rstrip('.')}.", "", "## What it demands", ""]
    if demand.kind == "allowed-principals":
        all_of_it = not (demand.actions or demand.resources)
        lines.append(
            f"A policy {'lets in only' if all_of_it else f'allows {about}{where} only to'} {_trusted(demand)}."
        )
    else:
        lines += [_demanded(about + where, group) for group in demand.permitted]
    lines += ["", *_HOW]
    return "\n".join([*lines, "", "## References", "", f"- <{demand.url}>"] if demand.url else lines)


def _demanded(what: str, group: Alternatives) -> str:
    if not group:
        return f"A policy allows {what} under no circumstances."
    return f"A policy allows {what} only where {_conditions([tests_of(block) for block in group])}."


def _conditions(blocks: Sequence[Sequence[Test]]) -> str:
    return _listed([" and ".join(map(phrase, block)) for block in blocks], "or")


def _trusted(demand: Demand) -> str:
    some = [_quoted(one) for one in demand.principals]
    some += [f"principals of the organization {_quoted(one)}" for one in demand.organizations]
    if len(some) > _MOST_LISTED:
        some = [*some[:_MOST_LISTED], f"{len(some) - _MOST_LISTED} more"]
    return _listed(some, "and")


def _ticked(texts: Sequence[str], joint: str) -> str:
    some = [_quoted(text) for text in texts[:_MOST_LISTED]]
    if len(texts) > _MOST_LISTED:
        some.append(f"{len(texts) - _MOST_LISTED} more")
    return _listed(some, joint)


def _values(values: Iterable[str]) -> str:
    return _listed([_quoted(value) for value in values][:_MOST_KEYS], "and")


def _listed(texts: Sequence[str], joint: str) -> str:
    return f"{', '.join(texts[:-1])} {joint} {texts[-1]}" if len(texts) > 1 else "".join(texts)


def _quoted(text: str) -> str:
    return f"`{text if len(text) <= _LONGEST else text[: _LONGEST - 3] + '...'}`"

"""What `needs` tells beside excess and shortage: what was supposed, what no call is made for, and a hint on TLS."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jfml_policies.catalog import load
from jfml_policies.diff.remarks import Remark
from jfml_policies.errors import UndecidedError, UsageError
from jfml_policies.privilege.assumption import OVER_TLS
from jfml_policies.privilege.excess import gap
from jfml_policies.report.region_words import first_few

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from jfml_policies.cli.parser import Parser
    from jfml_policies.diff.sides import Side
    from jfml_policies.policy.nodes import Policy
    from jfml_policies.privilege.excess import Difference, Gap

__all__ = ["assume_option", "assumed", "need_remarks"]


def assume_option(parser: Parser) -> None:
    """Adds `--assume`."""
    parser.option(
        "--assume",
        action="append",
        default=[],
        metavar="KEY=VALUE",
        help="compare only requests with this condition key and value, as in aws:SecureTransport=true; may be repeated",
    )


def assumed(pairs: Iterable[str]) -> dict[str, list[str]]:
    """The values of each condition key that `--assume` names.

    Raises:
        UsageError: one gives no value.
    """
    values: dict[str, list[str]] = {}
    spelling: dict[str, str] = {}
    for pair in pairs:
        key, equals, value = pair.partition("=")
        if not (key and equals and value):
            hint = "write --assume aws:SecureTransport=true"
            raise UsageError(f"`{pair}` gives no condition key a value", hint=hint)
        values.setdefault(spelling.setdefault(key.lower(), key), []).append(value)
    return values


def need_remarks(
    found: Gap,
    granted: Sequence[tuple[Side, Policy]],
    needed: Sequence[tuple[Side, Policy]],
    assuming: Mapping[str, Sequence[str]],
) -> Iterator[Remark]:
    """What there is to know of an answer.

    Args:
        found: excess and shortage.
        granted: the policies that are attached, each with where it stands.
        needed: those that say what is needed.
        assuming: what was supposed of all requests.
    """
    for key, values in assuming.items():
        yield Remark(
            f"only requests with `{key}` = {' or '.join(f'`{one}`' for one in values)} are compared", "assumed"
        )
    if _settled_over_tls(found, granted, needed, assuming):
        text = "all that is lacking are calls without TLS; pass --assume aws:SecureTransport=true if all calls use it"
        yield Remark(text, "hint")
    yield from _idle(found.idle_excess, granted, "beyond the need")
    yield from _idle(found.idle_shortage, needed, "lacking")


def _settled_over_tls(
    found: Gap,
    granted: Sequence[tuple[Side, Policy]],
    needed: Sequence[tuple[Side, Policy]],
    assuming: Mapping[str, Sequence[str]],
) -> bool:
    """Whether it is proved that nothing is lacking over TLS; not asked unless Denies about TLS take away what is."""
    (tls,) = OVER_TLS
    if not found.shortage or any(key.lower() == tls.lower() for key in assuming):
        return False
    for one in found.shortage:
        tests = one.deny.statement.tests if one.deny is not None else ()
        if {test.key.value.lower() for test in tests} != {tls.lower()}:
            return False
    try:
        rest = gap([one for _, one in granted], [one for _, one in needed], assuming={**assuming, **OVER_TLS})
    except UndecidedError:
        return False
    return not rest.shortage and not rest.unknown


def _idle(differences: Iterable[Difference], own: Sequence[tuple[Side, Policy]], what: str) -> Iterator[Remark]:
    for one in differences:
        actions = first_few([f"`{name}`" for name in one.region.actions])
        resources = first_few([f"`{name}`" for name in one.region.resources])
        text = (
            f"{actions} on {resources}: what of it is {what} can't be requested, since AWS asks for none of these"
            f" actions on such resources by the catalogue of {load().date}"
        )
        if one.source is not None:
            statement = one.source.statement
            yield Remark(text, "idle", own[one.source.document][0], statement.path, statement.span)

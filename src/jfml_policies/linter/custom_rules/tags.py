"""Tags that a request must set, or a resource must have, as condition blocks; services have keys of their own for some.

Source: IAM User Guide, "Controlling access to AWS resources using tags" and "AWS global condition context keys"; the
catalogue's condition keys of each service.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from jfml_policies.linter.questions.tag_families import families_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from jfml_policies.catalog import Catalog
    from jfml_policies.linter.custom_rules.demand import Alternatives

__all__ = ["tag_demands"]


def tag_demands(
    request: Mapping[str, Sequence[str]],
    resource: Mapping[str, Sequence[str]],
    actions: Sequence[str],
    catalog: Catalog,
) -> tuple[Alternatives, ...]:
    """For each tag the condition blocks that demand it, one of which is enough.

    Args:
        request: tags that a request must set, with the values that they may have; any where there are none.
        resource: tags that a resource must have, likewise.
        actions: the actions that it is about, whose services may have keys of their own.
        catalog: tells these keys.

    >>> from jfml_policies.catalog import load
    >>> tag_demands({}, {"team": ["ops"]}, ["ec2:StopInstances"], load())[0][1]
    '{"StringEquals": {"ec2:ResourceTag/team": ["ops"]}}'
    """
    services = sorted({action.partition(":")[0].lower() for action in actions})
    own = [family for service in services for family in families_of(catalog, service)]
    sets = [family for family in own if "req" in family.lower()]
    has = [family for family in own if family not in sets]
    demands = [tuple(_blocks(["aws:RequestTag/", *sets], tag, values)) for tag, values in request.items()]
    for place, (tag, values) in enumerate(request.items()):
        if not values:
            # The names of all tags that are set are in another key, too.
            demands[place] += (_block("ForAnyValue:StringEquals", "aws:TagKeys", [tag]),)
    return (*demands, *[tuple(_blocks(["aws:ResourceTag/", *has], tag, values)) for tag, values in resource.items()])


def _blocks(families: Sequence[str], tag: str, values: Sequence[str]) -> Iterator[str]:
    for family in families:
        if not values:
            yield _block("Null", family + tag, "false")
        elif any(mark in value for value in values for mark in "*?"):
            yield _block("StringLike", family + tag, list(values))
        else:
            yield _block("StringEquals", family + tag, list(values))


def _block(operator: str, key: str, values: Any) -> str:
    return json.dumps({operator: {key: values}})

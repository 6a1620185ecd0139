"""The smallest policy for what was used."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

from jfml_policies.errors import InputError
from jfml_policies.privilege.usage.contexts import conditions

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from jfml_policies.privilege.usage.contexts import Context
    from jfml_policies.privilege.usage.usage import Used

__all__ = ["recorded", "suggestion"]

_word: Final = re.compile(r"[^A-Za-z0-9]+")

_Group = tuple[tuple[str, ...], tuple[str, ...]]


def suggestion(used: Collection[Used]) -> dict[str, Any]:
    """A policy document that allows these actions on these resources and nothing else.

    Statements are made by service, either of actions on the same resources or of resources for the same actions,
    whichever is shorter. It has no wildcard that the requests do not have.

    Raises:
        InputError: nothing was used.

    >>> document = suggestion([("s3:GetObject", "arn:aws:s3:::acme/a"), ("s3:GetObject", "arn:aws:s3:::acme/b")])
    >>> document["Statement"][0]["Resource"]
    ['arn:aws:s3:::acme/a', 'arn:aws:s3:::acme/b']
    """
    if not used:
        raise InputError("the records hold no call to grant", hint="are they those of this principal?")
    services: dict[str, dict[str, set[str]]] = {}
    for action, resource in used:
        services.setdefault(action.partition(":")[0], {}).setdefault(action, set()).add(resource)
    statements = []
    for service in sorted(services):
        groups = _groups({action: _needed(resources) for action, resources in services[service].items()})
        title = "".join(word.capitalize() for word in _word.split(service))
        for number, (actions, resources) in enumerate(groups, 1):
            statements.append(
                {
                    "Sid": f"Use{title}{number if len(groups) > 1 else ''}",
                    "Effect": "Allow",
                    "Action": _one_or_list(actions),
                    "Resource": _one_or_list(resources),
                }
            )
    return {"Version": "2012-10-17", "Statement": statements}


def recorded(contexts: Mapping[Used, Context]) -> dict[str, Any]:
    """A policy document that allows these requests only as the records tell them: the least that is sure to be needed.

    Args:
        contexts: requests, with what the records tell of them.

    >>> told = recorded({("s3:ListBucket", "arn:aws:s3:::acme"): (("s3:prefix", ("in/",)),)})
    >>> told["Statement"][0]["Condition"]
    {'StringEquals': {'s3:prefix': ['in/']}}
    """
    by_context: dict[Context, list[Used]] = {}
    for request, context in contexts.items():
        by_context.setdefault(context, []).append(request)
    statements: list[dict[str, Any]] = []
    for context in sorted(by_context):
        for number, statement in enumerate(suggestion(by_context[context])["Statement"], len(statements) + 1):
            statements.append({**statement, "Sid": f"Used{number}"})
            if context:
                statements[-1]["Condition"] = conditions(context)
    return {"Version": "2012-10-17", "Statement": statements}


def _needed(resources: set[str]) -> frozenset[str]:
    """Without those that others cover."""
    if "*" in resources:
        return frozenset("*")
    leads = {resource[:-1] for resource in resources if resource.endswith("/*")}
    return frozenset(resource for resource in resources if not _is_covered(resource, leads))


def _is_covered(resource: str, leads: set[str]) -> bool:
    """Whether another pattern, which is one of the leads and a star, holds all that this one does."""
    own = resource[:-1] if resource.endswith("/*") else ""
    return any(resource[: sign.end()] in leads and resource[: sign.end()] != own for sign in re.finditer("/", resource))


def _groups(resources_of: dict[str, frozenset[str]]) -> list[_Group]:
    by_resources: dict[frozenset[str], list[str]] = {}
    by_resource: dict[str, list[str]] = {}
    for action, resources in sorted(resources_of.items()):
        by_resources.setdefault(resources, []).append(action)
        for resource in resources:
            by_resource.setdefault(resource, []).append(action)
    by_actions: dict[tuple[str, ...], list[str]] = {}
    for resource, actions in by_resource.items():
        by_actions.setdefault(tuple(actions), []).append(resource)
    ways = (
        _sorted((tuple(actions), tuple(sorted(resources))) for resources, actions in by_resources.items()),
        _sorted((actions, tuple(sorted(resources))) for actions, resources in by_actions.items()),
    )
    return min(ways, key=lambda groups: len(json.dumps(groups)) + 60 * len(groups))


def _sorted(groups: Iterable[_Group]) -> list[_Group]:
    return sorted(groups)


def _one_or_list(values: tuple[str, ...]) -> str | list[str]:
    return values[0] if len(values) == 1 else list(values)

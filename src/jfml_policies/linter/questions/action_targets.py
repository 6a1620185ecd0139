"""Which ARNs an action can be granted on, and whether any resource of a statement is one of them.

Source: "Actions table" of
https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
(text of October 2026): an action without resource types takes `*` only, and with a resource that is not valid for the
action "the statement's Effect doesn't apply". Types and templates are the catalogue's.

A finding needs a catalogue that knows both sides, so whatever it may not know counts as matching.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from jfml_policies.catalog import Catalog
from jfml_policies.catalog.arn_format import PLACEHOLDER
from jfml_policies.linter.questions.arn_demands import format_index, head_of
from jfml_policies.linter.questions.resource_arn import as_pattern, is_literal, resource_arn
from jfml_policies.patterns.glob import intersects
from jfml_policies.record import record

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jfml_policies.catalog.service import Action

__all__ = ["Targets", "arn_targets", "never_matches", "targets_of"]

#: An ARN template without partition, Region and account: its service, and its resource part as a pattern.
_Form = tuple[str, str]

#: Services whose actions AWS grants on ARNs of another service, although the reference lists no resource types.
#: Source: Systems Manager User Guide, "Sample IAM policies for Session Manager" (`ssm` sessions).
_ON_OTHERS_RESOURCES: Final = frozenset(("ssmmessages",))
#: Heads of ARNs that a service asks for in actions which don't list them.
#: Source: CloudFormation asks for the extension type, `type/resource/...`, of what a stack holds, as AWS's managed
#: policies for Control Tower grant it.
_ASKED_BESIDE: Final = frozenset((("cloudformation", "type"),))
#: Services whose listing actions are granted by path. Source: IAM User Guide, "IAM: Access the policy simulator console
#: based on user path", which grants `iam:ListUsers` on `user/Department/Development/*`.
_LISTED_BY_PATH: Final = frozenset(("iam",))


@record
class Targets:
    """What the resources of a statement can be.

    Attributes:
        forms: the published forms of ARN that they meet.
        services: the service fields of the ARNs.
        named: (service, head) of each; head is the first word of the resource part.
        open_services: services with an ARN that names no particular resource, as in `table/*`.
    """

    forms: frozenset[_Form]
    services: frozenset[str]
    named: frozenset[tuple[str, str]]
    open_services: frozenset[str]


def arn_targets(resources: Iterable[str], catalog: Catalog) -> Targets | None:
    """What the entries of a Resource can be; None where one can be anything, or something the catalogue does not know.

    >>> from jfml_policies.catalog import load
    >>> arn_targets(["arn:aws:sqs:*:*:jobs", "*"], load()) is None
    True
    >>> sorted(arn_targets(["arn:aws:sqs:*:*:jobs"], load()).services)
    ['sqs']
    """
    forms: set[_Form] = set()
    named: set[tuple[str, str]] = set()
    opened: set[str] = set()
    for text in resources:
        found = _target(text, catalog)
        if found is None:
            return None
        service, head, is_open, met = found
        forms.update(met)
        named.add((service, head))
        if is_open:
            opened.add(service)
    return Targets(frozenset(forms), frozenset(service for service, _ in named), frozenset(named), frozenset(opened))


def never_matches(action: str, targets: Targets, catalog: Catalog) -> bool:
    """Whether no action that an entry covers can be granted on any of the targets; False for patterns over services.

    >>> from jfml_policies.catalog import load
    >>> table = arn_targets(["arn:aws:dynamodb:*:*:table/orders"], load())
    >>> [never_matches(f"dynamodb:{name}", table, load()) for name in ("GetItem", "ListTables", "List*", "*")]
    [False, True, False, False]
    """
    if is_literal(action):
        known = catalog.action(action)
        return known is not None and _is_outside(known, targets, catalog)
    # A pattern over services covers much, so it fits something, and takes long to write out.
    covered = catalog.matches(action) if is_literal(action.partition(":")[0]) else ()
    return bool(covered) and all(never_matches(name, targets, catalog) for name in covered)


@lru_cache(maxsize=4096)
def targets_of(action: Action, catalog: Catalog) -> frozenset[_Form] | None:
    """The forms of ARN that an action works on; None when one leaves the service open."""
    service = catalog.service(action.service)
    forms: set[_Form] = set()
    for listed in action.resource_types:
        described = service.resource_type(listed.name) if service else None
        if described is None or PLACEHOLDER.search(described.arn_format.service):
            return None
        forms.add((described.arn_format.service, described.arn_format.resource_pattern))
    return frozenset(forms)


def _is_outside(action: Action, targets: Targets, catalog: Catalog) -> bool:
    if action.retired or action.service in _ON_OTHERS_RESOURCES or not targets.named.isdisjoint(_ASKED_BESIDE):
        return False
    forms = targets_of(action, catalog)
    if forms is None or not forms.isdisjoint(targets.forms):
        return False
    own = {action.service} | {service for service, _ in forms}
    if own.isdisjoint(targets.services):
        return True
    # The reference is slow to list which resources the tagging actions of a service take.
    if action.access_level == "Tagging" or "Tag" in action.name:
        return False
    if forms:
        return True
    # Some services ask for `table/*` where the reference says `*`.
    return own.isdisjoint(targets.open_services) and not _is_about(action, targets)


def _is_about(action: Action, targets: Targets) -> bool:
    """Whether an action bears the name of what an ARN names: its resource type may be newer than the catalogue.

    Actions that list are looked at all the same: `ListRoles` is never about one role.
    """
    if action.access_level == "List":
        return False
    name = action.name.lower()
    return any(service == action.service and _letters(head) in name for service, head in targets.named)


def _letters(head: str) -> str:
    return "".join(character for character in head.lower() if character.isalpha())


@lru_cache(maxsize=1024)
def _target(text: str, catalog: Catalog) -> tuple[str, str, bool, tuple[_Form, ...]] | None:
    """Service, head, whether it names nothing in particular, and the forms that one entry meets."""
    arn = resource_arn(text)
    if arn is None or not is_literal(arn.service) or not catalog.is_arn_service(arn.service):
        return None
    resource = as_pattern(arn.resource)
    beginning = _beginning(resource)
    met = []
    for form in format_index(catalog, arn.service).candidates(resource):
        pattern = form.resource_pattern
        other = _beginning(pattern)
        # API Gateway has 70 forms, most of which differ before the first wildcard.
        if (beginning.startswith(other) or other.startswith(beginning)) and intersects(resource, pattern):
            met.append((arn.service, pattern))
    if not met:
        return None
    head = head_of(resource)
    return arn.service, head, _names_nothing(arn.service, resource, head), tuple(met)


@lru_cache(maxsize=1024)
def _beginning(pattern: str) -> str:
    """What stands before the first wildcard."""
    places = [place for place in (pattern.find("*"), pattern.find("?")) if place >= 0]
    return pattern[: min(places)] if places else pattern


def _names_nothing(service: str, resource: str, head: str) -> bool:
    """Whether a resource part is a whole kind (`table/*`), has an empty name (`log-group::*`), or is a path to list."""
    rest = resource[len(head) :]
    by_path = service in _LISTED_BY_PATH and resource.endswith("/*")
    return by_path or rest.startswith("::") or not (rest or head).strip("*?/:")

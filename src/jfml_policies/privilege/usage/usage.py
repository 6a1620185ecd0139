"""What CloudTrail records say that somebody used: requests that were allowed, and apart what was not."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from jfml_policies.errors import InputError
from jfml_policies.patterns.glob import Glob, matches
from jfml_policies.privilege.usage.calls import call_of
from jfml_policies.privilege.usage.contexts import context_of, merged
from jfml_policies.privilege.usage.event_actions import event_actions, service_prefix
from jfml_policies.privilege.usage.folders import covering, generalised
from jfml_policies.privilege.usage.named_in_request import added_by_request, named_in_request
from jfml_policies.privilege.usage.resources import EVERY, is_open, literal, resources_of
from jfml_policies.privilege.usage.s3_calls import s3_event_actions, s3_further, s3_requests

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from jfml_policies.privilege.usage.calls import Call
    from jfml_policies.privilege.usage.contexts import Context

__all__ = ["MOST_REQUESTS", "Usage", "Used"]

#: An action and the pattern of what it was used on.
Used = tuple[str, str]

#: Different requests that are kept; a policy has room for some hundreds.
MOST_REQUESTS: Final = 100_000
_LONGEST_ARN: Final = 2_048
_MOST_NAMES: Final = 10_000
_OTHERS: Final = "others"
#: Services whose requests name what is granted by a pattern, as their ARNs hold more than names: nothing is widened.
_SPELT: Final = frozenset({"glue", "iam", "logs", "secretsmanager", "ssm"})


class Usage:
    """What was used, collected record by record in bounded memory.

    Attributes:
        records: how many records there were.
        others: how many of them tell of no API call, or of other principals.
        used: how often each request was made and not denied.
        contexts: what the records tell of each request that was used, beside.
        denied: how often each request was denied.
        for_services: calls that a service made, by service and operation: for the principal, or as itself.
        through_services: how many of them a service made for the principal, with its permissions.
        further: what calls may have needed as well, depending on their parameters: action, operation, role.
        possible: requests that may have been needed, too: those of `further`, and those of services for the principal;
            each with what the records tell of it.
        unknown: operations that have no known action.
        undecided: how many calls that were not denied needed something that is not known.
        free: operations that need no permission in an identity policy.
        unplaced: actions whose resource no record tells, though they have one.
        widened: used requests on more than a call was on, as its record tells only that much.
        principals: who called.
        granted_anyway: denied requests that are among the used ones all the same, since those name no narrower resource
            or the same request was made at another time.
        left_out: folders that were generalised and are not granted, since something in them was denied.

    >>> usage = Usage()
    >>> usage.add(
    ...     {
    ...         "eventSource": "s3.amazonaws.com",
    ...         "eventName": "HeadObject",
    ...         "awsRegion": "eu-west-1",
    ...         "requestParameters": {"bucketName": "acme", "key": "a.csv"},
    ...     }
    ... )
    >>> list(usage.used)
    [('s3:GetObject', 'arn:aws:s3:::acme/a.csv')]
    """

    def __init__(
        self, *, folder_threshold: int | None = None, principal: str | None = None, with_service_calls: bool = False
    ) -> None:
        self.records: int = 0
        self.others: int = 0
        self.used: dict[Used, int] = {}
        self.contexts: dict[Used, Context] = {}
        self.denied: Counter[Used] = Counter()
        self.for_services: Counter[Used] = Counter()
        self.through_services: int = 0
        self.further: Counter[tuple[str, str, str]] = Counter()
        self.possible: dict[Used, Context] = {}
        self.unknown: Counter[str] = Counter()
        self.undecided: int = 0
        self.free: Counter[str] = Counter()
        self.unplaced: Counter[str] = Counter()
        self.widened: Counter[Used] = Counter()
        self.principals: Counter[str] = Counter()
        self.granted_anyway: set[Used] = set()
        self.left_out: set[Used] = set()
        self._threshold = folder_threshold
        self._principal = Glob.parse(principal, fold_case=False) if principal is not None else None
        self._with_service_calls = with_service_calls
        self._folders: dict[str, set[str]] = {}

    def add(self, record: Mapping[str, Any]) -> None:
        """Counts one record.

        Raises:
            NoRecordError: it is no CloudTrail record, and not counted.
            InputError: there are more different requests than are kept.
        """
        call = call_of(record)
        self.records += 1
        if call is None or (self._principal is not None and not matches(self._principal, call.principal)):
            self.others += 1
            return
        operation = f"{service_prefix(call.source)}:{call.name}"
        beside = call.own_service or (call.service and not self._with_service_calls)
        if beside:
            self.through_services += not call.own_service
            _count(self.for_services, (call.service or call.source, operation), (_OTHERS, _OTHERS))
            if call.own_service or call.is_denied:
                return
        elif call.principal:
            _count(self.principals, call.principal, _OTHERS)
        is_s3 = operation.startswith("s3:")
        needed = s3_event_actions(call.name) if is_s3 else event_actions(call.source, call.name)
        actions, further = needed.actions, needed.further
        if not needed.is_known:
            _count(self.unknown, operation, _OTHERS)
        elif not actions and not further:
            _count(self.free, operation, _OTHERS)
        elif not actions:
            actions = named_in_request(call.parameters, further)
            further = () if actions else further
        actions += added_by_request(operation, call.parameters)
        requests = s3_requests(call, actions) if is_s3 else _requests(call, actions)
        if call.is_denied:
            for request in requests if actions or not further else ((operation, EVERY[0]),):
                _count(self.denied, request, (_OTHERS, EVERY[0]))
            return
        self.undecided += not needed.is_known or bool(further and not actions)
        for request in requests:
            if beside:
                self._may_use(request, context_of(*request, call))
            else:
                self._use(request, context_of(*request, call))
        for action in further:
            role = _role(call) if action == "iam:PassRole" else ""
            if not beside:
                _count(self.further, (action, operation, role), (_OTHERS,) * 3)
            for request in _further(action, role, call):
                self._may_use(request, context_of(*request, call))

    def finish(self) -> None:
        """Generalises keys to folders where that was asked for; to be called once, after the last record."""
        if self._threshold is not None:
            self._generalise(self._threshold)
            possible, self.possible = self.possible, {}
            for (action, resource), granted in _in_folders(possible, self._threshold, self.denied.keys()).items():
                self._may_use((action, granted), possible[action, resource])
        for action, resource in self.denied.keys() - self.used.keys():
            folder = covering(resource, self._folders.get(action, ()))
            request = (action, f"{folder}*")
            if folder is not None and request in self.used:
                # It became a folder before the denial was read; what was used of it is no longer known.
                del self.used[request], self.contexts[request]
                self.left_out.add(request)
        wide: dict[str, list[str]] = {}
        for action, resource in self.used:
            if resource.endswith("*"):
                wide.setdefault(action, []).append(resource[:-1])
        for action, resource in self.denied:
            if (action, resource) in self.used or any(resource.startswith(lead) for lead in wide.get(action, ())):
                self.granted_anyway.add((action, resource))

    def _use(self, request: Used, context: Context) -> None:
        action, resource = request
        folders = self._folders.get(action)
        if folders:
            folder = covering(resource, folders)
            if folder is not None:
                request = (action, f"{folder}*")
        count = self.used.get(request)
        if count is None and len(self.used) >= MOST_REQUESTS:
            self._make_room()
            self._use(request, context)
            return
        self.used[request] = (count or 0) + 1
        if count is None:
            self.contexts[request] = context
        elif (told := self.contexts[request]) != context:
            self.contexts[request] = merged(told, context)
        if count is None and resource == EVERY[0]:
            if _has_resources(action):
                self.unplaced[action] += 1
        elif count is None and is_open(resource) and action.partition(":")[0] not in _SPELT:
            self.widened[action, resource] += 1

    def _may_use(self, request: Used, context: Context) -> None:
        if request not in self.possible and len(self.possible) >= MOST_REQUESTS:
            self.undecided += 1
            return
        told = self.possible.setdefault(request, context)
        if told != context:
            self.possible[request] = merged(told, context)

    def _make_room(self) -> None:
        if self._threshold is not None:
            self._generalise(self._threshold)
        # Room for a tenth at least, so that not every further request goes over all of them.
        if len(self.used) > MOST_REQUESTS * 9 // 10:
            hint = "--folder-threshold N grants a folder as a whole once N different entries of it were used"
            if self._threshold is not None:
                hint = "a lower --folder-threshold makes more of them one; --principal reads the calls of one principal"
            raise InputError(f"the records hold over {MOST_REQUESTS:,} different requests", hint=hint)

    def _generalise(self, threshold: int) -> None:
        used: dict[Used, int] = {}
        contexts: dict[Used, Context] = {}
        folders = _in_folders(self.used, threshold, self.denied.keys() - self.used.keys())
        for (action, resource), granted in folders.items():
            if granted != resource:
                self._folders.setdefault(action, set()).add(granted[:-1])
            used[action, granted] = used.get((action, granted), 0) + self.used[action, resource]
            told = self.contexts[action, resource]
            before = contexts.get((action, granted), told)
            contexts[action, granted] = told if told == before else merged(told, before)
        self.used, self.contexts = used, contexts


def _in_folders(requests: Iterable[Used], threshold: int, denied: Iterable[Used]) -> dict[Used, str]:
    """Each request with the resource to grant for it."""
    by_action: dict[str, list[str]] = {}
    for action, resource in requests:
        by_action.setdefault(action, []).append(resource)
    refused: dict[str, list[str]] = {}
    for action, resource in denied:
        refused.setdefault(action, []).append(resource)
    return {
        (action, resource): granted
        for action, resources in by_action.items()
        for resource, granted in generalised(resources, threshold, refused.get(action, ())).items()
    }


def _requests(call: Call, actions: tuple[str, ...]) -> Iterator[Used]:
    for action in actions:
        for resource in resources_of(action, call):
            yield action, resource


def _further(action: str, role: str, call: Call) -> Iterator[Used]:
    """What a call may have needed besides."""
    if action == "iam:PassRole":
        yield action, literal(role) if role else EVERY[0]
    elif action.startswith("s3:"):
        yield s3_further(call, action)
    else:
        yield from _requests(call, (action,))


def _has_resources(action: str) -> bool:
    from jfml_policies.catalog import load

    known = load().action(action)
    return known is not None and bool(known.resource_types)


def _role(call: Call) -> str:
    """The one role that the parameters name, or empty."""
    texts = [value for value in call.parameters.values() if isinstance(value, str) and len(value) <= _LONGEST_ARN]
    roles = {text for text in texts if ":role/" in text}
    return roles.pop() if len(roles) == 1 else ""


def _count(counter: Counter[Any], key: Any, others: Any) -> None:
    """Counts one more, in bounded memory: beyond so many names all new ones are one."""
    counter[key if key in counter or len(counter) < _MOST_NAMES else others] += 1

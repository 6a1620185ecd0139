"""From a call to the resources that its action was decided on, as ARN patterns.

What a record names as an ARN counts where it fits a resource type of the action; else the templates of the service
authorization reference are filled from the request's parameters, where all their names are there. What cannot be told
so is `*`: a guess would grant too little or something else.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from jfml_policies.catalog import load
from jfml_policies.catalog.arn_format import PLACEHOLDER
from jfml_policies.catalog.regions import partition_of as known_partition_of
from jfml_policies.privilege.usage.named_resources import has_own_names, names_of, owner_of
from jfml_policies.record import record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from jfml_policies.catalog import Service
    from jfml_policies.privilege.usage.calls import Call

__all__ = ["EVERY", "is_open", "literal", "partition_of", "resources_of"]

#: The resource of a call whose resource is not told.
EVERY: Final = ("*",)
_LONGEST_NAME: Final = 2_048
_LONGEST_ARN: Final = 2_048
#: Placeholders that every record fills.
_ENVIRONMENT: Final = frozenset({"partition", "region", "account"})
#: Placeholders whose parameter has another name.
_PARAMETERS: Final[Mapping[str, tuple[str, ...]]] = {
    "athena:workgroupname": ("workgroup",),
    "glue:databasename": ("databasename",),
    "glue:tablename": ("tablename", "name"),
    "iam:groupnamewithpath": ("groupname",),
    "iam:instanceprofilenamewithpath": ("instanceprofilename",),
    "iam:rolenamewithpath": ("rolename",),
    "iam:usernamewithpath": ("username",),
    "redshift:clustername": ("clusteridentifier",),
    "redshift-data:clustername": ("clusteridentifier",),
    "sqs:queuename": ("queueurl", "queuename"),
    "ssm:parameternamewithoutleadingslash": ("name", "names", "path"),
}
#: How the ids of things begin that share a parameter. Source: "Managed nodes" in the Systems Manager User Guide.
_SIGNS: Final[Mapping[str, str]] = {"ssm:instance": "i-", "ssm:managed-instance": "mi-"}
#: Placeholders that a request for many leaves open: `GetTables` names the database alone.
_MANY: Final = frozenset({"glue:tablename"})
_open: Final = re.compile(r"(?<!\$\{)[*?]")
_partial_secret: Final = re.compile(r"arn:[^:]+:secretsmanager:[^:]*:[^:]*:secret:[^:]+(?<!-[A-Za-z0-9]{6})")
_wildcard: Final = re.compile(r"[*?]|\$(?=\{)")


def resources_of(action: str, call: Call) -> tuple[str, ...]:
    """The resources that a call's action was decided on, as patterns; `EVERY` when it has none or they are not told."""
    plan = _plan(action)
    if not plan.types:
        return EVERY
    special = names_of(action, call, partition_of(call.region)) if has_own_names(action) else None
    if special is not None:
        return tuple(dict.fromkeys([*map(literal, special[0]), *special[1]]))
    arns = [*call.resources, *_arns(call.parameters)]
    found: dict[str, None] = {}
    for kind in plan.types:
        these = [_whole(arn) for arn in arns if len(arn) <= _LONGEST_ARN and _type_of(kind.service, arn) == kind.name]
        these = these or list(_filled(kind, call))
        if kind.required and not these:
            return EVERY
        found |= dict.fromkeys(these)
    return tuple(found) or EVERY


def _whole(arn: str) -> str:
    """A pattern of what an ARN names: Secrets Manager takes them without the hyphen and six characters at their end.

    Source: "GetSecretValue" in the Secrets Manager API Reference; with such an end an ARN is taken as a whole one.
    """
    return f"{literal(arn)}-??????" if _partial_secret.fullmatch(arn) else literal(arn)


def literal(text: str) -> str:
    """A pattern that matches this text alone.

    Source: "IAM policy elements: Variables and tags" in the IAM User Guide, characters with a special meaning.

    >>> literal("a*b")
    'a${*}b'
    """
    return _wildcard.sub(lambda found: f"${{{found[0]}}}", text)


def is_open(pattern: str) -> bool:
    """Whether a pattern matches more than one text.

    >>> is_open("arn:aws:s3:::acme/*"), is_open(literal("a*b"))
    (True, False)
    """
    return _open.search(pattern) is not None


def partition_of(region: str) -> str:
    """The partition of a Region; of one that is not known yet the commercial one."""
    return known_partition_of(region) or "aws"


@record
class _Type:
    """A resource type of an action.

    Attributes:
        service: the prefix of the service that lists it.
        name: its name.
        required: whether the action always needs such a resource.
        pieces: the ARN template between its placeholders.
        names: the placeholders' names.
        sign: how its ids begin, where others share their parameter.
    """

    service: str
    name: str
    required: bool
    pieces: tuple[str, ...]
    names: tuple[str, ...]
    sign: str


@record
class _Plan:
    types: tuple[_Type, ...] = ()


@lru_cache(maxsize=4_096)
def _plan(action: str) -> _Plan:
    prefix, _, name = action.partition(":")
    service = load().service(prefix)
    known = service.action(name) if service is not None else None
    if service is None or known is None:
        return _Plan()
    types = []
    for entry in known.resource_types:
        described = service.resource_type(entry.name)
        if described is not None:
            names = tuple([found.strip("${}<>").lower() for found in PLACEHOLDER.findall(described.arn)])
            pieces = tuple(PLACEHOLDER.split(described.arn))
            sign = _SIGNS.get(f"{prefix}:{entry.name}", "")
            types.append(_Type(prefix, entry.name, entry.required, pieces, names, sign))
    return _Plan(tuple(types))


def _filled(kind: _Type, call: Call) -> Iterator[str]:
    """The template with the call's own values; nothing where one is missing, or several could be combined."""
    choices: list[tuple[str, ...]] = []
    for name in kind.names:
        match name:
            case "partition":
                values: tuple[str, ...] = (partition_of(call.region),)
            case "region":
                values = (call.region,) if call.region else ()
            case "account":
                owner = owner_of(kind.service, call)
                values = (owner,) if owner else ()
            case _:
                values = tuple(_values(kind.service, name, call.parameters))
                if kind.sign:
                    values = tuple([value for value in values if value.startswith(kind.sign)])
        if not values:
            return
        choices.append(values)
    own = [values for name, values in zip(kind.names, choices, strict=True) if name not in _ENVIRONMENT]
    if not own and not kind.required:
        return
    several = [values for values in choices if len(values) > 1]
    if len(several) > 1:
        return
    for number in range(len(several[0]) if several else 1):
        texts = [values[number if len(values) > 1 else 0] for values in choices]
        arn = "".join(part for pair in zip(kind.pieces, (*texts, ""), strict=True) for part in pair)
        yield arn
        if kind.name == "log-group":
            # CloudWatch Logs decides some actions on the group's name and others on the name with `:*`.
            yield f"{arn}:*"


def _values(service: str, name: str, parameters: Mapping[str, Any]) -> Iterator[str]:
    """Patterns that a parameter gives for a placeholder."""
    wanted = _PARAMETERS.get(f"{service}:{name}", (name, f"{name}s"))
    for key, value in parameters.items():
        if key.lower() in wanted:
            for text in value if isinstance(value, list) else (value,):
                if isinstance(text, str) and 0 < len(text) <= _LONGEST_NAME:
                    yield from _path(text) if (service, key) == ("ssm", "path") else _spelled(service, name, text)
            return
    if f"{service}:{name}" in _MANY:
        yield "*"


def _path(text: str) -> Iterator[str]:
    """What lies at and below a path of Parameter Store."""
    path = literal(text.strip("/"))
    if path:
        yield path
    yield f"{path}/*" if path else "*"


def _spelled(service: str, name: str, text: str) -> Iterator[str]:
    if service == "sqs" and text.startswith("https://"):
        text = text.rpartition("/")[2]
    if service == "ssm" and not text.startswith("arn:"):
        # A version or label of a parameter; other names hold no colon.
        text = text.partition(":")[0]
    if not text or ":" in text or (service == "kms" and "/" in text):
        # An ARN of something else, or an alias of a key.
        return
    written = literal(text)
    if service == "ssm":
        yield written.removeprefix("/")
    elif service == "secretsmanager":
        # Secrets Manager puts a hyphen and six characters behind the name.
        yield f"{written}-??????"
    elif name.endswith("namewithpath"):
        # Names are unique whatever their path.
        yield written
        yield f"*/{written}"
    elif (service, name) == ("sagemaker", "endpointname"):
        # ARNs of endpoints hold their names in lower case.
        yield written.lower()
    else:
        yield written


def _arns(parameters: Mapping[str, Any]) -> Iterator[str]:
    for value in parameters.values():
        if isinstance(value, str):
            if value.startswith("arn:"):
                yield value
        elif isinstance(value, list):
            yield from (item for item in value if isinstance(item, str) and item.startswith("arn:"))


@lru_cache(maxsize=65_536)
def _type_of(prefix: str, arn: str) -> str | None:
    """The service's resource type that an ARN fits best: the one whose template says most about it."""
    best: tuple[int, str] | None = None
    for weight, pattern, name in _patterns(prefix):
        if (best is None or weight > best[0]) and pattern.fullmatch(arn):
            best = (weight, name)
    return best[1] if best is not None else None


@lru_cache(maxsize=512)
def _patterns(prefix: str) -> tuple[tuple[int, re.Pattern[str], str], ...]:
    service: Service | None = load().service(prefix)
    return tuple(_compiled(service)) if service is not None else ()


def _compiled(service: Service) -> Iterable[tuple[int, re.Pattern[str], str]]:
    for kind in service.resource_types:
        pieces = PLACEHOLDER.split(kind.arn)
        # A value ends at the sign that follows its placeholder, so that no text is tried over and over.
        text = re.escape(pieces[0])
        for piece in pieces[1:]:
            text += ("[^:/]+" if piece and not piece.startswith(":") else "[^:]+") + re.escape(piece)
        yield sum(map(len, pieces)), re.compile(text), kind.name

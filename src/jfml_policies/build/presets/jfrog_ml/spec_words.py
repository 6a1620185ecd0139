"""What a role built from a spec is, in plain words."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import BaseModel

from jfml_policies.build.identifiers import region_doubt
from jfml_policies.build.presets.jfrog_ml.facts import CLOUD_ACCOUNT, ROLE_PATTERNS
from jfml_policies.build.presets.jfrog_ml.spec import RoleSpec
from jfml_policies.build.presets.jfrog_ml.trusts import CloudTrust
from jfml_policies.build.presets.jfrog_ml.uses import AutomationUse, BatchExecutionUse
from jfml_policies.build.presets.jfrog_ml.words import guessing, odd_keys, odd_prefix, place_of
from jfml_policies.build.specs.locations import FileLocation, Location
from jfml_policies.build.task import Task
from jfml_policies.build.tasks.athena import AthenaQuery
from jfml_policies.build.tasks.s3 import Folder, ReadFolder, WriteFolder
from jfml_policies.build.wording import listed, quoted, quoted_list

__all__ = ["allowed_by", "chosen_by", "left_out_by", "warned_by"]


def chosen_by(spec: RoleSpec) -> Iterator[str]:
    """What was chosen and why, one line each."""
    trust = spec.trust
    if isinstance(trust, CloudTrust):
        patterns = trust.role_patterns or spec.documented_patterns
        why = "as the spec has it" if trust.role_patterns else "which the vendor's pages name for these uses"
        yield f"roles named {quoted_list(ROLE_PATTERNS[patterns])} may assume this one, {why}"
    else:
        yield "tokens must be of a named service account and audience, compared exactly"
    if spec.listing == "strict":
        yield (
            "listings of data must name the folder (strict); a client that probes the bucket or lists without a prefix"
            " needs listing `compatible`"
        )
    else:
        yield "listings need not name the folder (compatible), so the names of all keys in the buckets can be seen"
    for use in spec.uses:
        if isinstance(use, BatchExecutionUse | AutomationUse):
            for location in (use.source, use.destination):
                if location is not None and location.prefix and "{" in location.prefix:
                    folder = location.folder(spec.where)
                    yield f"the dated folder {quoted(location.prefix)} is taken as {place_of(folder)}"
    for query in _queries(spec):
        if query.results is not None:
            bucket = quoted(query.results.folder.bucket)
            yield f"listings of the result bucket {bucket} need no prefix, because AWS does not document which one"
    if any(statement.sid.startswith(("Decrypt", "Encrypt")) for task in spec.tasks for statement in task.statements()):
        yield "keys serve only calls that the service makes for the role in the key's region (`kms:ViaService`)"
    yield f"buckets must belong to the account {spec.account}, unless a bucket_account says otherwise"


def _queries(spec: RoleSpec) -> list[AthenaQuery]:
    """Queries through Athena, of data sources and of code."""
    return [task for task in spec.tasks if isinstance(task, AthenaQuery)]


def allowed_by(spec: RoleSpec) -> Iterator[str]:
    """What the policies allow: who assumes the role, then each use with its tasks."""
    trust = spec.trust
    if isinstance(trust, CloudTrust):
        patterns = ROLE_PATTERNS[trust.role_patterns or spec.documented_patterns]
        yield f"roles named {quoted_list(patterns)} in the account {trust.account} may assume this role"
    else:
        yield f"the service accounts {quoted_list(trust.service_accounts)} of the cluster may assume this role"
    for use in spec.uses:
        lines = dict.fromkeys(_line(task) for task in use.tasks(spec.where))
        yield f"{use.use}: {listed(list(lines))}"


def _line(task: Task) -> str:
    match task:
        case ReadFolder():
            return f"read {place_of(task.folder)}"
        case WriteFolder():
            return f"write {place_of(task.folder)}"
        case AthenaQuery():
            parts = [f"query {quoted(task.database)} in the workgroup {quoted(task.workgroup)}"]
            parts += [f"read {place_of(read.folder)}" for read in task.data]
            if task.results is not None:
                parts.append(f"keep results in {place_of(task.results.folder)}")
            return listed(parts)
        case _:
            actions = dict.fromkeys(action for statement in task.statements() for action in statement.actions)
            return quoted_list(actions)


def left_out_by(spec: RoleSpec) -> Iterator[str]:
    """What the policies deliberately do not allow, one line each."""
    yield "deleting, tags and access lists"
    yield "reading and writing anything that no use names"
    if _queries(spec):
        yield "creating, changing and dropping tables"


def warned_by(spec: RoleSpec) -> Iterator[str]:
    """What cannot be put right here, one line each."""
    doubt = region_doubt(spec.region)
    if doubt is not None:
        yield doubt
    trust = spec.trust
    if isinstance(trust, CloudTrust):
        yield guessing(spec.name)
        if trust.account != CLOUD_ACCOUNT:
            yield (
                f"{trust.account} is not the account of JFrog ML Cloud ({CLOUD_ACCOUNT}); make sure that it is that"
                " of your deployment, because it decides who gets in"
            )
        if trust.account == spec.account:
            yield "the vendor's account and yours are the same; a deployment in your own cluster uses `self-managed`"
    reads, writes = _folders(spec)
    for folder in reads:
        if not folder.path:
            yield f"without a prefix the role reads the whole bucket {quoted(folder.bucket)}"
    for folder in writes:
        if not folder.path:
            yield f"without a prefix the role can overwrite every object in the bucket {quoted(folder.bucket)}"
        for other in reads:
            if folder.overlaps(other):
                yield (
                    f"results in {place_of(folder)} lie where the role reads, {place_of(other)}: a later run may take"
                    " them for input, and the role can overwrite what it reads"
                )
    for location in _locations(spec):
        # Of a dated folder only what comes before the date is granted, and that was told.
        yield from odd_prefix((location.prefix or "").partition("{")[0])
        # The role's permissions do not tell: what they ask of the bucket is asked through the access point.
        point = getattr(location, "access_point", None)
        if point is not None and location.bucket_account not in {None, spec.account}:
            yield (
                f"the bucket {quoted(location.bucket)} behind the access point {quoted(point)} is in the account"
                f" {location.bucket_account}, whose bucket policy has to leave access to the access point"
                " (`s3:DataAccessPointAccount`); that is not written"
            )
        if isinstance(location, FileLocation):
            yield from odd_prefix(location.key or "", is_key=True)
    arns = [
        arn for task in spec.tasks for statement in task.statements() for arn in statement.resources if ":kms:" in arn
    ]
    yield from odd_keys(arns)
    if not arns:
        yield "no KMS key is named; data that is encrypted with a key of your own ends in AccessDenied"


def _locations(part: BaseModel) -> Iterator[Location]:
    """The folders that a spec names, wherever they stand in it."""
    if isinstance(part, Location):
        yield part
    for name in type(part).model_fields:
        value = getattr(part, name)
        for inner in value if isinstance(value, tuple) else (value,):
            if isinstance(inner, BaseModel):
                yield from _locations(inner)


def _folders(spec: RoleSpec) -> tuple[tuple[Folder, ...], tuple[Folder, ...]]:
    """The folders that are read and those that are written, each once."""
    reads: dict[Folder, None] = {}
    writes: dict[Folder, None] = {}
    for task in spec.tasks:
        if isinstance(task, ReadFolder):
            reads[task.folder] = None
        elif isinstance(task, WriteFolder):
            writes[task.folder] = None
        elif isinstance(task, AthenaQuery):
            reads |= dict.fromkeys(read.folder for read in task.data)
    return tuple(reads), tuple(writes)

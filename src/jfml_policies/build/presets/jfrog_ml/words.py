"""What JFrog ML's role is, in plain words: chosen, allowed, left out, and what to watch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from jfml_policies.build.identifiers import KmsKey
from jfml_policies.build.presets.jfrog_ml.facts import (
    CLOUD_ACCOUNT,
    DOCUMENTED_ROLE_NAMES,
    PAGE,
    ROLE_PATTERNS,
)
from jfml_policies.build.presets.jfrog_ml.hardened import tasks_of
from jfml_policies.build.presets.jfrog_ml.parameters import RoleParameters
from jfml_policies.build.role_names import looks_unguessable
from jfml_policies.build.tasks.s3 import Folder, ReadFolder
from jfml_policies.build.wording import quoted, quoted_list

__all__ = ["allowed", "chosen", "guessing", "left_out", "odd_keys", "odd_prefix", "place_of", "warned"]


def chosen(parameters: RoleParameters) -> Iterator[str]:
    """What was chosen and why, one line each."""
    if parameters.as_documented:
        yield f"both policies are those of the vendor's page, {PAGE}, to the letter; the default ones are narrower"
        yield _account_choice(parameters)
        return
    yield _account_choice(parameters)
    yield _patterns_choice(parameters)
    for task, given in zip(tasks_of(parameters), (parameters.prefix, parameters.write_prefix), strict=False):
        if given and not given.endswith("/"):
            yield f"the prefix {quoted(given)} is taken as the folder {quoted(task.folder.path)}"
    if parameters.write_bucket is None and parameters.write_prefix is not None:
        yield f"results go to {quoted(parameters.bucket)}, the bucket that is read, because no other was given"
    yield _listing_choice(parameters)
    yield from _key_choices(parameters)
    if parameters.own_account:
        yield (
            f"buckets must belong to the account {parameters.own_account}, so that a bucket name that somebody else"
            " takes over is of no use"
        )


def _account_choice(parameters: RoleParameters) -> str:
    if parameters.account == CLOUD_ACCOUNT:
        return f"the account {CLOUD_ACCOUNT} is JFrog ML Cloud's; other deployments have their own"
    return f"the account {parameters.account} was given as that of your JFrog ML deployment"


def _patterns_choice(parameters: RoleParameters) -> str:
    if parameters.role_patterns == "both":
        return (
            f"both role patterns of the vendor's page may assume the role, {quoted_list(ROLE_PATTERNS['both'])}: the"
            " page for data sources names both, those for real-time and batch only the second; role_patterns `base`"
            " keeps that one alone"
        )
    return (
        f"only {quoted_list(ROLE_PATTERNS['base'])} may assume the role, as the vendor's pages for real-time and batch"
        " have it; data sources may need role_patterns `both`"
    )


def _listing_choice(parameters: RoleParameters) -> str:
    if not parameters.source.path:
        return "the whole bucket is read, because no prefix was given"
    if parameters.strict_prefix:
        return (
            "listings must name the folder (strict); a client that probes the bucket or lists without a prefix, as"
            " older Hadoop versions do, needs the compatible form"
        )
    return "listings need not name the folder (compatible), so the names of all keys in the bucket can be seen"


def _key_choices(parameters: RoleParameters) -> Iterator[str]:
    if parameters.read_keys or parameters.write_keys:
        yield "keys serve only calls that S3 makes for the role in the key's region (`kms:ViaService`)"
    if parameters.kms_keys and parameters.write_keys and not parameters.write_kms_keys:
        yield "the keys serve reading and writing, because none were given for writing alone"


def allowed(parameters: RoleParameters) -> Iterator[str]:
    """What the two policies allow, one line each."""
    patterns = ROLE_PATTERNS[parameters.role_patterns]
    yield f"roles named {quoted_list(patterns)} in the account {parameters.account} may assume this role"
    for task in tasks_of(parameters):
        where = place_of(task.folder)
        if isinstance(task, ReadFolder):
            yield f"read {'' if task.folder.one_object else 'every object in '}{where}"
            if task.lists_folder_only and task.folder.one_object:
                yield f"find out whether {where} is there, and list the keys that begin with {quoted(task.folder.path)}"
            elif task.lists_folder_only:
                start = quoted(task.folder.path[:-1])
                yield f"list the keys of {where}, and with {start} as prefix also the names of keys that begin with it"
            else:
                yield f"list all keys of the bucket {quoted(task.folder.bucket)}"
        else:
            yield f"write and overwrite objects in {where}, also in several parts, and give up such uploads"
        if not parameters.as_documented:
            yield f"look up the region of the bucket {quoted(task.folder.bucket)}"
        if task.keys:
            use = "decrypt" if isinstance(task, ReadFolder) else "encrypt"
            yield f"{use} those objects through S3 with {quoted_list(key.arn for key in task.keys)}"


def left_out(parameters: RoleParameters) -> Iterator[str]:
    """What the policies deliberately do not allow, one line each."""
    source, destination = parameters.source, parameters.destination
    if destination is None:
        yield "writing: batch results need write_bucket or write_prefix"
    elif not destination.overlaps(source):
        yield f"listing and reading {place_of(destination)}"
    yield "deleting, older versions of objects, tags and access lists"
    if source.path:
        yield f"reading anything else in the bucket {quoted(source.bucket)}"
    if parameters.own_account is None and not parameters.as_documented:
        yield "a check of who owns the buckets: give own_account to have one"
    yield "Athena, Redshift and whatever else the code of a model or build calls"


def warned(parameters: RoleParameters) -> Iterator[str]:
    """What cannot be put right here, one line each."""
    yield guessing(parameters.role_name)
    if parameters.account != CLOUD_ACCOUNT:
        yield (
            f"{parameters.account} is not the account of JFrog ML Cloud ({CLOUD_ACCOUNT}); make sure that it is that"
            " of your deployment, because it decides who gets in"
        )
    if parameters.account == parameters.own_account:
        yield "the vendor's account and yours are the same; a deployment in your own cluster uses web identity instead"
    if parameters.as_documented:
        yield "the documented policies read the whole bucket, have no key permissions, and do not write batch results"
    yield from _folder_warnings(parameters)
    if not parameters.kms_keys and not parameters.as_documented:
        yield (
            "no KMS key was given; if objects are encrypted with SSE-KMS and a key of your own, reading them ends in"
            " AccessDenied"
        )
    yield from odd_keys(key.arn for key in (*parameters.read_keys, *parameters.write_keys))


def odd_keys(arns: Iterable[str]) -> Iterator[str]:
    """Keys whose id is of no form that KMS gives out, one line each."""
    for arn in dict.fromkeys(arns):
        if not KmsKey.of(arn).has_usual_id:
            yield f"{quoted(arn)} does not end in an id as KMS gives them out; check it"


def guessing(name: str | None) -> str:
    """The weakness that no parameter mends: the vendor has no external id, so all depends on the role's name."""
    weakness = (
        "JFrog ML sends no external id for customers' roles, so any of its tenants who knows this role's ARN can have"
        " it assumed"
    )
    if name is not None and looks_unguessable(name):
        return f"{weakness}; the name cannot be guessed, so keep the ARN to yourself and watch AssumeRole events"
    if name in DOCUMENTED_ROLE_NAMES:
        return f"{weakness}; {quoted(name or '')} is a name from the vendor's documentation, so take an unguessable one"
    return f"{weakness}; take an unguessable name, as unguessable_role_name makes"


def _folder_warnings(parameters: RoleParameters) -> Iterator[str]:
    source, destination = parameters.source, parameters.destination
    if not source.path and not parameters.as_documented:
        yield f"without a prefix the role reads the whole bucket {quoted(source.bucket)}"
    if destination is not None and not destination.path:
        yield f"without a write_prefix the role can overwrite every object in the bucket {quoted(destination.bucket)}"
    if destination is not None and destination.overlaps(source):
        yield (
            f"results in {place_of(destination)} lie where the role reads, {place_of(source)}: a later run may take"
            " them for input, and the role can overwrite what it reads"
        )
    for given in (parameters.prefix or "", parameters.write_prefix or ""):
        yield from odd_prefix(given)
    yield from odd_prefix(parameters.key or "", is_key=True)


def odd_prefix(given: str, *, is_key: bool = False) -> Iterator[str]:
    """What is unusual about a prefix or key, one line each."""
    if "//" in given:
        yield f"{quoted(given)} holds an empty folder name (`//`); keys rarely do"
    if not is_key and not given.endswith("/") and _looks_like_file(given):
        yield f"{quoted(given)} looks like one file but is taken as a folder"
    if any(sign > "\xff" for sign in given):
        yield (
            f"{quoted(given)} holds characters beyond U+00FF, which IAM does not document for policies; they are"
            " written as escapes, so try the policy before you rely on it"
        )


def _looks_like_file(prefix: str) -> bool:
    _, dot, ending = prefix.rsplit("/", 1)[-1].rpartition(".")
    return bool(dot) and 1 <= len(ending) <= 8 and ending.isalnum() and not ending.isdigit()


def place_of(folder: Folder) -> str:
    """A folder in words."""
    return quoted(folder.url) if folder.path else f"the bucket {quoted(folder.bucket)}"

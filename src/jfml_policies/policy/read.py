"""Policies from files and texts, and back."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from typing import Protocol, TypeAlias, TypeGuard, runtime_checkable

from jfml_policies.errors import InputError, JsonSyntaxError, UsageError
from jfml_policies.policy.nodes import Policy
from jfml_policies.policy.parse import MAX_CHARACTERS, parse_document, parse_text
from jfml_policies.policy.write import write
from jfml_policies.text.read import read_text

__all__ = ["Document", "Documented", "as_policies", "as_policy", "dumps", "is_document", "load", "loads"]


@runtime_checkable
class Documented(Protocol):
    """What can be written as a policy document, as the tasks of `build.tasks` can."""

    def document(self) -> Mapping[str, object]:
        """The document as plain Python values."""
        ...


#: A policy, its JSON text, the path of its file (`pathlib.Path`), its plain Python form, or what knows that form.
Document: TypeAlias = Policy | str | os.PathLike[str] | Mapping[str, object] | Documented


def is_document(value: object) -> TypeGuard[Document]:
    """Whether a value is one document, in whatever form."""
    if isinstance(value, (Policy, str, os.PathLike, Mapping)):
        return True
    # A class has the method, too, and says nothing.
    return isinstance(value, Documented) and not isinstance(value, type)


def as_policy(document: Document, *, kind: str | None = None, resource_type: str | None = None) -> Policy:
    """The policy that a document is, in whatever form it is given.

    Raises:
        InputError: a file cannot be read.
        JsonSyntaxError: a text holds no JSON.
        UsageError: there is no such kind, or the argument is no document.
    """
    if isinstance(document, Policy):
        return document
    if isinstance(document, str):
        return loads(document, kind=kind, resource_type=resource_type)
    if isinstance(document, os.PathLike):
        return load(document, kind=kind, resource_type=resource_type)
    if isinstance(document, Mapping):
        return parse_document(document, kind=kind, resource_type=resource_type)
    if not isinstance(document, type) and isinstance(document, Documented):
        return parse_document(document.document(), kind=kind, resource_type=resource_type)
    raise UsageError(f"a policy document can't be of type {type(document).__name__}")


def as_policies(documents: Document | Iterable[Document], *, kind: str | None = None) -> list[Policy]:
    """The policies that one document is, or several; errors as of `as_policy`."""
    if is_document(documents) or not isinstance(documents, Iterable):
        return [as_policy(documents, kind=kind)]
    return [as_policy(document, kind=kind) for document in documents]


def load(path: str | os.PathLike[str], *, kind: str | None = None, resource_type: str | None = None) -> Policy:
    """The policy in a file.

    Args:
        path: the file's path.
        kind: the policy's kind; inferred from wrapper and shape when None.
        resource_type: for resource policies, the type of the resource, as in `AWS::S3::Bucket`.

    Raises:
        InputError: the file cannot be read, or is larger than any policy.
        JsonSyntaxError: it holds no JSON; the error knows line and column.
        UsageError: there is no such kind.
    """
    name = os.fspath(path)
    try:
        return loads(read_text(path), kind=kind, resource_type=resource_type)
    except JsonSyntaxError as error:
        error.file = name
        raise
    except InputError as error:
        error.file = name
        raise


def loads(text: str, *, kind: str | None = None, resource_type: str | None = None) -> Policy:
    """The policy in a JSON text; see `load`. What the grammar does not allow is listed in the policy's `problems`.

    >>> loads('{"Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}}').kind
    'identity'
    """
    if len(text) > MAX_CHARACTERS:
        raise InputError(f"the document has {len(text):,} characters; no policy has over {MAX_CHARACTERS:,}")
    return parse_text(text, kind=kind, resource_type=resource_type)


def dumps(policy: Policy) -> str:
    """The canonical text of a policy: elements in AWS's order, a list of one as a bare value, two spaces a level.

    >>> dumps(loads('{"Statement": {"Effect": "Allow", "Action": ["s3:*"], "Resource": "*"}}')).splitlines()[4]
    '      "Action": "s3:*",'
    """
    return write(policy)

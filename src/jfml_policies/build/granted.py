"""What tasks need, as exact sets of requests."""

from __future__ import annotations

from jfml_policies.access.access import Access
from jfml_policies.build.statements import document, joined
from jfml_policies.build.task import Task

__all__ = ["access_of"]


def access_of(*tasks: Task) -> Access:
    """The requests that some tasks need, all together; `Access.of(task)` is what one needs.

    >>> from jfml_policies.build.tasks import Folder, ReadFolder
    >>> one, two = (ReadFolder(Folder.of("acme", path)) for path in ("train", "train/2026"))
    >>> access_of(two) <= access_of(one), access_of(one) <= access_of(two)
    (True, False)
    """
    statements = joined(statement for task in tasks for statement in task.statements())
    return Access.of(document(statements), kind="identity")

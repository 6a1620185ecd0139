"""What tasks need, as exact sets of requests."""

from __future__ import annotations

from typing import Protocol

from jfml_policies.access.access import Access
from jfml_policies.build.statements import Statement, document, joined

__all__ = ["Task", "access_of"]


class Task(Protocol):
    """Something a workload does, as each module of `build.tasks` describes one."""

    def statements(self) -> tuple[Statement, ...]:
        """What it takes."""
        ...


def access_of(*tasks: Task) -> Access:
    """The requests that some tasks need, all together.

    >>> from jfml_policies.build.tasks.s3 import Folder, ReadFolder
    >>> one, two = (ReadFolder(Folder.of("acme", path)) for path in ("train", "train/2026"))
    >>> access_of(two) <= access_of(one), access_of(one) <= access_of(two)
    (True, False)
    """
    statements = joined(statement for task in tasks for statement in task.statements())
    return Access.of(document(statements), kind="identity")

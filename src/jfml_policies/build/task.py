"""What every task is: statements, and so a policy document."""

from __future__ import annotations

from abc import ABC, abstractmethod

from jfml_policies.build.statements import Document, Statement, document, joined

__all__ = ["Task"]


class Task(ABC):
    """Something a workload does, as each module of `build.tasks` describes one.

    Whatever takes a policy document takes a task as well: `Access.of(task)` is exactly what it needs.
    """

    __slots__ = ()

    @abstractmethod
    def statements(self) -> tuple[Statement, ...]:
        """What it takes; joined with other tasks by `statements.joined`."""

    def document(self) -> Document:
        """The policy document that allows exactly what it takes.

        >>> from jfml_policies.build.tasks import Folder, ReadFolder
        >>> len(ReadFolder(Folder.of("acme", "train")).document()["Statement"])
        3
        """
        return document(joined(self.statements()))

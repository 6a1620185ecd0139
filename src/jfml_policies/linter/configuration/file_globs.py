"""Patterns of files, as configurations write them."""

from __future__ import annotations

from functools import lru_cache

from jfml_policies.patterns.glob import matches
from jfml_policies.record import record

__all__ = ["FileGlob"]


@record
class FileGlob:
    """A pattern of files below a folder.

    `*` stands for any characters but `/`, `?` for one of them, and `**` for any folders, none included. A pattern
    without `/` is about files and folders of that name at any depth, one with `/` about that place below the folder.
    A folder stands for all that is below it.

    Attributes:
        pattern: as it was written.
        folder: the absolute folder that it counts from, with forward slashes.
    """

    pattern: str
    folder: str

    def matches(self, path: str) -> bool:
        """Whether an absolute path with forward slashes fits.

        >>> FileGlob("policies/**/trust.json", "/repo").matches("/repo/policies/a/trust.json")
        True
        >>> FileGlob("*.json", "/repo").matches("/elsewhere/trust.json")
        False
        """
        base = self.folder.rstrip("/") + "/"
        return path.startswith(base) and _fits(_steps(self.pattern), tuple(path[len(base) :].split("/")))

    @staticmethod
    def fault(pattern: str) -> str | None:
        """Why a pattern can fit nothing, or None.

        >>> FileGlob.fault("../trust.json")
        'leaves the folder of the configuration'
        """
        if ".." in pattern.split("/"):
            return "leaves the folder of the configuration"
        is_named = any(step not in ("", ".") for step in pattern.split("/"))
        return None if is_named else "names no file"


@lru_cache(maxsize=1024)
def _steps(pattern: str) -> tuple[str, ...]:
    anywhere = "/" not in pattern.rstrip("/")
    steps = tuple([step for step in pattern.split("/") if step not in ("", ".")])
    return ("**", *steps) if anywhere else steps


def _fits(steps: tuple[str, ...], names: tuple[str, ...]) -> bool:
    """Whether the steps fit the names, or the first of them: then a folder above fits."""
    states = _closed({0}, steps)
    for name in names:
        if len(steps) in states:
            return True
        states = _closed(
            {
                state if steps[state] == "**" else state + 1
                for state in states
                if steps[state] == "**" or matches(steps[state], name)
            },
            steps,
        )
    return len(steps) in states


def _closed(states: set[int], steps: tuple[str, ...]) -> set[int]:
    """With the states that are reached because `**` may stand for nothing."""
    reached = set(states)
    for state in sorted(states):
        while state < len(steps) and steps[state] == "**":
            state += 1
            reached.add(state)
    return reached

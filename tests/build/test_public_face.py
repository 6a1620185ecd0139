"""What the room shows to the outside."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from pkgutil import iter_modules

import pytest

from jfml_policies import Access, build, compare, evaluate, lint
from jfml_policies.access.request import Request
from jfml_policies.build import tasks


def test_every_public_name_is_there() -> None:
    """Lazy names resolve, and nothing else is listed."""
    assert dir(build) == build.__all__
    for name in build.__all__:
        assert getattr(build, name) is not None


def test_an_unknown_name_is_missing_as_usual() -> None:
    """Typing errors end in AttributeError."""
    with pytest.raises(AttributeError, match="jfrogml"):
        _ = build.jfrogml


def test_every_task_is_called_by_its_name() -> None:
    """All classes of the room that have statements are there, and what they are made of."""
    for name in tasks.__all__:
        assert name == getattr(tasks, name).__name__
    modules = [import_module(f"jfml_policies.build.tasks.{found.name}") for found in iter_modules(tasks.__path__)]
    defined = {name for module in modules for name in module.__all__ if hasattr(getattr(module, name), "statements")}

    assert defined <= set(tasks.__all__)
    assert dir(tasks) == tasks.__all__
    with pytest.raises(AttributeError, match="ReadFolders"):
        _ = tasks.ReadFolders


def test_a_task_is_a_document() -> None:
    """Whatever takes a policy takes a task."""
    task = tasks.ReadFolder(tasks.Folder.of("acme", "train"))
    request = Request("s3:GetObject", "arn:aws:s3:::acme/train/a")

    assert Access.of(task) == build.access_of(task)
    assert "equivalent" == compare(task, task.document()).relation
    assert [] == [finding for finding in lint(task) if finding.severity != "suggestion"]
    assert evaluate(task, request).allowed
    assert evaluate([task], request).allowed


def test_looking_at_the_room_does_not_load_pydantic() -> None:
    """Only a preset needs it, so the command line can list builders at once."""
    program = "import sys, jfml_policies.build; sys.exit('pydantic' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0

"""What the room shows to the outside."""

from __future__ import annotations

import subprocess
import sys

import pytest

from jfml_policies import build


def test_every_public_name_is_there() -> None:
    """Lazy names resolve, and nothing else is listed."""
    assert dir(build) == build.__all__
    for name in build.__all__:
        assert getattr(build, name) is not None


def test_an_unknown_name_is_missing_as_usual() -> None:
    """Typing errors end in AttributeError."""
    with pytest.raises(AttributeError, match="jfrogml"):
        _ = build.jfrogml


def test_looking_at_the_room_does_not_load_pydantic() -> None:
    """Only a preset needs it, so the command line can list builders at once."""
    program = "import sys, jfml_policies.build; sys.exit('pydantic' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0

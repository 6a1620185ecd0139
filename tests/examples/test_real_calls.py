from __future__ import annotations

from collections.abc import Callable


def test_a_built_role_does_for_real_what_was_asked(example: Callable[..., str]) -> None:
    """Against moto, which enforces policies on loopback, and the evaluator for conditions and trust."""
    expected = """\
read an object of the folder: allowed (moto)
list the folder: allowed (moto)
read another prefix: refused (moto)
read another bucket: refused (moto)
write into the folder: refused (moto)
delete from the folder: refused (moto)
list train/: allowed (evaluator)
list private/: refused (evaluator)
a build of JFrog ML takes on the role: allowed (evaluator)
another role of JFrog ML takes on the role: refused (evaluator)
a role of the same name elsewhere takes on the role: refused (evaluator)
"""

    assert expected == example("07_real_calls.py")

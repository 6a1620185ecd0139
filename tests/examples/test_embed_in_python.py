from __future__ import annotations

import re
from collections.abc import Callable


def test_a_portal_answers_as_a_reviewer_would(example: Callable[..., str]) -> None:
    """A new layout passes, new access goes to a person with a proof, mistakes go back with their line."""
    said = example("02_embed_in_python.py")
    answers = dict(re.findall(r"^(\S.*): (.*)$", said, re.MULTILINE))

    assert {
        "only the layout": "accepted",
        "we need the other folders, too": "a person decides",
        "a typing error": "refused",
        "we deploy functions now": "a person decides",
        "an unfinished text": "refused",
    } == answers
    assert "    new: s3:GetObject on arn:aws:s3:::acme-features/*\n" in said
    assert "    line 4: `s3:GetObjects` is not an action of s3 (did you mean `s3:GetObject`?)\n" in said
    assert "    whoever has it can run a new function with the role\n" in said

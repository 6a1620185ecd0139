from __future__ import annotations

import sys
from collections import defaultdict

from jfml_policies.patterns.letter_case import fold, spellings


def test_every_character_of_unicode() -> None:
    """Folding keeps length, is idempotent, and `spellings` lists exactly the characters that fold alike."""
    groups: dict[str, set[str]] = defaultdict(set)
    for character in map(chr, range(sys.maxunicode + 1)):
        lower = character.lower()
        if len(lower) == 1 and lower != character:
            groups[lower] |= {lower, character}

    assert len(groups) > 1000
    for folded, group in groups.items():
        assert {folded} == set(map(fold, group))
        assert group == set(spellings(folded))
    assert fold("\u0130i\xdf") == "\u0130i\xdf"
    assert spellings("7") == ("7",)


def test_folding_does_not_depend_on_neighbours() -> None:
    """A capital sigma at a word's end folds as it does elsewhere, so patterns can be folded piece by piece."""
    assert fold("A\u03a3") == fold("A") + fold("\u03a3")

"""How much an editor is answered: past these, silence is better than a wait."""

from __future__ import annotations

from typing import Final

__all__ = ["MAX_CANDIDATES", "MAX_CHARACTERS", "MAX_FINDINGS", "MAX_LISTED", "MAX_TOKENS"]

#: Longest text that is looked at. AWS's largest policy has 51,200 characters.
MAX_CHARACTERS: Final = 1_000_000
#: Most JSON tokens that the cursor's surroundings are read from.
MAX_TOKENS: Final = 200_000
#: Most findings shown of one document.
MAX_FINDINGS: Final = 500
#: Most completions offered at once; typing on makes them fewer.
MAX_CANDIDATES: Final = 500
#: Most names listed in one explanation.
MAX_LISTED: Final = 12

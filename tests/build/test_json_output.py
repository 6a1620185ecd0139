"""Documents as JSON text."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from jfml_policies.build.json_output import json_text

_TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@given(st.dictionaries(_TEXTS, _TEXTS))
def test_text_reads_back_and_holds_only_what_policies_may(document: dict[str, str]) -> None:
    """Characters beyond U+00FF are escaped, those above the 16-bit plane as pairs."""
    text = json_text(document)

    assert json.loads(text) == document
    assert max(text) <= "\xff"
    assert text.endswith("}\n")

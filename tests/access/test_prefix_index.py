from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from jfml_policies.access.prefix_index import PrefixIndex

texts = st.text("ab", max_size=4)


@given(st.lists(texts), texts)
def test_near_is_every_thing_whose_prefix_agrees(prefixes: list[str], text: str) -> None:
    """Closed: the prefixes that the text begins with; open: also those that begin with it. Each thing once."""
    index = PrefixIndex([(prefix, place) for place, prefix in enumerate(prefixes)])
    closed = [place for place, prefix in enumerate(prefixes) if text.startswith(prefix)]
    opened = [place for place, prefix in enumerate(prefixes) if text.startswith(prefix) or prefix.startswith(text)]

    assert closed == sorted(index.near(text))
    assert opened == sorted(index.near(text, is_open=True))

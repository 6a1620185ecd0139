from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from jfml_policies.report.inert import cut, inert, well_formed

any_text = st.text(st.characters(categories=None))


@given(any_text)
def test_inert_text_is_printable_utf8(text: str) -> None:
    """Whatever goes in, printable text comes out that any UTF-8 stream takes."""
    shown = inert(text)

    assert shown.isprintable()
    shown.encode()


@given(any_text)
def test_inert_is_idempotent(text: str) -> None:
    """What is inert stays as it is."""
    assert inert(text) == inert(inert(text))


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126)))
def test_plain_text_is_left_alone(text: str) -> None:
    """Printable ASCII does not change."""
    assert inert(text) == text


def test_characters_to_keep() -> None:
    """Named characters stay, the others do not."""
    assert inert("a\tb\nc\r", keep="\t\n") == "a\tb\nc\\x0d"


@given(any_text)
def test_well_formed_text_encodes(text: str) -> None:
    """Lone surrogates are replaced, all else stays."""
    shown = well_formed(text)

    assert len(shown) == len(text)
    shown.encode()


@given(st.text(), st.integers(4, 50))
def test_cut_text_is_short_enough(text: str, limit: int) -> None:
    """A cut text has at most the asked length, and a short one is whole."""
    assert len(cut(text, limit)) <= limit
    assert cut(text[:limit], limit) == text[:limit]

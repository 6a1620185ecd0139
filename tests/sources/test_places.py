"""Places in a policy's text lead to the characters of the file that it came from."""

import json
import pickle
from urllib.parse import quote, unquote

from hypothesis import given
from hypothesis import strategies as st

from jfml_policies.findings import Span
from jfml_policies.sources.places import decode_json_string, decode_url

TEXTS = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=30)


@given(TEXTS, st.booleans())
def test_a_json_string_is_decoded_as_the_standard_library_does(text: str, ascii_only: bool) -> None:
    written = json.dumps(text, ensure_ascii=ascii_only)
    host = f'{{"a": {written}}}'

    assert text == decode_json_string(host, 6, 6 + len(written))[0]


@given(TEXTS, st.booleans(), st.data())
def test_any_piece_of_a_json_string_is_found_in_the_file(text: str, ascii_only: bool, data: st.DataObject) -> None:
    """Decoding the characters at the place gives the piece again."""
    written = json.dumps(text, ensure_ascii=ascii_only)
    host = f'{{"a": {written}}}'
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))

    places = decode_json_string(host, 6, 6 + len(written))[1]
    found = places.host(Span(start, end))

    assert text[start:end] == json.loads(f'"{host[found.start : found.end]}"')


@given(TEXTS)
def test_url_encoding_is_undone(text: str) -> None:
    assert text == decode_url(quote(text, safe=""))[0]


def test_a_place_in_a_url_encoded_text_covers_whole_escapes() -> None:
    encoded = quote('{"a":"é"}', safe="")

    text, places = decode_url(encoded)
    at = text.index("é")
    found = places.host(Span(at, at + 1))

    assert "%C3%A9" == encoded[found.start : found.end]


@given(
    st.lists(st.sampled_from(["%22", "%C3", "%A9", "%e2%82%ac", "%", "%4", "%zz", "a", "é", '"', "%7b"]), max_size=12),
    st.data(),
)
def test_places_in_url_encoded_text_lead_to_what_was_decoded(written: list[str], data: st.DataObject) -> None:
    """Decoding the characters at the place of a piece gives the piece again, also where the encoding is broken."""
    encoded = "".join(written)
    text, places = decode_url(encoded)
    at = data.draw(st.integers(0, max(0, len(text) - 1)))

    found = places.host(Span(at, min(at + 1, len(text))))
    whole = places.host(Span(0, len(text)))

    assert text[at : at + 1] in unquote(encoded[found.start : found.end])
    assert (0, len(encoded)) == (whole.start, whole.end)


@given(TEXTS, st.booleans())
def test_places_are_the_same_after_a_journey(text: str, ascii_only: bool) -> None:
    """As they make to another process and back."""
    written = json.dumps(text, ensure_ascii=ascii_only)
    places = decode_json_string(written, 0, len(written))[1]
    arrived = pickle.loads(pickle.dumps(places))  # noqa: S301

    assert [places.host(Span(at, at + 1)) for at in range(len(text))] == [
        arrived.host(Span(at, at + 1)) for at in range(len(text))
    ]

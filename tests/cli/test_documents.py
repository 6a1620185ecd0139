from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jfml_policies.cli.documents import MAX_DOCUMENTS, split_documents

objects = st.dictionaries(st.text(max_size=5), st.text(st.sampled_from('{}[]"\\ \na'), max_size=9), max_size=3)


@given(st.lists(objects, min_size=1, max_size=5), st.sampled_from(["", " ", "\n", "\r\n\t"]))
def test_documents_are_found_again(documents: list[dict[str, str]], between: str) -> None:
    """Objects written one after another come apart again, each at its own place."""
    text = between.join(json.dumps(document) for document in documents)
    parts = split_documents(text)

    assert documents == [json.loads(part) for part, _ in parts]
    assert text == "".join(part[start:] for part, start in parts)


@given(st.text(st.sampled_from('{}[]"\\ \n,:a\ufeff')))
def test_nothing_is_lost(text: str) -> None:
    """Whatever the text, the parts together are the text, and blanking moves no line."""
    parts = split_documents(text)

    assert text == "".join(part[start:] for part, start in parts)
    for part, start in parts:
        assert [char for char in text[:start] if char in "\r\n"] == [char for char in part[:start] if char in "\r\n"]


@pytest.mark.parametrize("text", ["", "{", '{"a": 1', "[] []", "{} x", "{}}", "1 2", '{} "', "{} []", "\\"])
def test_anything_else_is_one_document(text: str) -> None:
    """Text that is broken, or holds something else at the top, is left to the parser as it is."""
    assert [(text, 0)] == split_documents(text)


def test_there_is_a_limit() -> None:
    """Beyond a number of documents the rest stays together."""
    assert len(split_documents("{}" * 1000)) == MAX_DOCUMENTS


@pytest.mark.parametrize("text", ['"' * 1_000_000, '{"' + "\\" * 1_000_001, "{" * 1_000_000, '"\n' * 500_000])
def test_hostile_texts_are_read_once(text: str) -> None:
    """No text makes the search start over: the answer for a million characters comes."""
    assert len(split_documents(text)) == 1

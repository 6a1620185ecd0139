from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from jfml_policies.linter.questions.sids import free_sid, has_only_sid_characters, plain_sid, repeated_sids
from jfml_policies.policy.parse import parse_document


@given(st.text(max_size=20))
def test_a_plain_sid_holds_letters_and_digits_only(text: str) -> None:
    """Whatever a Sid held, its plain form is one that IAM takes, or empty; a plain Sid stays as it is."""
    plain = plain_sid(text)

    assert has_only_sid_characters(plain)
    assert plain.isascii()
    if has_only_sid_characters(text):
        assert plain == text


@given(st.text("ab", max_size=2), st.sets(st.text("ab23", max_size=3)))
def test_a_free_sid_is_free_and_never_empty(wish: str, taken: set[str]) -> None:
    """A wish that is free is granted; otherwise the name begins with the wish and nobody has it."""
    free = free_sid(wish, taken)

    assert free
    assert free not in taken
    assert free == wish if wish and wish not in taken else free.startswith(wish)


@given(st.lists(st.sampled_from(["", "a", "b", "A", None]), max_size=8))
def test_repeated_sids_are_all_that_stand_twice(sids: list[str | None]) -> None:
    """Each Sid that stands in several statements is one group with all its statements."""
    statements = [{} if sid is None else {"Sid": sid} for sid in sids]
    groups = repeated_sids(parse_document({"Statement": statements}))

    expected = {sid: [i for i, other in enumerate(sids) if other == sid] for sid in sids if sid and sids.count(sid) > 1}
    assert {group[0].value: [text.path[1] for text in group] for group in groups} == expected

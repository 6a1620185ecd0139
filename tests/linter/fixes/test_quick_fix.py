from __future__ import annotations

from jfml_policies.linter.fixes.quick_fix import MAX_REMOVALS, remove_entries
from jfml_policies.policy.nodes import Listing
from jfml_policies.policy.parse import parse_document, parse_text
from jfml_policies.text.edits import apply_edits


def actions(text: str) -> Listing:
    listing = parse_text(f'{{"Statement": {{"Action": {text}}}}}').statements[0].action
    assert listing is not None
    return listing


def test_removing_says_what_it_removes() -> None:
    """The title names the first entry and counts the others; the edits take them out of the document."""
    text = '{"Statement": {"Action": ["a:b", "a:*", "a:c"]}}'
    listing = parse_text(text).statements[0].action
    assert listing is not None

    fix = remove_entries(listing, [0, 2], kept=1, safe=True)

    assert fix is not None
    assert ("remove `a:b` and 1 more", True) == (fix.title, fix.safe)
    assert '{"Statement": {"Action": ["a:*"]}}' == apply_edits(text, fix.edits)


def test_nothing_is_removed_across_an_entry_that_is_no_text() -> None:
    """A number between the entries would go with them, so there is no fix; behind them it does no harm."""
    assert remove_entries(actions('["a:*", 1, "a:b"]'), [1], kept=0) is None
    assert remove_entries(actions('["a:*", "a:b", 1]'), [1], kept=0) is not None


def test_a_document_without_text_has_a_fix_without_edits() -> None:
    """Python values stand nowhere: the fix says what to do and edits nothing."""
    listing = parse_document({"Statement": {"Action": ["a:*", "a:b"]}}).statements[0].action
    assert listing is not None

    fix = remove_entries(listing, [1], kept=0)

    assert fix is not None
    assert () == fix.edits


def test_too_many_removals_are_not_offered() -> None:
    """A fix that nobody could read is not made."""
    listing = actions("[" + ", ".join(['"a:b"'] * (MAX_REMOVALS + 2)) + "]")

    assert remove_entries(listing, range(1, MAX_REMOVALS + 2), kept=0) is None

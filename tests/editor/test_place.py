from __future__ import annotations

from collections.abc import Callable

import pytest

from jfml_policies.editor.place import place_at

Marked = Callable[[str], tuple[str, int]]

STATEMENT = '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", %s}]}'


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("{‸}", "document-element"),
        ('{"Vers‸', "document-element"),
        ('{"name": "x", ‸}', None),
        ('{"Version": "‸"}', "version"),
        ('{"version": "‸"}', None),
        ('{"PolicyDocument": {"Version": "2012-10-17", "‸"}}', "document-element"),
        ('{"Statement": ‸', None),
        ('{"Statement": {‸', "statement-element"),
        ('{"Statement": [{"Effect": "‸', "effect"),
        ('{"Statement": [{"Sid": "‸', None),
        (STATEMENT % '"Action": ["s3:Get‸"]', "action"),
        (STATEMENT % '"NotAction": "‸', "action"),
        (STATEMENT % '"Resource": ‸', "resource"),
        (STATEMENT % '"NotResource": ["a", "‸"]', "resource"),
        (STATEMENT % '"Principal": "‸"', "principal"),
        (STATEMENT % '"Principal": {"‸"}', "principal-type"),
        (STATEMENT % '"Principal": {"Service": ["‸"]}', "principal-value"),
        (STATEMENT % '"Condition": {"‸', "operator"),
        (STATEMENT % '"Condition": {"StringLike": {"‸', "condition-key"),
        (STATEMENT % '"Condition": {"StringLike": {"aws:x": ["‸', "condition-value"),
        (STATEMENT % '"Condition": {"StringLike": {"aws:x": {"‸', None),
        ("[1, ‸]", None),
    ],
    ids=range(22),
)
def test_what_the_place_is(marked: Marked, text: str, kind: str | None) -> None:
    """The element that the cursor stands in, at any stage of typing; nothing in other JSON."""
    place = place_at(*marked(text))

    assert kind == (place and place.kind)


def test_what_the_statement_says_so_far(marked: Marked) -> None:
    """Actions, resources and neighbours are those of the cursor's statement, written before or behind the cursor."""
    place = place_at(
        *marked("""{"Statement": [
        {"Effect": "Allow", "Principal": "*", "Action": "sqs:*"},
        {"Condition": {"StringLike": {"aws:a": "x", "s3:p‸
          "Action": ["s3:GetObject", "s3:List*"], "Resource": "r", "NotResource": ["n"]}
        ]}""")
    )

    assert place is not None
    assert place.actions == ("s3:GetObject", "s3:List*")
    assert place.resources == ("r", "n")
    assert place.siblings[0] == "aws:a"
    assert place.operator == "StringLike"
    assert place.has_principal

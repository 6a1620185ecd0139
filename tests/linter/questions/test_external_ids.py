"""External ids."""

from __future__ import annotations

import pytest

from jfml_policies.linter.questions.external_ids import can_be_external_id


@pytest.mark.parametrize("text", ["ab", "_+=,.@:/-", "a" * 1224])
def test_what_sts_takes(text: str) -> None:
    """Letters, digits and some signs, 2 to 1224 of them, can be an external id."""
    assert can_be_external_id(text)


@pytest.mark.parametrize("text", ["", "a", "a" * 1225, "a b", "<id>", "ä-id", "id\n", "{{id}}"])
def test_what_sts_refuses(text: str) -> None:
    """Anything else can't."""
    assert not can_be_external_id(text)

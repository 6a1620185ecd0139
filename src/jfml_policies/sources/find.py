"""Which reader a file is for, told from a few words in it, so that a plain policy costs next to nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jfml_policies.sources.found import Found

__all__ = ["find_policies"]


def find_policies(text: str, name: str = "") -> Found | None:
    """The policies inside a file that is no policy itself; None for a plain policy and for any other file.

    Args:
        text: the file's text.
        name: its name, whose ending tells YAML from JSON.

    Raises:
        JsonSyntaxError: the file is of a known format and broken; so may going through the policies.

    >>> found = find_policies('{"PolicyName": "p", "PolicyDocument": "%7B%22Statement%22%3A%5B%5D%7D"}')
    >>> found.format, [policy.resource for policy in found.policies]
    ('AWS answer', ['p'])
    """
    from jfml_policies.sources import aws_answers

    return aws_answers.read(text) if aws_answers.may_be(text) else None

"""Policy variables get the request's values; what was put in is literal text, whatever characters it holds.

Source: IAM User Guide, "IAM policy elements: Variables and tags".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jfml_policies.patterns.glob import Glob
from jfml_policies.patterns.variables import parse_variables, to_glob, to_text

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["glob_of", "text_of"]


def glob_of(written: str, variables: Mapping[str, str] | None) -> Glob | None:
    """What a text with wildcards means for a request; None when a variable in it has no value.

    Args:
        written: a Resource entry, or a value of an operator that heeds wildcards.
        variables: what policy variables stand for; None where `${` is literal text.
    """
    if variables is None or "${" not in written:
        return Glob.parse(written)
    return to_glob(parse_variables(written).parts, variables)


def text_of(written: str, variables: Mapping[str, str] | None) -> str | None:
    """What a text without wildcards means for a request; None when a variable in it has no value."""
    if variables is None or "${" not in written:
        return written
    return to_text(parse_variables(written).parts, variables)

"""Policy variables get the request's values; what was put in is literal text, whatever characters it holds.

Source: IAM User Guide, "IAM policy elements: Variables and tags".
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from jfml_policies.patterns.arn_pattern import ArnPattern
from jfml_policies.patterns.glob import Glob
from jfml_policies.patterns.resource_pattern import Completion, ResourcePattern
from jfml_policies.patterns.variables import parse_variables, to_glob, to_text

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["arn_pattern_of", "glob_of", "resource_pattern_of", "text_of"]

_CACHED_LENGTH: Final = 512


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


def resource_pattern_of(written: str, variables: Mapping[str, str] | None, completion: Completion) -> ResourcePattern:
    """What a Resource entry means for a request; a pattern that matches nothing when a variable has no value."""
    if _is_fixed(written, variables):
        return _fixed_resource_pattern(written, completion)
    glob = glob_of(written, variables)
    return ResourcePattern(None) if glob is None else ResourcePattern.from_glob(glob, completion)


def arn_pattern_of(written: str, variables: Mapping[str, str] | None) -> ArnPattern | None:
    """What a value of an Arn operator means for a request; None when it is no ARN or a variable has no value."""
    if _is_fixed(written, variables):
        return _fixed_arn_pattern(written)
    glob = glob_of(written, variables)
    return None if glob is None else ArnPattern.from_glob(glob)


def _is_fixed(written: str, variables: Mapping[str, str] | None) -> bool:
    """Whether a text means the same for every request, and is short enough to remember what."""
    return len(written) <= _CACHED_LENGTH and (variables is None or "${" not in written)


@lru_cache(maxsize=2048)
def _fixed_resource_pattern(written: str, completion: Completion) -> ResourcePattern:
    return ResourcePattern.from_glob(Glob.parse(written), completion)


@lru_cache(maxsize=2048)
def _fixed_arn_pattern(written: str) -> ArnPattern | None:
    return ArnPattern.from_glob(Glob.parse(written))

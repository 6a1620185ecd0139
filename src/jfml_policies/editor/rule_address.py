"""The page that states what a rule is about."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from jfml_policies.errors import UsageError
from jfml_policies.linter.registry import find_rule

if TYPE_CHECKING:
    from jfml_policies.linter.rule import Rule

__all__ = ["rule_address"]

#: Between angle brackets an address may hold whatever is not one.
_address = re.compile(r"<(https?://[^\s<>]+)>|(https://[^\s<>()`\"]+)")


@lru_cache(maxsize=512)
def rule_address(code: str, own: tuple[type[Rule], ...] = ()) -> str | None:
    """The first address that a rule's page refers to, or None; of a rule without code its `url`.

    Args:
        code: the rule's code.
        own: rules beside ours.

    >>> rule_address("INVALID_VERSION")
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html'
    """
    try:
        page = find_rule(code, own).page()
    except UsageError:
        return None
    found = _address.search(page.partition("## References")[2] or page)
    if found is None:
        return None
    bracketed: str | None = found[1]
    return bracketed or str(found[2]).rstrip(".,;")

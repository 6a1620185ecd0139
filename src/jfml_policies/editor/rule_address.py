"""The page that states what a rule is about."""

from __future__ import annotations

import re
from functools import lru_cache

from jfml_policies.errors import UsageError
from jfml_policies.linter.registry import find_rule

__all__ = ["rule_address"]

_address = re.compile(r"https://[^\s<>()`\"]+")


@lru_cache(maxsize=512)
def rule_address(code: str) -> str | None:
    """The first address that a rule's page refers to, or None.

    >>> rule_address("INVALID_VERSION")
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html'
    """
    try:
        page = find_rule(code).page()
    except UsageError:
        return None
    found = _address.search(page.partition("## References")[2] or page)
    return found[0].rstrip(".,;") if found else None

"""External ids: their key, and which texts can be one.

Source: STS API Reference, "AssumeRole", ExternalId.
"""

from __future__ import annotations

import re
from typing import Final

__all__ = ["EXTERNAL_ID", "can_be_external_id"]

#: The condition key, in lower case.
EXTERNAL_ID: Final = "sts:externalid"

_LENGTHS: Final = range(2, 1225)
_CHARACTERS: Final = re.compile(r"[\w+=,.@:/-]*", re.ASCII)


def can_be_external_id(text: str) -> bool:
    """Whether STS accepts a text as external id.

    >>> can_be_external_id("acme:7c4b1f2e"), can_be_external_id("<external-id>")
    (True, False)
    """
    return len(text) in _LENGTHS and _CHARACTERS.fullmatch(text) is not None

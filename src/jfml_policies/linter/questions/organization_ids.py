"""What an organization's id looks like.

Source: AWS Organizations API Reference, "Organization".
"""

from __future__ import annotations

import re
from typing import Final

__all__ = ["is_organization_id"]

_ID: Final = re.compile(r"o-[a-z0-9]{10,32}")


def is_organization_id(text: str) -> bool:
    """Whether a text can be the id of an organization.

    >>> is_organization_id("o-a1b2c3d4e5"), is_organization_id("r-a1b2")
    (True, False)
    """
    return _ID.fullmatch(text) is not None

"""What the items of a list are called in addresses: by name where they have one, as others may come before them."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["item_labels"]

#: Names of policies that can't be taken for a number.
#: Source: IAM API Reference, `PutRolePolicy`, parameter `PolicyName`.
_NAME: Final = re.compile(r"(?!\d+$)[\w+=,.@-]{1,128}", re.ASCII)


def item_labels(names: Sequence[str]) -> list[str]:
    """A label for each item of a list: its name, or its number where it has none or shares it.

    Args:
        names: the names of the items; empty where one has none.

    >>> item_labels(["read", "", "a", "a", "7"])
    ['read', '1', '2', '3', '4']
    """
    often = Counter(names)
    return [name if often[name] == 1 and _NAME.fullmatch(name) else str(number) for number, name in enumerate(names)]

"""Texts of a preset with `{name}` where a parameter's value goes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import product
from typing import Final

__all__ = ["Values", "expanded", "placeholders"]

#: What a name stands for: one value, several for a list, none for what was not given.
Values = Mapping[str, tuple[str, ...]]

#: `${...}` is IAM's own variable and stays.
_PLACEHOLDER: Final = re.compile(r"(?<!\$)\{([a-z][a-z0-9_]*)\}")


def placeholders(template: str) -> tuple[str, ...]:
    """The names that a template holds, each once, in their order.

    >>> placeholders("arn:{partition}:s3:::{bucket}/${aws:username}")
    ('partition', 'bucket')
    """
    return tuple(dict.fromkeys(_PLACEHOLDER.findall(template)))


def expanded(templates: Iterable[str], values: Values) -> tuple[str, ...]:
    """What templates become: one text for each combination of values, each once; none where a value is missing.

    >>> expanded(["refs/heads/{branch}", "refs/tags/{tag}"], {"branch": ("main", "next"), "tag": ()})
    ('refs/heads/main', 'refs/heads/next')
    """
    written: dict[str, None] = {}
    for template in templates:
        names = placeholders(template)
        for chosen in product(*(values[name] for name in names)):
            by_name = dict(zip(names, chosen, strict=True))
            written[_PLACEHOLDER.sub(lambda match, known=by_name: known[match[1]], template)] = None  # type: ignore[misc]
    return tuple(written)

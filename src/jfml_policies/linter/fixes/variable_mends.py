"""Fixes of policy variables that are written almost right."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from jfml_policies.catalog.global_keys import GLOBAL_KEYS
from jfml_policies.linter.fixes.quick_fix import replace_text
from jfml_policies.patterns.variables import parse_variables

if TYPE_CHECKING:
    from collections.abc import Callable

    from jfml_policies.findings import Fix
    from jfml_policies.patterns.variables import VariableProblemCode
    from jfml_policies.policy.nodes import Text

__all__ = ["mend_variables"]

#: A text with more faults is no slip of the pen.
_MOST: Final = 20


def mend_variables(text: Text, code: VariableProblemCode) -> Fix | None:
    """The fix that rights every variable of a text that has this problem; None where one of them leaves a doubt.

    A text that AWS refuses begins to match something, so the fix is never safe.

    Args:
        text: a Resource entry or a condition value.
        code: `space-in-name`, `missing-quote` or `missing-brace`.
    """
    faults = [fault.span for fault in parse_variables(text.value).problems if fault.code == code]
    if not 0 < len(faults) <= _MOST:
        return None
    pieces: list[str] = []
    done = 0
    for span in faults:
        mended = _MENDS[code](text.value[span.start : span.end])
        if mended is None:
            return None
        pieces += (text.value[done : span.start], mended)
        done = span.end
    new = "".join((*pieces, text.value[done:]))
    left = parse_variables(new).problems
    return None if any(fault.code == code for fault in left) else replace_text(text, new)


def _without_spaces(written: str) -> str | None:
    name, comma, default = written.partition(",")
    return name.replace(" ", "") + comma + default


def _quoted(written: str) -> str | None:
    """The variable with both quotes; None where a quote stands inside, which may have been meant to end it."""
    name, _, rest = written[:-1].partition(",")
    default = rest.strip(" ")
    bare = default.removeprefix("'").removesuffix("'")
    return None if not bare or "'" in bare else f"{name}, '{bare}'}}"


def _closed(written: str) -> str | None:
    """The variable closed behind the known key that it begins with; None where no key ends there for certain."""
    found = _known_key().match(written)
    return None if found is None else f"{found[0]}}}{written[found.end() :]}"


@cache
def _known_key() -> re.Pattern[str]:
    # A tag's name may hold nearly every character, so that nobody can tell where it ends.
    names = sorted((key.name for key in GLOBAL_KEYS if "/" not in key.name), key=len, reverse=True)
    return re.compile(r"\$\{(?:" + "|".join(map(re.escape, names)) + r")(?![\w:/-]*[\w-])(?=[/*?:]|$)", re.IGNORECASE)


_MENDS: Final[dict[str, Callable[[str], str | None]]] = {
    "space-in-name": _without_spaces,
    "missing-quote": _quoted,
    "missing-brace": _closed,
}

"""A string between double quotes, written so that HCL and YAML alike read back what it was."""

from __future__ import annotations

from typing import Final

__all__ = ["quoted"]

_SHORT: Final = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def quoted(text: str) -> str:
    r"""The text in double quotes, in ASCII: what is not plainly visible, or not ASCII, is written as an escape.

    Both languages know these escapes: `\"`, `\\`, `\n`, `\r`, `\t`, `\uNNNN` and `\UNNNNNNNN` ("Strings and Templates",
    https://developer.hashicorp.com/terraform/language/expressions/strings; YAML 1.2.2, section 5.7).

    >>> print(quoted('a "b"\n\u202e'))
    "a \"b\"\n\u202e"
    """
    return f'"{"".join(_SHORT.get(sign) or _written(sign) for sign in text)}"'


def _written(sign: str) -> str:
    if " " <= sign <= "~":
        return sign
    number = ord(sign)
    return f"\\u{number:04x}" if number <= 0xFFFF else f"\\U{number:08x}"

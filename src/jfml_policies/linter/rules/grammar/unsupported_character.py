"""UNSUPPORTED_CHARACTER."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from jfml_policies.findings import Span
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.kinds import IDENTITY_KINDS, KINDS
from jfml_policies.policy.nodes import Policy, Text
from jfml_policies.text.tree import JsonArray, JsonObject, JsonString

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jfml_policies.findings import Path
    from jfml_policies.text.tree import Json

__all__ = ["UnsupportedCharacter"]

_UNSUPPORTED: Final = re.compile(r"[^\t\n\r\x20-\xff]")


class UnsupportedCharacter(Rule):
    """A text holds a character that IAM does not accept in a policy.

    ## Why is this bad?

    IAM refuses the document, and whoever was to get its permissions does not get them.
    The character is often one that a text editor put in, such as a typographic quote.

    ## Example

    ```json
    {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::acme-features/łódź/*"}
    ```

    ## Use instead

    ```json
    {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::acme-features/?ód?/*"}
    ```

    IAM's API names the characters: tab, line feed, carriage return, and U+0020 to U+00FF.
    A `?` in a resource or in a value of StringLike stands for any one character.
    A character that is written as a JSON escape is not reported: the text that IAM receives does not hold it.
    In a Sid that may hold letters and digits only, UNSUPPORTED_SID reports it.

    ## References

    - [IAM API Reference: PutRolePolicy](https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePolicy.html)
    """

    code = "UNSUPPORTED_CHARACTER"
    severity = "warning"
    origin = "jfml"
    kinds = IDENTITY_KINDS | {"trust"}

    def check_policy(self, policy: Policy, context: Context) -> Findings:
        """Reports each key and each text that holds one, at its first such character."""
        # Of a document that was not read from a text nobody knows whether it will be written with escapes.
        if policy.text is None or _UNSUPPORTED.search(policy.text) is None:
            return
        for string, path in _strings(policy.tree, ()):
            written = policy.text[string.start : string.end]
            found = _UNSUPPORTED.search(written)
            is_other_error = path[-1:] == ("Sid",) and KINDS[policy.kind].strict_sids
            if found is not None and not is_other_error:
                place = string.start + found.start()
                yield self.finding(
                    Text(string.value, path=path, start=string.start, end=string.end),
                    f"the text holds the character U+{ord(found[0]):04X}, which IAM does not accept in a policy",
                    hint="IAM accepts tabs, line ends and the characters from U+0020 to U+00FF",
                    span=Span(place, place + 1),
                )


def _strings(tree: Json, path: Path) -> Iterator[tuple[JsonString, Path]]:
    """Every key and every text, with its path, in the order of the document."""
    if isinstance(tree, JsonString):
        yield tree, path
    elif isinstance(tree, JsonArray):
        for index, item in enumerate(tree.items):
            yield from _strings(item, (*path, index))
    elif isinstance(tree, JsonObject):
        for member in tree.members:
            here = (*path, member.key.value)
            yield member.key, here
            yield from _strings(member.value, here)

"""Did-you-mean over long lists of names, cheap enough to ask for every entry of a hostile list."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from jfml_policies.text.suggest import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["NearNames"]


@final
class NearNames:
    """Names among which the nearest is sought: only those with the same first letter are compared.

    >>> NearNames(["dynamodb", "s3", "sqs"]).nearest("dynamdb")
    'dynamodb'
    """

    __slots__ = ("_by_initial",)

    def __init__(self, names: Iterable[str]) -> None:
        groups: dict[str, list[str]] = {}
        for name in names:
            groups.setdefault(name[:1].lower(), []).append(name)
        self._by_initial = groups

    def nearest(self, word: str) -> str | None:
        """The name that `word` most likely stands for, or None."""
        return nearest(word, self._by_initial.get(word[:1].lower(), ()))

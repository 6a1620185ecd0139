"""Letters: characters that stand for policy variables, and texts of policies as tokens with letters in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jfml_policies.access.key_test import Invalid
from jfml_policies.access.value_sets import FIRST_LETTER, LAST_LETTER, is_letter
from jfml_policies.errors import BudgetExceededError
from jfml_policies.patterns.tokens import ANY_ONE, ANY_RUN
from jfml_policies.patterns.variables import Escape, Variable, Wildcard, parse_variables
from jfml_policies.patterns.variables import Text as Plain
from jfml_policies.record import record

if TYPE_CHECKING:
    from jfml_policies.patterns.tokens import Token

__all__ = ["Letter", "Letters", "plain"]


@record
class Letter:
    """What a letter stands for: the value of a key, or a default when the key is absent."""

    key: str
    default: str | None


class Letters:
    """Gives out letters, the same for the same meaning.

    Attributes:
        meanings: what each letter that was given out stands for.
        spellings: the keys of variables as the policies write them, by key in lower case.
    """

    __slots__ = ("_free", "_of", "meanings", "spellings")

    def __init__(self) -> None:
        self.meanings: dict[str, Letter] = {}
        self.spellings: dict[str, str] = {}
        self._of: dict[Letter, str] = {}
        self._free = (chr(code) for code in range(ord(FIRST_LETTER), ord(LAST_LETTER) + 1))

    def letter(self, meaning: Letter) -> str:
        """The letter that stands for a value.

        Raises:
            BudgetExceededError: there are more meanings than letters.
        """
        letter = self._of.get(meaning)
        if letter is None:
            letter = next(self._free, None)
            if letter is None:
                raise BudgetExceededError("the policies hold too many policy variables")
            self._of[meaning] = letter
            self.meanings[letter] = meaning
        return letter

    def tokens(self, text: str, *, variables: bool, wildcards: bool) -> tuple[Token, ...]:
        """A text of a policy as a glob's tokens.

        Args:
            text: as written.
            variables: whether `${...}` is a variable or an escape.
            wildcards: whether `*` and `?` are wildcards.

        Raises:
            Invalid: it holds characters that stand for letters, or a value that only deployment knows.
            BudgetExceededError: there are more variables than letters.
        """
        tokens: list[Token] = []
        for part in parse_variables(plain(text), enabled=variables).parts:
            if isinstance(part, Plain):
                tokens += part.text
            elif isinstance(part, Wildcard):
                wild = ANY_RUN if part.character == "*" else ANY_ONE
                tokens.append(wild if wildcards else part.character)
            elif isinstance(part, Escape):
                tokens.append(part.character)
            elif isinstance(part, Variable):
                self.spellings.setdefault(part.key.lower(), part.key)
                tokens.append(self.letter(Letter(part.key.lower(), part.default)))
            else:
                raise Invalid(f"`{part.label}` is known only at deployment")
        return tuple(tokens)


def plain(text: str) -> str:
    """A text without characters that could be taken for letters.

    Raises:
        Invalid: it has some; IAM refuses them.
    """
    if not text.isascii() and any(map(is_letter, text)):
        raise Invalid("the policy holds characters of Unicode's private use area")
    return text

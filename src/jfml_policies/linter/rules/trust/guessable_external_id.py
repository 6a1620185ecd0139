"""GUESSABLE_EXTERNAL_ID."""

from __future__ import annotations

from typing import Final

from jfml_policies.catalog.vendor_accounts import vendor_of
from jfml_policies.linter.option import strings, whole_number
from jfml_policies.linter.questions.demanding_tests import demands_value
from jfml_policies.linter.questions.external_ids import EXTERNAL_ID, can_be_external_id
from jfml_policies.linter.questions.statement_principals import holds_unknown, read_principals
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.patterns.arn import has_wildcard, is_account_id
from jfml_policies.policy.nodes import Statement

__all__ = ["GuessableExternalId"]

_LEAST: Final = whole_number(
    "least-characters", default=6, least=2, most=1224, meaning="shorter external ids are reported"
)
_FURTHER: Final = strings("guessable", meaning="further words that anybody would try, such as the name of your company")
#: Shorter words of a vendor's name are too common to tell anything.
_SHORTEST_WORD: Final = 5
#: The ways of saying "external id" without one, and the first things that anybody tries; letters and digits only.
_WORDS: Final = frozenset(
    (
        "externalid", "myexternalid", "yourexternalid", "sharedsecret", "changeme", "password", "example",
        "placeholder", "123456", "1234567", "12345678", "123456789", "1234567890",
    )
)  # fmt: skip


class GuessableExternalId(Rule):
    """An external id is short, an account id, the vendor's name or a word that stands for one.

    ## Why is this bad?

    Where a vendor lets its customers choose the external id, another customer enters your role's ARN and tries.
    An account id stands in the role's own ARN.

    ## Example

    ```json
    {
      "Effect": "Allow",
      "Principal": {"AWS": "arn:aws:iam::464622532012:root"},
      "Action": "sts:AssumeRole",
      "Condition": {"StringEquals": {"sts:ExternalId": "datadog"}}
    }
    ```

    ## Use instead

    ```json
    {
      "Effect": "Allow",
      "Principal": {"AWS": "arn:aws:iam::464622532012:root"},
      "Action": "sts:AssumeRole",
      "Condition": {"StringEquals": {"sts:ExternalId": "7c4b1f2e90d84a6c"}}
    }
    ```

    Reported are fewer than six characters, twelve digits, the name of the vendor whose account is let in, and words
    such as `external-id`.
    AWS services are not vendors: Amazon Data Firehose, for example, sends the account id as external id.
    The id of your account at the vendor, as New Relic uses it, is a number of its own choice and in order.

    ## References

    - [IAM User Guide: The confused deputy problem](https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html)
    """

    code = "GUESSABLE_EXTERNAL_ID"
    severity = "suggestion"
    confidence = "medium"
    origin = "jfml"
    kinds = frozenset(("trust",))
    mentions = (EXTERNAL_ID,)
    options = (_LEAST, _FURTHER)

    def check_statement(self, statement: Statement, context: Context) -> Findings:
        """Reports each value that a demanding test of an Allow can be passed with; impossible ones are left out."""
        tests = [test for test in statement.tests if test.key.value.lower() == EXTERNAL_ID and demands_value(test)]
        if not tests or not statement.allows:
            return
        callers = [principal for _, principal in read_principals(statement.principal) if principal.type == "AWS"]
        if not callers:
            return
        vendors = {
            vendor.name
            for caller in callers
            if (vendor := vendor_of(caller.account, context.settings.vendors)) is not None
        }
        least = context.option(self, _LEAST)
        further = frozenset([_letters(word) for word in context.option(self, _FURTHER)])
        for value in (value for test in tests for value in test.values):
            text = value.value
            if holds_unknown(text) or has_wildcard(text) or not can_be_external_id(text):
                continue
            why = _why(text, vendors, least, further)
            if why is not None:
                yield self.finding(
                    value,
                    f"`{text}` is easily guessed: it is {why}",
                    hint="use a long random id, best one that the vendor makes",
                )


def _why(text: str, vendors: set[str], least: int, further: frozenset[str]) -> str | None:
    """What makes an external id easy to guess, or None."""
    if is_account_id(text):
        return "an account id"
    letters = _letters(text)
    if len(text) < least:
        return f"shorter than {least} characters"
    if letters in _WORDS:
        return "a placeholder"
    if letters in further:
        return "a word that anybody would try"
    words = {word for name in vendors for word in (name, *name.split()) if len(word) >= _SHORTEST_WORD}
    return "the vendor's name" if letters in map(_letters, words) else None


def _letters(text: str) -> str:
    """Letters and digits alone, in lower case."""
    return "".join(character for character in text.lower() if character.isalnum())

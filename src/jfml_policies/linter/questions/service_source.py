"""Condition keys that say on whose behalf an AWS service calls.

Source: IAM User Guide, "AWS global condition context keys" and "The confused deputy problem"; CloudWatch Logs User
Guide, "Encrypt log data in CloudWatch Logs using AWS Key Management Service", for the encryption context.
"""

from __future__ import annotations

from typing import Final

from jfml_policies.linter.questions.demanding_tests import demands_value
from jfml_policies.linter.questions.statement_principals import holds_unknown
from jfml_policies.patterns.arn import Arn, is_account_id
from jfml_policies.policy.nodes import Statement

__all__ = ["SOURCE_KEYS", "WEAK_SOURCE_KEYS", "names_encrypted_resource", "names_key"]

#: Keys, in lower case, that a service sets from the resource on whose behalf it calls.
SOURCE_KEYS: Final = frozenset(("aws:sourcearn", "aws:sourceaccount", "aws:sourceorgid", "aws:sourceorgpaths"))

#: Keys that were used for the same before there were those; anybody can send any value.
WEAK_SOURCE_KEYS: Final = frozenset(("aws:referer",))

#: What keys begin with whose value is the resource that a service encrypts for, as in `...aws:logs:arn`.
_ENCRYPTED: Final = "kms:encryptioncontext:aws:"


def names_encrypted_resource(statement: Statement) -> bool:
    """Whether a key is limited to what a service encrypts in given accounts.

    >>> from jfml_policies.policy.parse import parse_text
    >>> text = (
    ...     '{"Statement": {"Condition": {"ArnLike": {"kms:EncryptionContext:aws:logs:arn": "arn:aws:logs:*:%s:*"}}}}'
    ... )
    >>> [names_encrypted_resource(parse_text(text % account).statements[0]) for account in ("111122223333", "*")]
    [True, False]
    """
    return any(
        all(holds_unknown(value.value) or _is_in_account(value.value) for value in test.values)
        for test in statement.tests
        if test.key.value.lower().startswith(_ENCRYPTED) and demands_value(test)
    )


def _is_in_account(text: str) -> bool:
    arn = Arn.try_parse(text)
    return arn is not None and is_account_id(arn.account)


def names_key(statement: Statement, keys: frozenset[str]) -> bool:
    """Whether the statement's Condition has a test on one of the keys, given in lower case."""
    return any(test.key.value.lower() in keys for test in statement.tests)

"""What may be supposed of all requests, as a document that allows those of which it is true.

Source: IAM User Guide, "Condition operators" and "Set operators for multi-valued keys".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jfml_policies.access.access import Access
from jfml_policies.access.validity import invalid_reason
from jfml_policies.catalog import load
from jfml_policies.catalog.global_keys import GLOBAL_KEYS
from jfml_policies.errors import UsageError
from jfml_policies.policy.parse import parse_document
from jfml_policies.text.suggest import nearest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from jfml_policies.policy.nodes import Policy

__all__ = ["OVER_TLS", "policy_of"]

#: All calls are made over TLS, as AWS's SDKs and CLI do.
OVER_TLS: Final = {"aws:SecureTransport": "true"}

#: How a value of a type is compared; texts, ARNs and what is not known are equal to the letter.
_OPERATORS: Final = {"Bool": "Bool", "Numeric": "NumericEquals", "Date": "DateEquals", "IPAddress": "IpAddress"}


def policy_of(assumption: Mapping[str, str | Sequence[str]]) -> Policy:
    """The policy that allows the requests that have each key with the value, or one of the values, and no others.

    Of a key that may have several values all are among those given, and there is one.

    Args:
        assumption: values by condition key; an address may be a range.

    Raises:
        UsageError: there is no such key, no request has such a value, or a key is given in two spellings.

    >>> policy_of({"aws:SecureTransport": "true"}).statements[0].tests[0].operator.value
    'Bool'
    >>> policy_of({"aws:SecureTransport": "yes"})
    Traceback (most recent call last):
    jfml_policies.errors.UsageError: no request has `aws:SecureTransport` = `yes`
    """
    block: dict[str, dict[str, object]] = {}
    spelled: dict[str, str] = {}
    for key, given in assumption.items():
        values = [given] if isinstance(given, str) else list(given)
        other = spelled.setdefault(key.lower(), key)
        if other != key:
            raise UsageError(f"`{other}` and `{key}` are one condition key", hint="give all of its values under one")
        _check_key(key)
        one = _conditions(key, values)
        _check(one, key, values)
        for operator, tests in one.items():
            block.setdefault(operator, {}).update(tests)
    return _document(block)


def _check_key(key: str) -> None:
    """Under a key that nothing has, an assumption would be without effect and look as if it had one."""
    # Keys of identity providers are named by their owners, as in `accounts.example.com:aud`.
    if load().condition_key(key) is None and "." not in key.partition(":")[0]:
        near = nearest(key, [known.name for known in GLOBAL_KEYS])
        hint = f"did you mean `{near}`?" if near else "condition keys are named as in `aws:SecureTransport`"
        raise UsageError(f"there is no condition key `{key}`", hint=hint)


def _conditions(key: str, values: list[str]) -> dict[str, dict[str, object]]:
    known = load().condition_key(key)
    operator = _OPERATORS.get(known.value_type if known else "", "StringEquals")
    if known is not None and known.is_multivalued:
        return {f"ForAllValues:{operator}": {key: values}, "Null": {key: "false"}}
    return {operator: {key: values}}


def _document(block: Mapping[str, object]) -> Policy:
    # In this version of the language `${` is plain text.
    statement = {"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": block}
    return parse_document({"Version": "2008-10-17", "Statement": statement}, kind="identity")


def _check(block: Mapping[str, object], key: str, values: list[str]) -> None:
    """Under what is true of no request every comparison would come out well."""
    policy = _document(block)
    if invalid_reason(policy) is not None or Access.of(policy).is_empty():
        raise UsageError(f"no request has `{key}` = {', '.join(f'`{value}`' for value in values) or 'nothing'}")

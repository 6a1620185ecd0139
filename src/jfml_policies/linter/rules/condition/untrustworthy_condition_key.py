"""UNTRUSTWORTHY_CONDITION_KEY."""

from __future__ import annotations

from typing import Final

from jfml_policies.catalog.global_keys import CALLER_CONTROLLED_KEYS
from jfml_policies.linter.option import strings
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.nodes import Statement, Test

__all__ = ["UntrustworthyConditionKey"]

_ALLOWED: Final = strings("allowed-keys", meaning="keys that you rely on knowingly, such as `aws:UserAgent`")
_KEYS: Final = frozenset(key.lower() for key in CALLER_CONTROLLED_KEYS)


class UntrustworthyConditionKey(Rule):
    """A statement relies on a key whose value the caller chooses.

    ## Why is this bad?

    The referer and the user agent are headers of the request: anyone can send any text in them.
    An Allow that asks for a certain referer is open to everyone who types it.

    ## Example

    ```json
    {"StringLike": {"aws:Referer": "https://www.example.com/*"}}
    ```

    ## Use instead

    ```json
    {"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}
    ```

    A Deny is reported too: who is refused leaves the header out.

    ## References

    - [IAM User Guide: AWS global condition context keys](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html)
    - [Access Analyzer: Untrustworthy condition key](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-security-warning-untrustworthy-condition-key)
    """

    code = "UNTRUSTWORTHY_CONDITION_KEY"
    severity = "security-warning"
    mentions = ("referer", "useragent")
    options = (_ALLOWED,)

    def check_test(self, test: Test, statement: Statement, context: Context) -> Findings:
        """Reports the key."""
        key = test.key.value.lower()
        if key in _KEYS and key not in map(str.lower, context.option(self, _ALLOWED)):
            yield self.finding(
                test.key,
                f"`{test.key.value}` is whatever the caller sends",
                hint="rely on who calls or from where, such as `aws:PrincipalArn`, `aws:SourceVpce` or `aws:SourceIp`",
            )

"""DEAD_STATEMENT."""

from __future__ import annotations

from jfml_policies.findings import Finding
from jfml_policies.linter.questions.contradictions import Contradiction, contradictions
from jfml_policies.linter.rule import Context, Findings, Rule, related
from jfml_policies.policy.nodes import Policy

__all__ = ["DeadStatement"]


class DeadStatement(Rule):
    """A statement contradicts itself, so that it matches no request.

    ## Why is this bad?

    All tests of a Condition must hold at once.
    When no value of a key meets all tests on it, an Allow gives nobody anything, and a Deny protects
    nothing, although both look as if they did.

    ## Example

    ```json
    {
      "Effect": "Deny",
      "Action": "s3:PutObject",
      "Resource": "*",
      "Condition": {
        "Null": {"s3:x-amz-server-side-encryption": "true"},
        "StringNotEquals": {"s3:x-amz-server-side-encryption": "aws:kms"},
        "StringEquals": {"s3:x-amz-server-side-encryption": "AES256"}
      }
    }
    ```

    ## Use instead

    ```json
    {
      "Effect": "Deny",
      "Action": "s3:PutObject",
      "Resource": "*",
      "Condition": {"StringNotEquals": {"s3:x-amz-server-side-encryption": "aws:kms"}}
    }
    ```

    `StringNotEquals` holds for an absent key, too, so this denies uploads without the header as well.
    Alternatives belong into the list of one test, or into statements of their own.

    Reported are tests on one key that exclude each other, and a negated element that leaves nothing, such as
    `"NotAction": "*"`.
    A single test that no value meets is reported by other rules, which know why.
    There is no fix: what was meant can't be told.

    ## References

    - [IAM User Guide: Creating a condition with multiple keys or values](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html)
    - [IAM User Guide: IAM JSON policy elements: Condition operators](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html)
    """

    code = "DEAD_STATEMENT"
    severity = "warning"
    origin = "jfml"
    mentions = ("condition", "notaction", "notresource", "notprincipal")

    def check_policy(self, policy: Policy, context: Context) -> Findings:
        """Reports the first reason of each statement: the element, or the last of the tests."""
        for one in contradictions(context):
            if one.element is not None:
                yield self.finding(
                    one.element.key,
                    f"`{one.element.name}` leaves nothing, so the statement matches no request",
                    hint="name what is to be left out, or remove the statement",
                )
            else:
                yield self._of_tests(one)

    def _of_tests(self, one: Contradiction) -> Finding:
        *others, last = one.tests
        what = "both tests" if len(others) == 1 else f"all {len(one.tests)} tests"
        return self.finding(
            last.key,
            f"no value of `{last.key.value}` meets {what} on it, so the statement matches no request",
            hint="put alternatives into one list or into statements of their own",
            related=tuple([related(other.key, "excludes it") for other in others]),
        )

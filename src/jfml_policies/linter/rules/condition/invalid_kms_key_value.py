"""INVALID_KMS_KEY_VALUE."""

from __future__ import annotations

from jfml_policies.linter.questions.condition_values import literal_values
from jfml_policies.linter.questions.key_contents import holds_kms_key
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.patterns.arn import Arn, is_account_id
from jfml_policies.policy.nodes import Statement, Test
from jfml_policies.policy.operators import parse_operator

__all__ = ["InvalidKmsKeyValue"]


class InvalidKmsKeyValue(Rule):
    """A value of a key that holds the ARN of a KMS key is something else.

    ## Why is this bad?

    Requests carry the full ARN of the KMS key, so a key id or an alias is never equal to it.
    An Allow grants nothing, and a Deny of all other keys refuses every upload.

    ## Example

    ```json
    {"StringNotEquals": {"s3:x-amz-server-side-encryption-aws-kms-key-id": "alias/reports"}}
    ```

    ## Use instead

    ```json
    {"StringNotEquals": {"s3:x-amz-server-side-encryption-aws-kms-key-id":
      "arn:aws:kms:eu-west-1:111122223333:key/8c7b6a59-4d3c-2b1a-0f9e-8d7c6b5a4f3e"}}
    ```

    AWS does not list the keys that it checks.
    Here they are those whose published type is ARN and whose name says KMS key.
    A value with a wildcard or a variable is not reported.

    ## References

    - [AWS KMS Developer Guide: Key identifiers](https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#key-id)
    - [Service Authorization Reference](https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html)
    - [Access Analyzer: Invalid kms key value](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-invalid-kms-key-value)
    """

    code = "INVALID_KMS_KEY_VALUE"
    severity = "error"
    confidence = "medium"
    mentions = ("kms",)

    def check_test(self, test: Test, statement: Statement, context: Context) -> Findings:
        """Reports each value that is no key's ARN."""
        if not holds_kms_key(context.catalog, test.key.value):
            return
        operator = parse_operator(test.operator.value)
        if operator is None or operator.family not in ("String", "Arn"):
            return
        for value in literal_values(test):
            if not _is_key_arn(value.value):
                yield self.finding(
                    value,
                    f"`{value.value}` is not the ARN of a KMS key, which `{test.key.value}` holds",
                    hint="write it as in `arn:aws:kms:REGION:ACCOUNT:key/ID`",
                )


def _is_key_arn(text: str) -> bool:
    arn = Arn.try_parse(text)
    if arn is None or arn.service != "kms" or not arn.region or not is_account_id(arn.account):
        return False
    kind, _, name = arn.resource.partition("/")
    return kind == "key" and bool(name)

"""INVALID_SERVICE_PRINCIPAL_FORMAT."""

from __future__ import annotations

from typing import Final

from jfml_policies.catalog.service_principals import split_service_principal
from jfml_policies.linter.fixes.quick_fix import replace_text
from jfml_policies.linter.questions.condition_values import literal_values
from jfml_policies.linter.questions.intended_principal import near_service_principal
from jfml_policies.linter.questions.key_contents import holds_service_principal
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.nodes import Statement, Test
from jfml_policies.policy.operators import parse_operator

__all__ = ["InvalidServicePrincipalFormat"]

#: How many wrong values of one test are worth a suggestion: comparing names is slow.
_MOST_SUGGESTIONS: Final = 20
_WITH_REGION: Final = "kms:viaservice"
_ONE_WORD: Final = "aws:calledvia"


class InvalidServicePrincipalFormat(Rule):
    """A value of a key that names an AWS service is no service principal.

    ## Why is this bad?

    No service comes under such a name.
    An Allow for one service grants nothing, and a Deny of all other services refuses the one that was meant.

    ## Example

    ```json
    {"StringEquals": {"iam:PassedToService": "lambda"}}
    ```

    ## Use instead

    ```json
    {"StringEquals": {"iam:PassedToService": "lambda.amazonaws.com"}}
    ```

    A service principal is written in lower case, as in `lambda.amazonaws.com`.
    `kms:ViaService` needs the Region too (`s3.eu-west-1.amazonaws.com`).
    `aws:CalledVia` takes one word before the domain, as AWS's validator has it.
    A value with a wildcard or a variable is not reported.

    ## Fix safety

    The fix writes the nearest service principal.
    It is unsafe: the condition begins to hold for requests that it did not hold for.

    ## References

    - [IAM User Guide: Service principals](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-services)
    - [AWS KMS Developer Guide: kms:ViaService](https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service)
    - [IAM User Guide: AWS global condition context keys](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html)
    - [Access Analyzer: Invalid service principal format](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-invalid-service-principal-format)
    """

    code = "INVALID_SERVICE_PRINCIPAL_FORMAT"
    severity = "error"
    fixes = ("unsafe",)
    mentions = ("calledvia", "service")

    def check_test(self, test: Test, statement: Statement, context: Context) -> Findings:
        """Reports each value of another form."""
        if not holds_service_principal(test.key.value):
            return
        operator = parse_operator(test.operator.value)
        if operator is None or operator.family != "String":
            return
        ignores_case = operator.base.endswith("IgnoreCase")
        suggestions = 0
        for value in literal_values(test):
            text = value.value.lower() if ignores_case else value.value
            fault = _fault(test.key.value.lower(), text)
            if fault is not None:
                near = near_service_principal(text) if not fault[1] and suggestions < _MOST_SUGGESTIONS else None
                suggestions += 1
                yield self.finding(
                    value,
                    f"`{value.value}` {fault[0]}",
                    hint=fault[1] or (f"did you mean `{near}`?" if near else "write it as in `lambda.amazonaws.com`"),
                    fix=replace_text(value, near) if near else None,
                )


def _fault(key: str, text: str) -> tuple[str, str] | None:
    """What is wrong with a value, and the remedy where it is known; None when it is right."""
    parts = split_service_principal(text)
    if parts is None:
        if key == _WITH_REGION:
            return "is not a service with its Region", "write it as in `s3.eu-west-1.amazonaws.com`"
        return "is not a service principal", ""
    if key == _WITH_REGION and parts.region is None and not _ends_like_region(parts.service):
        return "has no Region, which `kms:ViaService` needs", f"write `{parts.service}.REGION.{parts.domain}`"
    if key == _ONE_WORD and (parts.region is not None or "." in parts.service):
        return "has more than one word before its domain", "`aws:CalledVia` takes names such as `athena.amazonaws.com`"
    return None


def _ends_like_region(service: str) -> bool:
    """Whether the last word may be a Region that the table does not know yet."""
    words = service.rpartition(".")[2].split("-")
    return "." in service and len(words) > 2 and words[-1].isdigit()

"""INVALID_PRINCIPAL_FORMAT."""

from __future__ import annotations

from jfml_policies.catalog.service_principals import WEB_IDENTITY_PROVIDERS, is_service_principal_shape
from jfml_policies.findings import Edit, Fix
from jfml_policies.linter.questions.statement_principals import holds_unknown
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.patterns.principal import Principal
from jfml_policies.policy.nodes import Statement, Text
from jfml_policies.policy.write import quote

__all__ = ["InvalidPrincipalFormat"]


class InvalidPrincipalFormat(Rule):
    """Principal or NotPrincipal is a text other than `*`.

    ## Why is this bad?

    AWS refuses the document: a principal is named by its type and its value, and only `*` stands alone.

    ## Example

    ```json
    {"Effect": "Allow", "Principal": "arn:aws:iam::111122223333:root", "Action": "sts:AssumeRole"}
    ```

    ## Use instead

    ```json
    {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:root"}, "Action": "sts:AssumeRole"}
    ```

    In a resource control policy any principal but `*` is wrong, which is reported as such.

    ## References

    - [IAM User Guide: AWS JSON policy elements: Principal](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html)
    - [Access Analyzer: Invalid principal format](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-invalid-principal-format)
    """

    code = "INVALID_PRINCIPAL_FORMAT"
    severity = "error"
    fixes = ("unsafe",)
    kinds = frozenset(("resource", "endpoint", "trust"))

    def check_statement(self, statement: Statement, context: Context) -> Findings:
        """Reports the text."""
        for principals in (statement.principal, statement.not_principal):
            text = principals.text if principals else None
            if principals is None or text is None or text.value == "*" or holds_unknown(text.value):
                continue
            group = _type_of(text.value)
            yield self.finding(
                text,
                f"{principals.name} is the text `{text.value}`, which has no type",
                hint=f'write `{{"{group or "AWS"}": ...}}`: only `*` stands without a type',
                fix=_wrap(text, group) if group else None,
            )


def _type_of(value: str) -> str | None:
    """The type under which the value is a principal, where there is no doubt."""
    if value in WEB_IDENTITY_PROVIDERS:
        return "Federated"
    if is_service_principal_shape(value):
        return "Service"
    for name in ("AWS", "CanonicalUser"):
        if Principal.parse(name, value).is_valid:
            return name
    return "Federated" if value.startswith("arn:") and Principal.parse("Federated", value).is_valid else None


def _wrap(text: Text, group: str) -> Fix:
    edits = () if text.span is None else (Edit(text.span, f"{{{quote(group)}: {quote(text.value)}}}"),)
    return Fix(f'write `{{"{group}": "{text.value}"}}`', edits)

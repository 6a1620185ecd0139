"""ROLE_TRUST_POLICY_UNSUPPORTED_WILDCARD_IN_PRINCIPAL."""

from __future__ import annotations

from jfml_policies.findings import Edit, Fix
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.nodes import Statement, Text

__all__ = ["RoleTrustPolicyUnsupportedWildcardInPrincipal"]


class RoleTrustPolicyUnsupportedWildcardInPrincipal(Rule):
    """The principal of a role's trust policy is the bare text `*`.

    ## Why is this bad?

    IAM refuses the document.
    Where `{"AWS": "*"}` was meant, every principal of every AWS account may assume the role, unless a condition says
    who may.

    ## Example

    ```json
    {"Effect": "Allow", "Principal": "*", "Action": "sts:AssumeRole"}
    ```

    ## Use instead

    ```json
    {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:role/Reader"}, "Action": "sts:AssumeRole"}
    ```

    The fix writes `{"AWS": "*"}`, which IAM takes and which lets in just as many; it is one half of the remedy.

    ## References

    - [IAM User Guide: AWS JSON policy elements: Principal](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html)
    - [Access Analyzer: Role trust policy unsupported wildcard in principal](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-role-trust-policy-unsupported-wildcard-in-principal)
    """

    code = "ROLE_TRUST_POLICY_UNSUPPORTED_WILDCARD_IN_PRINCIPAL"
    severity = "error"
    fixes = ("unsafe",)
    kinds = frozenset(("trust",))
    mentions = ('"*"',)

    def check_statement(self, statement: Statement, context: Context) -> Findings:
        """Reports the text."""
        text = statement.principal.text if statement.principal else None
        if text is not None and text.value == "*":
            yield self.finding(
                text,
                "a trust policy's principal can't be the text `*`",
                hint='name the principals, or write `{"AWS": "*"}` with a condition that says who they are',
                fix=_as_map(text),
            )


def _as_map(text: Text) -> Fix:
    edits = () if text.span is None else (Edit(text.span, '{"AWS": "*"}'),)
    return Fix('write `{"AWS": "*"}`', edits)

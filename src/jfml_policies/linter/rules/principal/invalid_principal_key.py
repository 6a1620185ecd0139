"""INVALID_PRINCIPAL_KEY."""

from __future__ import annotations

from jfml_policies.linter.fixes.quick_fix import replace_text
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.kinds import PRINCIPAL_TYPES
from jfml_policies.policy.nodes import Statement
from jfml_policies.text.suggest import nearest

__all__ = ["InvalidPrincipalKey"]

# Words that people write for a type.
_MEANT = {
    "account": "AWS",
    "arn": "AWS",
    "iam": "AWS",
    "role": "AWS",
    "user": "AWS",
    "canonical": "CanonicalUser",
    "oidc": "Federated",
    "saml": "Federated",
    "services": "Service",
}


class InvalidPrincipalKey(Rule):
    """A principal's type is none of AWS, CanonicalUser, Federated and Service.

    ## Why is this bad?

    AWS refuses the document: it does not know whom the value names.

    ## Example

    ```json
    {"Effect": "Allow", "Principal": {"Account": "111122223333"}, "Action": "sts:AssumeRole"}
    ```

    ## Use instead

    ```json
    {"Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "sts:AssumeRole"}
    ```

    Types are written in exactly this letter case.
    In a resource control policy any principal but `*` is wrong, which is reported as such.

    ## References

    - [IAM User Guide: AWS JSON policy elements: Principal](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html)
    - [Access Analyzer: Invalid principal key](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-invalid-principal-key)
    """

    code = "INVALID_PRINCIPAL_KEY"
    severity = "error"
    fixes = ("unsafe",)
    kinds = frozenset(("resource", "endpoint", "trust"))

    def check_statement(self, statement: Statement, context: Context) -> Findings:
        """Reports each unknown type, with the likely one as fix where that does not stand there already."""
        for principals in (statement.principal, statement.not_principal):
            groups = principals.groups if principals else ()
            present = {group.type.value for group in groups}
            for group in groups:
                name = group.type.value
                if name in PRINCIPAL_TYPES:
                    continue
                meant = _MEANT.get(name.lower()) or nearest(name, PRINCIPAL_TYPES)
                yield self.finding(
                    group.type,
                    f"`{name}` is not a type of principal",
                    hint=f"did you mean `{meant}`?" if meant else f"the types are {', '.join(PRINCIPAL_TYPES)}",
                    fix=replace_text(group.type, meant) if meant and meant not in present else None,
                )

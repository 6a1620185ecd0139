"""FEDERATED_PRINCIPAL_NOT_SUPPORTED."""

from __future__ import annotations

from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.kinds import RESOURCE_KINDS
from jfml_policies.policy.nodes import Statement

__all__ = ["FederatedPrincipalNotSupported"]


class FederatedPrincipalNotSupported(Rule):
    """A resource policy names a federated principal, which only a role's trust policy may.

    ## Why is this bad?

    AWS refuses the document: an identity provider's users reach a resource through a role that they assume.

    ## Example

    ```json
    {
      "Effect": "Allow",
      "Principal": {"Federated": "arn:aws:iam::111122223333:saml-provider/CorpIdp"},
      "Action": "s3:GetObject",
      "Resource": "arn:aws:s3:::acme-features/*"
    }
    ```

    ## Use instead

    ```json
    {
      "Effect": "Allow",
      "Principal": {"AWS": "arn:aws:iam::111122223333:role/CorpReader"},
      "Action": "s3:GetObject",
      "Resource": "arn:aws:s3:::acme-features/*"
    }
    ```

    ## References

    - [IAM User Guide: AWS JSON policy elements: Principal](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html)
    - [Access Analyzer: Federated principal not supported](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-federated-principal-not-supported)
    """

    code = "FEDERATED_PRINCIPAL_NOT_SUPPORTED"
    severity = "error"
    kinds = RESOURCE_KINDS
    mentions = ("federated",)

    def check_statement(self, statement: Statement, context: Context) -> Findings:
        """Reports the entry of the principal map; an empty one is another rule's business."""
        for principals in (statement.principal, statement.not_principal):
            if principals is None:
                continue
            for group in principals.groups:
                if group.type.value == "Federated" and group.values:
                    yield self.finding(
                        group.type,
                        f"{principals.name} is federated, which only a role's trust policy supports",
                        hint="name the role that the provider's users assume",
                    )

"""ROLE_TRUST_POLICY_SYNTAX_ERROR_RESOURCE."""

from __future__ import annotations

from jfml_policies.linter.questions.elements import remove_element, written
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.nodes import Statement

__all__ = ["RoleTrustPolicySyntaxErrorResource"]


class RoleTrustPolicySyntaxErrorResource(Rule):
    """A role's trust policy has Resource or NotResource.

    ## Why is this bad?

    IAM refuses the document, and those whom it was to let in can't assume the role.
    A trust policy stands on its role, which is the only resource it can be about.

    ## Example

    ```json
    {
      "Effect": "Allow",
      "Principal": {"Service": "lambda.amazonaws.com"},
      "Action": "sts:AssumeRole",
      "Resource": "*"
    }
    ```

    ## Use instead

    ```json
    {
      "Effect": "Allow",
      "Principal": {"Service": "lambda.amazonaws.com"},
      "Action": "sts:AssumeRole"
    }
    ```

    ## References

    - [IAM User Guide: Roles terms and concepts](https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles.html)
    - [IAM User Guide: IAM JSON policy elements: Resource](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html)
    - [Access Analyzer: Role trust policy syntax error resource](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-role-trust-policy-syntax-error-resource)
    """

    code = "ROLE_TRUST_POLICY_SYNTAX_ERROR_RESOURCE"
    severity = "error"
    fixes = ("unsafe",)
    kinds = frozenset(("trust",))
    mentions = ("resource",)

    def check_statement(self, statement: Statement, context: Context) -> Findings:
        """Reports each of the two elements, whatever stands in it."""
        for key in written(statement, "Resource", "NotResource"):
            yield self.finding(
                key,
                f"`{key.value}` can't stand in a role's trust policy",
                hint="remove it: the resource is the role",
                fix=remove_element(statement, key.value),
            )

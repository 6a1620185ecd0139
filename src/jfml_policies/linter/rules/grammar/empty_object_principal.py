"""EMPTY_OBJECT_PRINCIPAL."""

from __future__ import annotations

from jfml_policies.linter.fixes.statement_removal import remove_statements
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.kinds import RESOURCE_KINDS
from jfml_policies.policy.nodes import Principals, Statement

__all__ = ["EmptyObjectPrincipal"]


class EmptyObjectPrincipal(Rule):
    """Principal or NotPrincipal is an empty object.

    ## Why is this bad?

    A statement without principals gives nobody access to the resource, and denies it to nobody.

    ## Example

    ```json
    {
      "Effect": "Allow",
      "Principal": {},
      "Action": "s3:GetObject",
      "Resource": "arn:aws:s3:::acme-features/*"
    }
    ```

    ## Use instead

    ```json
    {
      "Effect": "Allow",
      "Principal": {"AWS": "111122223333"},
      "Action": "s3:GetObject",
      "Resource": "arn:aws:s3:::acme-features/*"
    }
    ```

    ## Fix safety

    The fix removes the statement, which applies to nobody, and is safe.
    There is none where it is the only statement, and none for `NotPrincipal`, which would be everybody.

    ## References

    - [IAM User Guide: IAM JSON policy elements: Principal](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html)
    - [Access Analyzer: Empty object principal](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-suggestion-empty-object-principal)
    """

    code = "EMPTY_OBJECT_PRINCIPAL"
    severity = "suggestion"
    fixes = ("safe",)
    kinds = RESOURCE_KINDS | {"trust"}
    mentions = ("{}",)

    def check_statement(self, statement: Statement, context: Context) -> Findings:
        """Reports the empty object."""
        for principals in (statement.principal, statement.not_principal):
            if principals is not None and _is_empty(principals, context):
                is_void = principals.name == "Principal"
                yield self.finding(
                    principals,
                    f"`{principals.name}` is an empty object",
                    hint='name principals, as in `{"AWS": ...}`',
                    fix=remove_statements(context.policy, [statement], "remove the statement", safe=True)
                    if is_void
                    else None,
                )


def _is_empty(principals: Principals, context: Context) -> bool:
    """Whether nothing was written: a group that is no list of texts is left out of the node, not of the policy."""
    if principals.text is not None or principals.groups:
        return False
    depth = len(principals.path)
    return not any(problem.path[:depth] == principals.path for problem in context.policy.problems)

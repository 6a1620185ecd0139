"""EMPTY_ARRAY_PRINCIPAL."""

from __future__ import annotations

from jfml_policies.findings import Fix
from jfml_policies.linter.fixes.member_removal import remove_member
from jfml_policies.linter.fixes.statement_removal import remove_statements
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.kinds import RESOURCE_KINDS
from jfml_policies.policy.nodes import Group, Principals, Statement
from jfml_policies.text.tree import JsonObject

__all__ = ["EmptyArrayPrincipal"]


class EmptyArrayPrincipal(Rule):
    """A type of principals has an empty list.

    ## Why is this bad?

    A statement without principals gives nobody access to the resource, and denies it to nobody.

    ## Example

    ```json
    {
      "Effect": "Allow",
      "Principal": {"AWS": []},
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

    The fix removes the type, or the statement where `Principal` names nobody else, and is safe: nobody is named by
    an empty list.
    There is none where that is the only statement, and none where `NotPrincipal` would name nobody at all.

    ## References

    - [IAM User Guide: IAM JSON policy elements: Principal](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html)
    - [Access Analyzer: Empty array principal](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-suggestion-empty-array-principal)
    """

    code = "EMPTY_ARRAY_PRINCIPAL"
    severity = "suggestion"
    fixes = ("safe",)
    kinds = RESOURCE_KINDS | {"trust"}
    mentions = ("[]",)

    def check_statement(self, statement: Statement, context: Context) -> Findings:
        """Reports each empty list."""
        for principals in (statement.principal, statement.not_principal):
            if principals is None:
                continue
            for group in principals.groups:
                if group.is_empty:
                    yield self.finding(
                        group,
                        f"the `{group.type.value}` principals are an empty list",
                        hint=f"name the principals, or remove `{group.type.value}`",
                        fix=_removal(group, principals, statement, context),
                    )


def _removal(group: Group, principals: Principals, statement: Statement, context: Context) -> Fix | None:
    tree = statement.tree.get(principals.name)
    names = [member.key.value for member in tree.members] if isinstance(tree, JsonObject) else []
    if not isinstance(tree, JsonObject) or len(set(names)) < len(names) or len(names) != len(principals.groups):
        return None
    kept = next((place for place, other in enumerate(principals.groups) if other.values), None)
    if kept is None:
        is_void = principals.name == "Principal"
        return remove_statements(context.policy, [statement], "remove the statement", safe=True) if is_void else None
    title = f"remove `{group.type.value}`"
    return remove_member(tree, names.index(group.type.value), title, kept=kept, safe=True)

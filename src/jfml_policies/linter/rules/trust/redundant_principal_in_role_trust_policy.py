"""REDUNDANT_PRINCIPAL_IN_ROLE_TRUST_POLICY."""

from __future__ import annotations

from jfml_policies.findings import Fix
from jfml_policies.linter.questions.statement_principals import read_principal
from jfml_policies.linter.rule import Context, Findings, Rule, related
from jfml_policies.policy.nodes import Group, Statement
from jfml_policies.text.removal import removal_edits

__all__ = ["RedundantPrincipalInRoleTrustPolicy"]


class RedundantPrincipalInRoleTrustPolicy(Rule):
    """A trust policy names a role and a session of the same role.

    ## Why is this bad?

    The role stands for all its sessions, so the entry changes nothing.
    Whoever takes the session out to stop one caller stops nobody.

    ## Example

    ```json
    {
      "Effect": "Allow",
      "Principal": {
        "AWS": [
          "arn:aws:iam::111122223333:role/Deploy",
          "arn:aws:sts::111122223333:assumed-role/Deploy/ci"
        ]
      },
      "Action": "sts:AssumeRole"
    }
    ```

    ## Use instead

    ```json
    {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:role/Deploy"}, "Action": "sts:AssumeRole"}
    ```

    A session's ARN lacks the role's path; names of roles are unique in an account, whatever their path.

    ## References

    - [IAM User Guide: AWS JSON policy elements: Principal](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html)
    - [Access Analyzer: Redundant principal in role trust policy](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-suggestion-redundant-principal)
    """

    code = "REDUNDANT_PRINCIPAL_IN_ROLE_TRUST_POLICY"
    severity = "suggestion"
    fixes = ("unsafe",)
    kinds = frozenset(("trust",))
    mentions = ("assumed-role",)

    def check_statement(self, statement: Statement, context: Context) -> Findings:
        """Reports each session whose role stands in the same list."""
        for group in statement.principal.groups if statement.principal else ():
            if group.type.value != "AWS" or not any(":assumed-role/" in text.value for text in group.values):
                continue
            read = [read_principal("AWS", text) for text in group.values]
            roles: dict[tuple[str, str, str], int] = {}
            for place, principal in enumerate(read):
                if principal.kind == "role":
                    roles.setdefault((principal.partition, principal.account, principal.name), place)
            if not roles:
                continue
            kept = min(roles.values())
            # Something that is no text may stand between the texts.
            gapless = [text.path[-1] for text in group.values] == list(range(len(read)))
            for place, principal in enumerate(read):
                role = roles.get((principal.partition, principal.account, principal.name))
                if principal.kind == "assumed-role" and role is not None:
                    yield self.finding(
                        group.values[place],
                        f"the role `{principal.name}` stands in the same list and covers its session "
                        f"`{principal.session}`",
                        hint="remove the session, or the role if only this session is meant",
                        fix=_remove(group, place, kept=kept) if gapless else None,
                        related=(related(group.values[role], "the role"),),
                    )


def _remove(group: Group, place: int, *, kept: int) -> Fix:
    values = group.values
    edits = () if values[kept].span is None else removal_edits(values, [place], kept=kept)
    return Fix(f"remove `{values[place].value}`", edits)

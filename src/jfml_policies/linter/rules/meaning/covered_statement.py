"""COVERED_STATEMENT."""

from __future__ import annotations

from jfml_policies.linter.fixes.statement_removal import remove_statements
from jfml_policies.linter.questions.statement_meaning import statement_meaning
from jfml_policies.linter.questions.statement_names import together
from jfml_policies.linter.rule import Context, Findings, Rule, related
from jfml_policies.policy.nodes import Policy

__all__ = ["CoveredStatement"]


class CoveredStatement(Rule):
    """A statement grants or denies only what other statements of the policy grant or deny, too.

    ## Why is this bad?

    The statement counts towards the size quota and changes nothing.
    Whoever takes it out to revoke a permission has revoked nothing.
    Whoever reads it takes its conditions for limits that do not exist.

    ## Example

    ```json
    [
      {"Effect": "Allow", "Action": "s3:Get*", "Resource": "arn:aws:s3:::acme-features/*"},
      {
        "Effect": "Allow",
        "Action": "s3:GetObject",
        "Resource": "arn:aws:s3:::acme-features/train/*",
        "Condition": {"Bool": {"aws:SecureTransport": "true"}}
      }
    ]
    ```

    ## Use instead

    ```json
    [
      {"Effect": "Allow", "Action": "s3:Get*", "Resource": "arn:aws:s3:::acme-features/*"}
    ]
    ```

    Or narrow the other statement, where the limits were meant.

    Statements are compared by what they mean: several may cover one together, and what a Deny of the policy refuses
    needs no Allow.
    Of two that cover each other the first stays.
    Statements that are equal but for order and Sid are reported by `redundant-statement`.

    Naming an account, a role or everybody grants in different ways, so a statement with a Principal is covered only by
    statements that name the same principals; for a Deny also by one that names everybody.
    What could not be proved within a budget is not reported, and nothing is where AWS would refuse the document.
    The fix is safe: the policy provably allows the same without the statement.

    ## References

    - [IAM User Guide: Policy evaluation logic](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html)
    - [IAM User Guide: AWS JSON policy elements: Principal](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html)
    """

    code = "COVERED_STATEMENT"
    severity = "suggestion"
    origin = "jfml"
    fixes = ("safe",)
    mentions = ("},{",)

    def check_policy(self, policy: Policy, context: Context) -> Findings:
        """Reports each covered statement, with those that cover it."""
        meaning = context.ask(statement_meaning)
        for one in meaning.covered:
            does = "denies" if one.statement.denies else "grants"
            yield self.finding(
                one.statement,
                together(one.by, f"all that this statement {does}"),
                hint="remove it, or narrow what covers it",
                fix=remove_statements(policy, [one.statement], "remove the statement", kept=meaning.kept, safe=True),
                related=tuple(
                    [related(other, "covers it" if len(one.by) == 1 else "is part of the cover") for other in one.by]
                ),
            )

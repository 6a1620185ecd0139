"""INVALID_EFFECT."""

from __future__ import annotations

from jfml_policies.linter.fixes.quick_fix import replace_text
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.kinds import EFFECTS
from jfml_policies.policy.nodes import Statement
from jfml_policies.text.suggest import nearest

__all__ = ["InvalidEffect"]


class InvalidEffect(Rule):
    """An Effect is neither Allow nor Deny.

    ## Why is this bad?

    AWS refuses the document: nothing says whether the statement grants or denies.
    Letter case counts: `allow` is no effect.

    ## Example

    ```json
    {"Effect": "allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::acme-features/train/*"}
    ```

    ## Use instead

    ```json
    {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::acme-features/train/*"}
    ```

    ## References

    - [IAM User Guide: IAM JSON policy elements: Effect](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_effect.html)
    - [Access Analyzer: Invalid effect](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-invalid-effect)
    """

    code = "INVALID_EFFECT"
    severity = "error"
    fixes = ("unsafe",)

    def check_statement(self, statement: Statement, context: Context) -> Findings:
        """Reports the Effect."""
        effect = statement.effect
        if effect is not None and effect.value not in EFFECTS:
            near = nearest(effect.value.strip(), EFFECTS)
            yield self.finding(
                effect,
                f"`{effect.value}` is not an effect",
                hint=f"did you mean `{near}`?" if near else "an effect is `Allow` or `Deny`",
                fix=replace_text(effect, near) if near else None,
            )

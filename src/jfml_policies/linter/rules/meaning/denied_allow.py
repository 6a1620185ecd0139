"""DENIED_ALLOW."""

from __future__ import annotations

from jfml_policies.linter.questions.statement_meaning import statement_meaning
from jfml_policies.linter.questions.statement_names import entries_name, together
from jfml_policies.linter.rule import Context, Findings, Rule, related
from jfml_policies.policy.nodes import Policy

__all__ = ["DeniedAllow"]


class DeniedAllow(Rule):
    """An Allow grants only what Denies of the same policy refuse.

    ## Why is this bad?

    A Deny always wins over an Allow, so the permission is never given, however many conditions are met.
    Either the work that needs it fails, or the Deny is wider than was meant.

    ## Example

    ```json
    [
      {"Effect": "Allow", "Action": ["s3:GetObject", "s3:DeleteObject"], "Resource": "arn:aws:s3:::acme-features/*"},
      {"Effect": "Deny", "Action": "s3:Delete*", "Resource": "*"}
    ]
    ```

    ## Use instead

    ```json
    [
      {"Effect": "Allow", "Action": ["s3:GetObject"], "Resource": "arn:aws:s3:::acme-features/*"},
      {"Effect": "Deny", "Action": "s3:Delete*", "Resource": "*"}
    ]
    ```

    Or make an exception in the Deny.

    A statement is reported when all it grants is denied, and an entry of Action or Resource when all that the entry
    adds is; a Deny that refuses a part is what exceptions are made of, and no mistake.
    There is no fix, because only the author knows which of the two was meant.

    ## References

    - [IAM User Guide: Policy evaluation logic](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html)
    - [IAM User Guide: IAM JSON policy elements: Effect](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_effect.html)
    """

    code = "DENIED_ALLOW"
    severity = "warning"
    origin = "jfml"
    mentions = ("deny",)

    def check_policy(self, policy: Policy, context: Context) -> Findings:
        """Reports denied statements, and in the others denied entries, one finding a list."""
        meaning = context.ask(statement_meaning)
        for one in meaning.denied:
            yield self.finding(
                one.statement,
                together(one.by, "all that this statement allows"),
                hint="remove the statement, or make an exception in the Deny",
                related=tuple([related(other, "denies it") for other in one.by]),
            )
        for some in meaning.denied_entries:
            values = [some.listing.values[place] for place in some.places]
            yield self.finding(
                values[0],
                together(some.by, f"all that is allowed by {entries_name(values)}"),
                hint="remove it, or make an exception in the Deny",
                related=tuple([related(other, "denies it") for other in some.by]),
            )

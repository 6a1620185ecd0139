"""COVERED_ACTION."""

from __future__ import annotations

from jfml_policies.linter.questions.covered_entries import covered_entries
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.nodes import Policy

__all__ = ["CoveredAction"]


class CoveredAction(Rule):
    """An entry of Action adds nothing, because other statements or the rest of its list say the same.

    ## Why is this bad?

    The entry counts towards the size quota and changes nothing.
    Whoever takes it out to revoke a permission has revoked nothing.

    ## Example

    ```json
    [
      {"Effect": "Allow", "Action": "ec2:Describe*", "Resource": "*"},
      {"Effect": "Allow", "Action": ["ec2:DescribeInstances", "ec2:RunInstances"], "Resource": "*"}
    ]
    ```

    ## Use instead

    ```json
    [
      {"Effect": "Allow", "Action": "ec2:Describe*", "Resource": "*"},
      {"Effect": "Allow", "Action": ["ec2:RunInstances"], "Resource": "*"}
    ]
    ```

    Entries are compared by what they mean, with the other elements of their statements.
    An entry that one other entry of its list covers by its text is reported by `redundant-action`, a whole statement by
    `covered-statement`, and an entry that is denied by `denied-allow`.
    There is one finding a list; NotAction is not looked at.

    A statement with a Principal is covered only by statements that name the same principals, because naming an
    account, a role or everybody grants in different ways.
    What could not be proved within a budget is not reported, and nothing is where AWS would refuse the document.
    The fix is safe: the policy provably allows the same without the entries.

    ## References

    - [IAM User Guide: IAM JSON policy elements: Action](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html)
    - [IAM User Guide: Policy evaluation logic](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html)
    """

    code = "COVERED_ACTION"
    severity = "suggestion"
    origin = "jfml"
    fixes = ("safe",)
    mentions = ('","',)

    def check_policy(self, policy: Policy, context: Context) -> Findings:
        """Reports the entries of a list together."""
        yield from covered_entries(type(self), "Action", context)

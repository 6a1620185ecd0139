"""IDLE_DENY."""

from __future__ import annotations

from jfml_policies.linter.questions.idle_denies import idle_denies
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.nodes import Policy

__all__ = ["IdleDeny"]


class IdleDeny(Rule):
    """A Deny refuses nothing that the policy allows, in a policy that nothing else adds to.

    ## Why is this bad?

    Who may assume a role, and what may pass an endpoint, is decided by this one document: without its Allow a request
    is refused anyway.
    So a Deny that meets none of its Allows changes nothing, which often means that it names the wrong principal or key,
    or that its Allow has gone.

    ## Example

    ```json
    [
      {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:role/ci"}, "Action": "sts:AssumeRole"},
      {"Effect": "Deny", "Principal": {"AWS": "arn:aws:iam::111122223333:role/cd"}, "Action": "sts:AssumeRole"}
    ]
    ```

    ## Use instead

    ```json
    [
      {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:role/ci"}, "Action": "sts:AssumeRole"}
    ]
    ```

    Only role trust policies and endpoint policies are looked at.
    In all other kinds a Deny is meant against the Allows of other documents as well, and says something even where its
    own document allows nothing.
    A Deny that may also meet a future Allow, such as one for everybody outside an organization, meets the present
    Allows too and is not reported.
    There is no fix: a Deny is taken out by a person.

    ## References

    - [IAM User Guide: Policy evaluation logic](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html)
    - [IAM User Guide: Identity-based policies and resource-based policies](https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_identity-vs-resource.html)
    - [AWS PrivateLink: Control access to VPC endpoints using endpoint policies](https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html)
    """

    code = "IDLE_DENY"
    severity = "suggestion"
    confidence = "medium"
    origin = "jfml"
    kinds = frozenset({"trust", "endpoint"})
    mentions = ("deny",)

    def check_policy(self, policy: Policy, context: Context) -> Findings:
        """Reports each Deny that shares no request with an Allow."""
        for deny in idle_denies(context):
            yield self.finding(
                deny,
                "no statement of this policy allows anything that this one denies",
                hint="correct what it names, or remove it",
            )

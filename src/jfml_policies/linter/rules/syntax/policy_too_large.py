"""POLICY_TOO_LARGE."""

from __future__ import annotations

from jfml_policies.findings import Finding, Span
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.nodes import Policy

__all__ = ["PolicyTooLarge"]


class PolicyTooLarge(Rule):
    """The document is far larger than any policy may be, and was not read to its end.

    ## Why is this bad?

    No AWS service stores such a policy, so it is not what was meant: a data file, a concatenation, or an attack on the
    reader.
    Beyond 1,000,000 characters or 2,000 statements the rest is not checked, so that every answer comes in time.

    ## Example

    A document with 100,000 statements.

    ## Use instead

    Split the policy by role or by purpose; a role may have several policies.

    ## References

    - [IAM User Guide: IAM and AWS STS quotas](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html)
    """

    code = "POLICY_TOO_LARGE"
    severity = "error"
    origin = "jfml"

    def check_policy(self, policy: Policy, context: Context) -> Findings:
        """Reports what the parser left out."""
        for problem in policy.problems:
            if problem.kind == "too-large":
                yield self.finding(
                    problem,
                    f"{problem.found} statements stand here and only the first {problem.expected} were checked",
                    hint="no policy with so many statements fits AWS's quotas; split it",
                )

    @classmethod
    def report(cls, characters: int, most: int) -> Finding:
        """The finding for a text that was not read at all."""
        return Finding(
            code=cls.code,
            severity=cls.severity,
            message=f"the document has {characters:,} characters and was not read; no policy has over {most:,}",
            span=Span(0, 1),
            hint="the largest policy that AWS stores has 51,200 characters",
        )

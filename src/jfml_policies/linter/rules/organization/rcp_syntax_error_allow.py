"""RCP_SYNTAX_ERROR_ALLOW."""

from __future__ import annotations

from typing import Final

from jfml_policies.linter.questions.elements import written
from jfml_policies.linter.rule import Context, Findings, Rule, related
from jfml_policies.policy.nodes import Statement

__all__ = ["RcpSyntaxErrorAllow"]

_NARROWING: Final = ("Principal", "NotPrincipal", "Resource", "NotResource", "Condition")


class RcpSyntaxErrorAllow(Rule):
    """A resource control policy has an Allow that is not for everybody, everything and always.

    ## Why is this bad?

    Organizations refuses the document: an RCP grants nothing to anybody.
    The one Allow there is, in the policy RCPFullAWSAccess that AWS attaches everywhere, lets everything pass.

    ## Example

    ```json
    {"Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "arn:aws:s3:::acme-features/*"}
    ```

    ## Use instead

    ```json
    {
      "Effect": "Deny",
      "Principal": "*",
      "Action": "s3:*",
      "NotResource": "arn:aws:s3:::acme-features/*"
    }
    ```

    A Principal other than `*` is reported by RCP_SYNTAX_ERROR_PRINCIPAL as well, since it is wrong in a Deny, too.

    ## References

    - [AWS Organizations User Guide: RCP syntax](https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_syntax.html)
    - [Access Analyzer: RCP syntax error allow](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-rcp-syntax-error-allow)
    """

    code = "RCP_SYNTAX_ERROR_ALLOW"
    severity = "error"
    kinds = frozenset(("rcp",))

    def check_statement(self, statement: Statement, context: Context) -> Findings:
        """Reports one finding a statement, at the first element that narrows it."""
        if not statement.allows:
            return
        narrowing = [key for key in written(statement, *_NARROWING) if not _is_everything(statement, key.value)]
        if narrowing:
            first, *others = narrowing
            yield self.finding(
                first,
                f"an Allow with this `{first.value}` can't stand in a resource control policy",
                hint="deny what is not to be allowed: resource policies and identity policies grant",
                related=tuple([related(other, "narrows the Allow as well") for other in others]),
            )


def _is_everything(statement: Statement, name: str) -> bool:
    """Whether the element leaves nothing out; true as well for one of the wrong type, which is reported otherwise."""
    if name == "Resource":
        return statement.resource is None or any(text.value == "*" for text in statement.resource.values)
    if name == "Principal":
        principal = statement.principal
        if principal is None or (principal.text is not None and principal.text.value == "*"):
            return True
        return any(text.value == "*" for text in principal.of_type("AWS"))
    return False

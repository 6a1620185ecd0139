"""RCP_SYNTAX_ERROR_ACTION."""

from __future__ import annotations

from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.nodes import Statement, Text

__all__ = ["RcpSyntaxErrorAction"]


class RcpSyntaxErrorAction(Rule):
    """A resource control policy names actions of a service without RCPs, or denies `*`.

    ## Why is this bad?

    Organizations refuses the document, and the resources that it was to protect stay open.
    Only some services look at RCPs; in a Deny each action needs the prefix of one of them.

    ## Example

    ```json
    {
      "Effect": "Deny",
      "Principal": "*",
      "Action": ["s3:*", "ec2:*"],
      "Resource": "*",
      "Condition": {"Bool": {"aws:SecureTransport": "false"}}
    }
    ```

    ## Use instead

    ```json
    {
      "Effect": "Deny",
      "Principal": "*",
      "Action": "s3:*",
      "Resource": "*",
      "Condition": {"Bool": {"aws:SecureTransport": "false"}}
    }
    ```

    A prefix that no service has is left to INVALID_SERVICE_IN_ACTION.
    A prefix with letters and wildcards is not looked at.

    ## References

    - [AWS Organizations User Guide: Resource control policies](https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html)
    - [AWS Organizations User Guide: RCP syntax](https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_syntax.html)
    - [Access Analyzer: RCP syntax error action](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-rcp-syntax-error-action)
    """

    code = "RCP_SYNTAX_ERROR_ACTION"
    severity = "error"
    kinds = frozenset(("rcp",))

    def check_action(self, action: Text, statement: Statement, context: Context) -> Findings:
        """Reports an entry of Action; NotAction is wrong whatever it lists."""
        if "NotAction" in action.path:
            return
        prefix, colon, _ = action.value.partition(":")
        service = prefix.lower()
        catalog = context.catalog
        if prefix and not prefix.strip("*"):
            if not statement.allows:
                yield self.finding(
                    action,
                    f"`{action.value}` names no service, which a Deny of a resource control policy must",
                    hint="write a service's prefix, as in `s3:*`",
                )
        elif colon and catalog.is_service(service) and service not in catalog.rcp_services:
            yield self.finding(
                action,
                f"the service {service} does not support resource control policies",
                hint=f"remove the entry; the list of services is of {catalog.date}",
            )

"""INVALID_SERVICE_IN_ACTION."""

from __future__ import annotations

from jfml_policies.linter.fixes.quick_fix import replace_text
from jfml_policies.linter.questions.known_services import is_known_prefix, near_prefix
from jfml_policies.linter.questions.resource_arn import is_everything
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.patterns.arn import has_wildcard
from jfml_policies.policy.nodes import Statement, Text

__all__ = ["InvalidServiceInAction"]


class InvalidServiceInAction(Rule):
    """An action begins with a prefix that is no AWS service.

    ## Why is this bad?

    The entry matches no request.
    In an Allow the permission is missing, and the workload fails with AccessDenied.
    In a Deny the service that should be closed stays open to everyone whom another statement lets in.

    ## Example

    ```json
    {"Effect": "Allow", "Action": "elasticloadbalancer:DescribeLoadBalancers", "Resource": "*"}
    ```

    ## Use instead

    ```json
    {"Effect": "Allow", "Action": "elasticloadbalancing:DescribeLoadBalancers", "Resource": "*"}
    ```

    An entry without a colon is reported too: it has no prefix at all.
    A prefix with a wildcard is the business of `wildcard-in-service-name`.
    Services that AWS has retired are not reported, unless AWS's own validation refuses them.

    ## References

    - [IAM User Guide: IAM JSON policy elements: Action](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html)
    - [Access Analyzer: Invalid service in action](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-invalid-service-in-action)
    """

    code = "INVALID_SERVICE_IN_ACTION"
    severity = "error"
    fixes = ("unsafe",)

    def check_action(self, action: Text, statement: Statement, context: Context) -> Findings:
        """Reports an entry whose prefix is unknown or missing."""
        prefix, colon, name = action.value.partition(":")
        if not colon:
            # Nothing but stars is every action; a variable is another rule's subject.
            if not is_everything(prefix) and "${" not in prefix:
                what = f"`{prefix}`" if prefix else "an empty action"
                yield self.finding(action, f"{what} has no service prefix", hint="write it as `service:Action`")
            return
        if has_wildcard(prefix) or "${" in prefix or is_known_prefix(context.catalog, prefix):
            return
        near = near_prefix(context.catalog, prefix)
        yield self.finding(
            action,
            f"`{prefix}` in `{action.value}` is no AWS service",
            hint=f"did you mean `{near}`?" if near else f"the catalogue is of {context.catalog.date}",
            fix=replace_text(action, f"{near}:{name}") if near else None,
        )

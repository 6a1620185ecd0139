"""SERVICE_FOR_ANY_ACCOUNT."""

from __future__ import annotations

from typing import Final

from jfml_policies.catalog.service_sources import SOURCE_SENDERS
from jfml_policies.linter.option import strings
from jfml_policies.linter.questions.role_assumption import includes
from jfml_policies.linter.questions.service_source import SOURCE_KEYS, names_key
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.nodes import Statement

__all__ = ["ServiceForAnyAccount"]

_ALLOWED: Final = strings("allowed-services", meaning="services that may act on behalf of any account")


class ServiceForAnyAccount(Rule):
    """A trust policy lets in an AWS service on behalf of any account, though the service says on whose.

    ## Why is this bad?

    Only the service's own checks stand between another customer, who enters your role's ARN for a resource of theirs,
    and the role (the confused deputy).
    The service's guide shows the trust policy with `aws:SourceAccount` or `aws:SourceArn`.

    ## Example

    ```json
    {"Effect": "Allow", "Principal": {"Service": "states.amazonaws.com"}, "Action": "sts:AssumeRole"}
    ```

    ## Use instead

    ```json
    {
      "Effect": "Allow",
      "Principal": {"Service": "states.amazonaws.com"},
      "Action": "sts:AssumeRole",
      "Condition": {
        "StringEquals": {"aws:SourceAccount": "111122223333"},
        "ArnLike": {"aws:SourceArn": "arn:aws:states:eu-west-1:111122223333:stateMachine:*"}
      }
    }
    ```

    Reported are only services whose own guide shows the keys in the trust policy of its role; all others, such as EC2
    and Lambda, may not send them, and a condition would lock them out.
    Resource policies are `restrict-access-to-service-principal`.

    ## References

    - [IAM User Guide: The confused deputy problem](https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html)
    - [AWS Step Functions Developer Guide: Prevent cross-service confused deputy issue](https://docs.aws.amazon.com/step-functions/latest/dg/procedure-create-iam-role.html)
    """

    code = "SERVICE_FOR_ANY_ACCOUNT"
    severity = "suggestion"
    confidence = "medium"
    origin = "jfml"
    kinds = frozenset(("trust",))
    mentions = tuple(SOURCE_SENDERS)
    options = (_ALLOWED,)

    def check_statement(self, statement: Statement, context: Context) -> Findings:
        """Reports each such service of an Allow without a condition on the source."""
        if not statement.allows or statement.principal is None or not includes(statement, "sts:AssumeRole"):
            return
        if names_key(statement, SOURCE_KEYS):
            return
        allowed = context.option(self, _ALLOWED)
        for service in statement.principal.of_type("Service"):
            page = SOURCE_SENDERS.get(service.value)
            if page is not None and service.value not in allowed:
                yield self.finding(
                    service,
                    f"`{service.value}` is let in on behalf of any AWS account",
                    hint=f"compare `aws:SourceAccount` with your account, as {page} shows",
                )

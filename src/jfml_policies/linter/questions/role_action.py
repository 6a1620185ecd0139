"""Actions that hand over power through IAM roles, and the Resource entries that hold every role.

Sources: IAM User Guide, "Grant a user permissions to pass a role to an AWS service" and "Create a service-linked
role"; Access Analyzer policy check reference. A pattern that begins a role's name or path, as `role/flow-logs-*`
does, is no finding of AWS's validator, and neither is `role/*SageMaker*`, as recorded for AWS's managed policies.
"""

from __future__ import annotations

from typing import Final

from jfml_policies.linter.questions.resource_arn import is_everything, resource_arn
from jfml_policies.patterns.arn import has_wildcard
from jfml_policies.patterns.glob import is_subset, matches
from jfml_policies.record import record

__all__ = ["CREATE_SERVICE_LINKED_ROLE", "PASS_ROLE", "RoleAction", "holds_every_role"]


@record
class RoleAction:
    """An action that works on roles.

    Attributes:
        name: the action.
        arn_end: the resource field of its roles' ARNs, as a pattern.
        role: what one of its roles is called.
        service_keys: condition keys, in lower case, that can tie it to a service.
        remedy: how Resource limits it, as a command.
        condition_remedy: how a condition limits it instead, as the end of that sentence.
    """

    name: str
    arn_end: str
    role: str
    service_keys: frozenset[str]
    remedy: str
    condition_remedy: str


PASS_ROLE: Final = RoleAction(
    name="iam:PassRole",
    arn_end="role/?*",
    role="role",
    service_keys=frozenset(("iam:passedtoservice", "iam:associatedresourcearn")),
    remedy="name the roles in Resource",
    condition_remedy="the service in a condition on `iam:PassedToService`",
)
CREATE_SERVICE_LINKED_ROLE: Final = RoleAction(
    name="iam:CreateServiceLinkedRole",
    arn_end="role/aws-service-role/?*",
    role="service-linked role",
    service_keys=frozenset(("iam:awsservicename",)),
    remedy="name the service in Resource, as in `arn:aws:iam::*:role/aws-service-role/ecs.amazonaws.com/*`",
    condition_remedy="in a condition on `iam:AWSServiceName`",
)


def holds_every_role(resource: str, action: RoleAction) -> bool:
    """Whether a Resource entry holds every role of an account that the action can work on.

    Roles are passed and made in the caller's own account, so an account number limits nothing.

    >>> holds_every_role("arn:aws:iam::111122223333:role/*", PASS_ROLE)
    True
    >>> holds_every_role("arn:aws:iam::*:role/flow-logs-*", PASS_ROLE)
    False
    """
    if not has_wildcard(resource[-1:]):
        return False
    if is_everything(resource):
        return True
    arn = resource_arn(resource)
    return (
        arn is not None
        and (arn.service == "iam" or (has_wildcard(arn.service) and matches(arn.service, "iam")))
        and matches(arn.region, "")
        # What covers a pattern has no more characters than it; counting is quicker than comparing.
        and len(arn.resource) - arn.resource.count("*") < len(action.arn_end)
        and is_subset(action.arn_end, arn.resource)
    )

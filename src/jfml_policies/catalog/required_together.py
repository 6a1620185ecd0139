"""Actions that work only when several resources are granted together, and which.

The Service Authorization Reference marks resource types as required, but for many services the mark means "one of
these" (`bedrock:InvokeModel`, `drs:SendAgentLogsForDrs`), so the mark alone is no evidence.
Listed here are the actions for which the service's own documentation says that all of them are needed:

- AWS Glue: the catalog, the database and the table, or function, that the request names; the actions are those whose
  rows mark the types ("Specifying AWS Glue resource ARNs",
  https://docs.aws.amazon.com/glue/latest/dg/glue-specifying-resource-arns.html).
- EC2 RunInstances: image, instance, network interface, security group and subnet
  ("Example policies to control access to the Amazon EC2 API", section "Launch instances",
  https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ExamplePolicies_EC2.html); and AttachVolume: instance and volume
  (the same page, section "Work with volumes").
- Systems Manager SendCommand: the document and the nodes ("Restrict access to Run Command based on tags",
  https://docs.aws.amazon.com/systems-manager/latest/userguide/run-command-setting-up.html).

Texts of October 2026.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jfml_policies.catalog.service import Action

__all__ = ["SERVICES", "Group", "required_groups"]

#: Resource types of which one must be granted.
Group: TypeAlias = tuple[str, ...]

_BY_ACTION: Final[Mapping[str, tuple[Group, ...]]] = MappingProxyType(
    {
        "ec2:RunInstances": (("image",), ("instance",), ("network-interface",), ("security-group",), ("subnet",)),
        "ec2:AttachVolume": (("instance",), ("volume",)),
        "ssm:SendCommand": (("document",), ("instance", "managed-instance")),
    }
)
#: AWS Glue's hierarchy, from the top: a catalog of another name has a type of its own.
_GLUE: Final[tuple[Group, ...]] = (("rootcatalog", "catalog"), ("database",), ("table",), ("userdefinedfunction",))
#: Prefixes of the services that have such actions.
SERVICES: Final = frozenset({"glue"} | {name.partition(":")[0] for name in _BY_ACTION})


def required_groups(action: Action) -> tuple[Group, ...]:
    """The groups of resource types of each of which an action needs one; empty where nothing is known.

    >>> from jfml_policies.catalog import load
    >>> required_groups(load().action("glue:GetTable"))
    (('rootcatalog', 'catalog'), ('database',), ('table',))
    >>> required_groups(load().action("glue:GetJob"))
    ()
    """
    if action.service != "glue":
        return _BY_ACTION.get(action.full_name, ())
    marked = {listed.name for listed in action.resource_types if listed.required}
    if not {"rootcatalog", "database"} <= marked:
        return ()
    groups = tuple(group for group in _GLUE if group[0] in marked)
    # Deleting a database takes what it holds along, which may be nothing.
    return groups[:2] if len(groups) == len(_GLUE) else groups

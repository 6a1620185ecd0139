"""What a permission must be granted on to be of use, as Resource entries.

A principal that reaches its own user, another role or a function is one thing; one that reaches any of them is
another. *Any* is told by a name that no policy mentions: whoever may use it may use whatever name there is.

Source: AWS Service Authorization Reference, "Resource types" of each service.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from jfml_policies.catalog import load
from jfml_policies.catalog.arn_format import PLACEHOLDER
from jfml_policies.record import record

if TYPE_CHECKING:
    from jfml_policies.policy.nodes import Policy

__all__ = ["CALLER", "Aim", "Target", "paths_in", "target_of"]

#: What an action is aimed at: the principal itself, somebody or something else, what may have a role, data and keys
#: that it may be kept from, or whatever is there or yet to be made.
Aim: TypeAlias = Literal["own", "other", "existing", "guarded", "any"]

#: A name of a user that no policy mentions.
CALLER: Final = "somebody"
_NAME: Final = "whatever"
#: Names that AWS gives out have a form, which patterns may begin with.
_GIVEN_NAMES: Final = {"instance": "i-0123456789abcdef0", "managed-instance": "mi-0123456789abcdef0"}
#: The resource types that count, where not those that are required; each of them will do.
_MAIN_TYPES: Final[dict[str, tuple[str, ...]]] = {
    "bedrock-agentcore:InvokeCodeInterpreter": ("code-interpreter", "code-interpreter-custom"),
    "bedrock-agentcore:StartCodeInterpreterSession": ("code-interpreter", "code-interpreter-custom"),
    "ec2:RunInstances": ("instance",),
    "ecs:ExecuteCommand": ("task",),
    "ssm:SendCommand": ("instance", "managed-instance"),
    "ssm:StartAutomationExecution": ("document",),
    "ssm:StartSession": ("instance", "managed-instance", "task"),
    "sso:CreateAccountAssignment": ("PermissionSet",),
    "sso:ProvisionPermissionSet": ("PermissionSet",),
    "sso:PutInlinePolicyToPermissionSet": ("PermissionSet",),
}
#: Service-linked roles can neither be passed nor changed nor assumed by a principal of the account.
_SERVICE_LINKED: Final = "aws-service-role/"

_MOST_PATHS: Final = 20
#: Roles and policies that AWS keeps for itself.
_NOT_OURS: Final = {"role": (f"arn:*:iam::*:role/{_SERVICE_LINKED}*",), "policy": ("arn:*:iam::aws:policy/*",)}
_IAM_TYPES: Final = ("user", "role", "group", "policy")

_path_of_name = re.compile(r":(role|user|group|policy)/((?:[^*?$]*/)?)")


@record
class Target:
    """The resources of an action, as Resource entries.

    Attributes:
        types: names of the resource types; empty for an action without resources.
        any: a resource that no policy names, for each type and path; empty where an action has no resources.
        some: all resources that will do.
        not_some: of these, the ones that won't.
        further: the resource types that the action needs beside, by name, with all resources of each.
    """

    types: tuple[str, ...]
    any: tuple[str, ...]
    some: tuple[str, ...]
    not_some: tuple[str, ...] = ()
    further: tuple[tuple[str, str], ...] = ()


def target_of(action: str, aim: Aim, paths: frozenset[tuple[str, str]] = frozenset()) -> Target:
    """What an action must be granted on.

    Args:
        action: an action of the catalogue, as `iam:PassRole`.
        aim: what it is to be used on.
        paths: paths of roles, users, groups and policies that the policies write, each with its kind; see `paths_in`.

    >>> target_of("lambda:UpdateFunctionCode", "existing").any
    ('arn:*:lambda:*:*:function:whatever',)
    >>> target_of("iam:PutUserPolicy", "own").some
    ('arn:*:iam::*:user/${aws:username}', 'arn:*:iam::*:user/*/${aws:username}')
    """
    types, further = _types(action)
    some = [pattern for _, pattern in types]
    names = tuple([name for name, _ in types])
    found = load().action(action)
    if found is not None and found.service in ("iam", "sts") and names and names[0] in _IAM_TYPES:
        kind = names[0]
        last = CALLER if (kind, aim) == ("user", "own") else _NAME
        # Others may be chosen from any path; where the principal itself is, nobody has said.
        where = [""] if aim == "own" else ["", *sorted(path for of, path in paths if of == kind), f"{_NAME}/"]
        fresh = [f"arn:*:iam::*:{kind}/{path}{last}" for path in where]
        own_user = ("arn:*:iam::*:user/${aws:username}", "arn:*:iam::*:user/*/${aws:username}")
        if kind == "user" and aim != "any":
            return Target(names, tuple(fresh), own_user if aim == "own" else (some[0],), own_user * (aim == "other"))
        return Target(names, tuple(fresh), (some[0],), _NOT_OURS.get(kind, ()))
    return Target(names, tuple([_named(name, pattern) for name, pattern in types]), tuple(some), (), further)


def paths_in(policy: Policy) -> frozenset[tuple[str, str]]:
    """The paths that a policy's resources write out before the first wildcard, each with its kind; of many the first.

    >>> from jfml_policies.policy.read import loads
    >>> text = '{"Statement": {"Effect": "Allow", "Action": "*", "Resource": "arn:aws:iam::*:role/service-role/*"}}'
    >>> sorted(paths_in(loads(text)))
    [('role', 'service-role/')]
    """
    found: set[tuple[str, str]] = set()
    for statement in policy.statements:
        for value in statement.resource.values if statement.resource else ():
            match = _path_of_name.search(value.value)
            if match and match[2] and not match[2].startswith(_SERVICE_LINKED):
                found.add((match[1], match[2]))
    return frozenset(sorted(found)[:_MOST_PATHS])


@lru_cache(maxsize=1024)
def _types(action: str) -> tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]:
    """The main resource types of an action, each with the pattern of its ARNs, and those it needs beside."""
    catalog = load()
    found = catalog.action(action)
    service = catalog.service(found.service) if found is not None else None
    if found is None or service is None:
        return (), ()
    patterns = {
        one.name: PLACEHOLDER.sub("*", described.arn)
        for one in found.resource_types
        if (described := service.resource_type(one.name)) is not None
    }
    required = [one.name for one in found.resource_types if one.required and one.name in patterns]
    main = [name for name in _MAIN_TYPES.get(found.full_name, ()) if name in patterns] or required[:1] or [*patterns]
    beside = [name for name in required if name not in main and name != "code-interpreter"]
    return tuple([(name, patterns[name]) for name in main]), tuple([(name, patterns[name]) for name in beside])


def _named(name: str, pattern: str) -> str:
    """An ARN of any partition, Region and account whose resource nobody has named."""
    fields = pattern.split(":", 5)
    fields[-1] = fields[-1].replace("*", _GIVEN_NAMES.get(name, _NAME))
    return ":".join(fields)

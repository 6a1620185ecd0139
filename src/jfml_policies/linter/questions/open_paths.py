"""Which ways to gain permissions one identity policy leaves open: a path for each category.

Most policies are told from names, resources and the absence of conditions; only the rest are asked of the exact
access, which takes longer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jfml_policies.errors import UndecidedError
from jfml_policies.linter.questions.resource_arn import is_everything
from jfml_policies.patterns.glob import matches
from jfml_policies.policy.operators import parse_operator
from jfml_policies.privilege.circumstances import is_decided_by_others
from jfml_policies.privilege.escalation_paths import PATHS, EscalationPath
from jfml_policies.privilege.named_actions import NamedActions

if TYPE_CHECKING:
    from jfml_policies.policy.nodes import Policy, Statement, Test

__all__ = ["open_paths"]

_SERVICES: Final = ("iam", "sts")
#: Paths that give nothing to a principal without a permissions boundary or a Deny.
_ONLY_WHEN_LIMITED: Final = frozenset(f"own-00{number}" for number in range(2, 10))
_LOOKED_AT: Final = tuple(
    [
        path
        for path in PATHS
        if path.category != "existing-passrole"
        and path.variant_of is None
        and path.id not in _ONLY_WHEN_LIMITED
        and any(action.partition(":")[0] in _SERVICES for action in path.permissions)
    ]
)
#: No identity policy that AWS takes has more; nothing is said of a larger one that must be asked.
_MOST_STATEMENTS: Final = 200
_CATEGORIES: Final = tuple(dict.fromkeys(path.category for path in _LOOKED_AT))


def open_paths(policy: Policy) -> list[EscalationPath]:
    """The first open path of each category, the worst first; none of a policy that AWS would refuse.

    >>> from jfml_policies.policy.read import loads
    >>> text = '{"Statement": {"Effect": "Allow", "Action": "iam:Create*", "Resource": "*"}}'
    >>> [path.id for path in open_paths(loads(text))]
    ['iam-001', 'iam-002']
    """
    granting = _Granting(policy)
    denies = any(statement.denies for statement in policy.statements)
    found: list[EscalationPath] = []
    for category in _CATEGORIES:
        some = [path for path in _LOOKED_AT if path.category == category and _may_be(path, granting)]
        plain = None if denies else next((one for one in some if _is_plain(one, granting)), None)
        found += [plain] if plain is not None else _asked(policy, some)
    return found if found and _is_valid(policy) else []


def _is_valid(policy: Policy) -> bool:
    from jfml_policies.access.validity import invalid_reason

    return invalid_reason(policy) is None


class _Granting:
    """The statements that allow an action by name, looked for when they are asked for."""

    __slots__ = ("_allows", "_found")

    def __init__(self, policy: Policy) -> None:
        self._allows = [(NamedActions(statement), statement) for statement in policy.statements if statement.allows]
        self._found: dict[str, list[Statement]] = {}

    def of(self, action: str) -> list[Statement]:
        """The statements that allow an action."""
        found = self._found.get(action)
        if found is None:
            low = action.lower()
            found = self._found[action] = [statement for named, statement in self._allows if low in named]
        return found


def _may_be(path: EscalationPath, granting: _Granting) -> bool:
    # Every path takes an action of these services, and most policies have none.
    order = sorted(path.permissions, key=lambda action: action.partition(":")[0] not in _SERVICES)
    return all(
        _may_be_open(action, path.service if action == "iam:PassRole" else None, granting.of(action))
        for action in order
    )


def _is_plain(path: EscalationPath, granting: _Granting) -> bool:
    """Whether each action is allowed on every resource, whatever the circumstances."""
    return all(
        any(
            statement.condition is None
            and statement.resource is not None
            and any(is_everything(value.value) for value in statement.resource.values)
            for statement in granting.of(action)
        )
        for action in path.permissions
    )


def _may_be_open(action: str, service: str | None, statements: list[Statement]) -> bool:
    """Whether one of some statements may allow an action on resources that nobody has named, on nobody's condition.

    No for what is plainly limited, by a name or by a condition; anything else is for the exact access to tell.
    """
    return any(
        (statement.resource is None or any(_may_be_any(action, value.value) for value in statement.resource.values))
        and not any(_limits(test, service) for test in statement.tests)
        for statement in statements
    )


def _may_be_any(action: str, resource: str) -> bool:
    if action.partition(":")[0] not in _SERVICES or "/" not in resource:
        return True
    # A name that nobody has written needs a pattern that is nothing but wildcards, or a variable.
    last = resource.rpartition("/")[2]
    return "$" in resource or not last.strip("*?")


def _limits(test: Test, service: str | None) -> bool:
    operator = parse_operator(test.operator.value)
    if operator is None or operator.negated or operator.if_exists or operator.qualifier or operator.family == "Null":
        return False
    if service is not None and test.key.value.lower() == "iam:passedtoservice":
        names = (service, f"{service}.cn")
        return not any("$" in value.value or matches(value.value, name) for value in test.values for name in names)
    return is_decided_by_others(test.key.value)


def _asked(policy: Policy, paths: list[EscalationPath]) -> list[EscalationPath]:
    """The first of some paths that is open by the policy's exact access."""
    if not paths or len(policy.statements) > _MOST_STATEMENTS:
        return []
    from jfml_policies.privilege.escalation import first_open
    from jfml_policies.privilege.holdings import Holdings

    try:
        found = first_open(Holdings([policy]), paths)
    except UndecidedError:
        return []
    return [] if found is None else [found]

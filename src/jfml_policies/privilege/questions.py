"""The questions asked of a principal's policies, each written as a policy document.

A question is one document for the action, one for the resources, and one for the circumstances; a request that they and
the principal's policies all allow is an answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, final

from jfml_policies.patterns.glob import matches
from jfml_policies.policy.parse import parse_document
from jfml_policies.privilege.circumstances import Conditions, plain_conditions
from jfml_policies.privilege.targets import CALLER, paths_in, target_of
from jfml_policies.record import record, replace

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from jfml_policies.policy.nodes import Policy
    from jfml_policies.privilege.targets import Aim, Target

__all__ = ["PASS_ROLE", "Questions", "Wish"]

PASS_ROLE: Final = "iam:PassRole"  # noqa: S105 -- no password
_IN_CHINA: Final = "arn:aws-cn:*"
#: Of an ARN, so much holds its partition.
_LONGEST_START: Final = 100
_ADMINISTRATOR: Final = "arn:aws:iam::aws:policy/AdministratorAccess"
_POLICY_ARN_ACTIONS: Final = frozenset(("iam:AttachGroupPolicy", "iam:AttachRolePolicy", "iam:AttachUserPolicy"))


@record
class Wish:
    """A permission that somebody may want.

    Attributes:
        action: an action of the catalogue.
        aim: what it is wanted on.
        service: for iam:PassRole, the service that the role is passed to.
    """

    action: str
    aim: Aim = "any"
    service: str | None = None


@final
class Questions:
    """Documents for wishes, each made once.

    Attributes:
        documents: all that were made so far.
    """

    __slots__ = ("_deciding", "_is_about_china", "_paths", "documents")

    def __init__(self, deciding: Sequence[Policy]) -> None:
        """Takes the policies that will be asked; the first is that of the principal itself."""
        self._deciding: Sequence[Policy] = deciding
        self._paths = paths_in(deciding[0])
        # Elsewhere no role can be passed to a service by the name that it has in China.
        self._is_about_china: bool = any(map(_is_about_china, deciding))
        self.documents: dict[tuple[object, ...], Policy] = {}

    def prepare(self, wish: Wish) -> None:
        """Makes what else it takes to say why a wish is not simply granted."""
        if wish.service:
            self.action(replace(wish, service=None))
        self.scope(wish, everywhere=False)
        self.circumstances(wish, everywhere=False)

    def prepare_open(self, wish: Wish) -> None:
        """Makes what it takes to say whether a wish is granted for certain."""
        self.action(wish)
        self.action(wish, wanted=True)
        self.scope(wish, everywhere=True)
        self.circumstances(wish, everywhere=True)
        for _, pattern in self.target(wish).further:
            self.further(pattern)

    def target(self, wish: Wish) -> Target:
        """What a wish is aimed at."""
        return target_of(wish.action, wish.aim, self._paths)

    def action(self, wish: Wish, *, wanted: bool = False) -> Policy:
        """The requests for an action; with `wanted` those that are of most use."""
        conditions: Conditions = {}
        further: list[dict[str, object]] = []
        if wish.action == PASS_ROLE:
            if wish.service:
                conditions = _passed_to(wish.service)
                if self._is_about_china:
                    further = [_statement(wish.action, [_IN_CHINA], _passed_to(f"{wish.service}.cn"))]
        else:
            # Only iam:PassRole has these keys; beside other actions they are absent.
            conditions = {"Null": {"iam:PassedToService": "true", "iam:AssociatedResourceArn": "true"}}
            if wanted and wish.action in _POLICY_ARN_ACTIONS:
                conditions["StringEquals"] = {"iam:PolicyARN": _ADMINISTRATOR}
        return self._document(
            ("action", wish.action, wish.service, wanted and wish.action in _POLICY_ARN_ACTIONS),
            _allowing(wish.action, ["*"], conditions, further=further),
        )

    def scope(self, wish: Wish, *, everywhere: bool) -> Policy:
        """The requests on any resource that the wish is aimed at, or on some."""
        target = self.target(wish)
        if not target.types:
            # What is no ARN: requests without a resource have a star there.
            statement = {"Effect": "Allow", "Action": "*", "NotResource": "arn:*:*:*:*:*"}
            return self._document(("nothing",), {"Version": "2012-10-17", "Statement": [statement]})
        entries = target.any if everywhere else target.some
        not_some = () if everywhere else target.not_some
        document = _allowing("*", entries, deny=not_some)
        return self._document(("scope", entries, not_some), document)

    def further(self, pattern: str) -> Policy:
        """The requests on some resources that an action needs beside."""
        return self._document(("further", pattern), _allowing("*", [pattern]))

    def circumstances(self, wish: Wish, *, everywhere: bool) -> Policy:
        """The requests that depend on nobody else; those of a user that no policy names, or of some user."""
        as_user = wish.aim == "own" and "user" in self.target(wish).types
        key = ("plain", as_user, as_user and everywhere)
        if key not in self.documents:
            name = CALLER if as_user and everywhere else None
            conditions = plain_conditions(self._deciding, name=name, any_name=as_user)
            return self._document(key, _allowing("*", ["*"], conditions))
        return self.documents[key]

    def _document(self, key: tuple[object, ...], document: dict[str, object]) -> Policy:
        found = self.documents.get(key)
        if found is None:
            found = self.documents[key] = parse_document(document, kind="identity")
        return found

    def listed(self, entries: Sequence[str]) -> Policy:
        """The requests on resources that a statement lists; kept nowhere."""
        return parse_document(_allowing("*", entries), kind="identity")


def _passed_to(service: str) -> Conditions:
    return {"StringEquals": {"iam:PassedToService": service}}


def _is_about_china(policy: Policy) -> bool:
    """Whether a policy names the partition, or a service by its name there; a `*` for every partition names none."""
    return any(
        _names_china(value.value.lower())
        for statement in policy.statements
        for part in (statement.resources, *statement.tests)
        if part is not None
        for value in part.values
    )


def _names_china(text: str) -> bool:
    if not text.startswith("arn:"):
        return text.endswith(".cn") or ".amazonaws.com." in text
    partition = text[:_LONGEST_START].split(":")[1]
    return matches(partition, "aws-cn") and not matches(partition, "aws")


def _allowing(
    action: str,
    resources: Iterable[str],
    conditions: Conditions | None = None,
    *,
    further: Iterable[dict[str, object]] = (),
    deny: Iterable[str] = (),
) -> dict[str, object]:
    denied = [{"Effect": "Deny", "Action": "*", "Resource": [*deny]}] if deny else []
    return {"Version": "2012-10-17", "Statement": [_statement(action, resources, conditions), *further, *denied]}


def _statement(action: str, resources: Iterable[str], conditions: Conditions | None) -> dict[str, object]:
    statement: dict[str, object] = {"Effect": "Allow", "Action": action, "Resource": [*resources]}
    if conditions:
        statement["Condition"] = conditions
    return statement

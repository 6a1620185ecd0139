"""What holds of every task, whatever its parameters."""

from __future__ import annotations

import json
from functools import lru_cache

from hypothesis import given, settings
from hypothesis import strategies as st

from jfml_policies.access.access import Access
from jfml_policies.build import access_of
from jfml_policies.build.place import Place
from jfml_policies.build.statements import Document, Statement, document, joined
from jfml_policies.build.task import Task
from jfml_policies.build.tasks.kms_grants import LendKeys
from jfml_policies.build.tasks.pass_role import PassRoles
from jfml_policies.catalog import load
from jfml_policies.catalog.service import ResourceType
from jfml_policies.linter import lint
from jfml_policies.linter.questions.action_targets import Targets, arn_targets
from jfml_policies.privilege.excess import gap
from jfml_policies.testing import tasks

#: Services whose reference marks every resource type of an action as required and means one of them.
ONE_OF_THEM = {"bedrock"}


def policy_of(*some: Task) -> Document:
    return document(joined(statement for task in some for statement in task.statements()))


@lru_cache
def targets_of(resources: tuple[str, ...]) -> Targets | None:
    return arn_targets(list(resources), load())


def types_of(name: str, *, required: bool) -> list[ResourceType]:
    action = load().action(name)
    service = load().service(name.partition(":")[0])
    assert action is not None
    assert service is not None
    listed = [found.name for found in action.resource_types if found.required or not required]
    return [found for found in map(service.resource_type, listed) if found is not None]


def meets(resources: list[str], described: ResourceType) -> bool:
    targets = targets_of(tuple(resources))
    assert targets is not None
    return (described.arn_format.service, described.arn_format.resource_pattern) in targets.forms


@given(tasks())
@settings(max_examples=60, deadline=None)
def test_the_linter_finds_nothing_wrong(task: Task) -> None:
    """No error, security warning or warning; suggestions are a matter of taste."""
    found = lint(policy_of(task), kind="identity")

    assert [] == [(item.rule, item.message) for item in found if item.severity != "suggestion"]


@given(tasks())
@settings(max_examples=60, deadline=None)
def test_every_action_has_the_resources_that_it_requires(task: Task) -> None:
    """An action without one of the resource types it needs is denied on every call."""
    granted: dict[str, list[str]] = {}
    for statement in task.statements():
        for name in statement.actions:
            granted.setdefault(name, []).extend(statement.resources)
    for name, resources in granted.items():
        required = types_of(name, required=True)
        if not types_of(name, required=False):
            assert resources == ["*"]
        elif not required or name.partition(":")[0] in ONE_OF_THEM:
            assert any(meets(resources, described) for described in types_of(name, required=False))
        else:
            assert all(meets(resources, described) for described in required)


@given(tasks())
@settings(max_examples=60, deadline=None)
def test_no_resource_is_idle(task: Task) -> None:
    """Each ARN of a statement is one that some action of it can be done to."""
    for statement in task.statements():
        for arn in statement.resources:
            if arn != "*":
                kinds = [described for name in statement.actions for described in types_of(name, required=False)]

                assert any(meets([arn], described) for described in kinds)


@given(tasks())
@settings(max_examples=60, deadline=None)
def test_conditions_test_keys_that_requests_carry(task: Task) -> None:
    """A key that some action never carries would deny it for ever."""
    for statement in task.statements():
        for condition in statement.conditions:
            if not condition.key.startswith("aws:"):
                for name in statement.actions:
                    action = load().action(name)
                    assert action is not None
                    carried = {key.lower() for key in action.condition_keys}
                    carried |= {
                        key.lower() for described in types_of(name, required=False) for key in described.condition_keys
                    }
                    carried |= {key.lower() for found in action.resource_types for key in found.condition_keys}

                    assert condition.key.lower() in carried


@given(tasks())
@settings(max_examples=60, deadline=None)
def test_nothing_is_granted_wholesale(task: Task) -> None:
    """Actions are written out, none deletes; only passing roles touches IAM, and only lending keys permissions."""
    for statement in task.statements():
        for name in statement.actions:
            action = load().action(name)

            assert action is not None
            assert "Delete" not in name
            assert action.access_level not in {"Permissions management", "Tagging"} or (
                isinstance(task, LendKeys) and name == "kms:CreateGrant"
            )
            assert not name.startswith("iam:") or (isinstance(task, PassRoles) and name == "iam:PassRole")
        # `*` stands only where the service knows no resource.
        if "*" in statement.resources:
            assert not any(types_of(name, required=False) for name in statement.actions)


@given(st.lists(tasks(place=Place("eu-west-1", "111122223333")), min_size=1, max_size=3))
@settings(max_examples=20, deadline=None)
def test_joining_changes_nothing(some: list[Task]) -> None:
    """The policy of several tasks allows what each of them needs, and no more."""
    together = access_of(*some)
    apart: Access = access_of(some[0])
    for task in some[1:]:
        apart = apart | access_of(task)

    assert together == apart


@given(tasks())
@settings(max_examples=40, deadline=None)
def test_its_document_means_what_it_needs(task: Task) -> None:
    """The document is parsed back to the same set, with nothing beyond it and nothing lacking."""
    assert gap(task.document(), Access.of(task)).is_exact
    assert Access.of(task) == access_of(task)


@given(tasks())
@settings(max_examples=100, deadline=None)
def test_one_task_fits_a_managed_policy(task: Task) -> None:
    """6,144 characters, white space not counted."""
    assert len(json.dumps(policy_of(task), separators=(",", ":"))) <= 6144


@given(st.data())
@settings(max_examples=60)
def test_statements_have_names_of_their_own(data: st.DataObject) -> None:
    """Sids are letters and digits, and unique in a joined policy."""
    statements: tuple[Statement, ...] = joined(
        statement for task in data.draw(st.lists(tasks(), max_size=4)) for statement in task.statements()
    )
    sids = [statement.sid for statement in statements]

    assert all(sid.isalnum() for sid in sids)
    assert len(set(sids)) == len(sids)

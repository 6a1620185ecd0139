from __future__ import annotations

import pytest

from jfml_policies.catalog import load
from jfml_policies.privilege.exposed_actions import EXPOSURES, ExposureClass, actions_of


@pytest.mark.parametrize("kind", EXPOSURES)
def test_every_action_exists(kind: ExposureClass) -> None:
    """The actions of a class are actions that AWS lists today, sorted, each once."""
    actions = actions_of(kind)
    found = [load().action(action) for action in actions]

    assert [*actions] == [action.full_name for action in found if action is not None and not action.retired]
    assert sorted(set(actions)) == [*actions]


def test_permissions_management_is_awss_access_level() -> None:
    """What manages permissions is told by AWS's access level; what shares a resource is told as sharing only."""
    assert {"iam:AttachRolePolicy", "iam:PutUserPolicy"} <= set(actions_of("permissions"))
    assert "kms:PutKeyPolicy" not in actions_of("permissions")
    assert "kms:PutKeyPolicy" in actions_of("sharing")
